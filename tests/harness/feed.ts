// SPDX-License-Identifier: MIT
// What a viewer's tables say, with the references between them followed.

import { addressBytes } from './conntrack';
import type { Row, Viewer } from './viewer';

const hex = (cell: unknown): string => (cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : '');

/** A table by its rows' ids. */
export function byId(viewer: Viewer, table: string): Map<number, Row> {
  return new Map(viewer.rows(table).map((row) => [row.id, row]));
}

/** The device that has this address now. */
export function deviceAt(viewer: Viewer, address: string): Row | undefined {
  const bytes = addressBytes(address);
  const entry = viewer.rows('addresses').find((row) => hex(row.address) === bytes);
  return entry && byId(viewer, 'devices').get(Number(entry.device));
}

export function deviceOf(viewer: Viewer, mac: string): Row | undefined {
  return viewer.rows('devices').find((row) => hex(row.mac) === mac.replaceAll(':', ''));
}

export function remoteAt(viewer: Viewer, address: string): Row | undefined {
  const bytes = addressBytes(address);
  return viewer.rows('remotes').find((row) => hex(row.address) === bytes);
}

export interface Talk {
  readonly device: Row | undefined;
  /** Its address, as hexadecimal digits. */
  readonly remote: string;
  readonly port: number;
  /** What the conversation is called by its device's own lookup. */
  readonly name: string | null;
}

/** All conversations. */
export function talks(viewer: Viewer): Talk[] {
  const [devices, remotes, names] = [byId(viewer, 'devices'), byId(viewer, 'remotes'), byId(viewer, 'names')];
  return viewer.rows('conversations').map((row) => ({
    device: devices.get(Number(row.device)),
    remote: hex(remotes.get(Number(row.remote))?.address),
    port: Number(row.port),
    name: row.name === null ? null : String(names.get(Number(row.name))?.name),
  }));
}

export interface Lookup {
  readonly device: Row | undefined;
  readonly name: string;
  readonly result: string | null;
  readonly count: number;
}

export function lookups(viewer: Viewer): Lookup[] {
  const [devices, names] = [byId(viewer, 'devices'), byId(viewer, 'names')];
  return viewer.rows('lookups').map((row) => ({
    device: devices.get(Number(row.device)),
    name: String(names.get(Number(row.name))?.name),
    result: row.result === null ? null : String(row.result),
    count: Number(row.count),
  }));
}

export function sources(viewer: Viewer, kind: string): Row[] {
  return viewer.rows('sources').filter((row) => row.kind === kind);
}
