// SPDX-License-Identifier: MIT
// From conntrack entries to lines of the list: with names where there are any, filtered and sorted. Pure.

import { phaseOf, type Phase } from '../../store/freshness';
import type { Connection, Conversation, Device } from '../../store/rows';
import { SEEN_REPLY, stateOf, type State } from './connection-state';
import type { Translate } from '../../i18n';
import { hasAll, isKind, words, type Kind } from '../../store/filter';
import { conversationFullName } from '../../store/special';
import { serviceText } from '../../parts/services';
import { compareText } from '../../parts/steps';
import type { Selection } from '../../store/selection';

export interface Line {
  readonly row: Connection;
  readonly conversation: Conversation | null;
  readonly device: Device | null;
  /** The device's alias, or the address. */
  readonly who: string;
  /** The far end's name, or its address. */
  readonly name: string;
  readonly service: string;
  readonly state: State;
  /** As the device sees it; null when nobody counts. */
  readonly up: number | null;
  readonly down: number | null;
}

export type Column =
  | 'who'
  | 'name'
  | 'service'
  | 'state'
  | 'down'
  | 'up'
  | 'active'
  | 'seen'
  | 'source'
  | 'target'
  | 'nat'
  | 'expires'
  | 'mark'
  | 'zone';

export const COLUMNS: readonly Column[] = ['who', 'name', 'service', 'state', 'down', 'up', 'active', 'seen'];
export const EXPERT: readonly Column[] = ['source', 'target', 'nat', 'expires', 'mark', 'zone'];
const TEXTS: ReadonlySet<Column> = new Set(['who', 'name', 'service', 'state', 'source', 'target', 'nat']);

export interface Sorting {
  readonly column: Column;
  /** The other way round: text from its end, numbers from the smallest. */
  readonly turned: boolean;
}

/** Of the option `sort`: a column, with `-` before it when turned. */
export function readSorting(text: string | undefined): Sorting {
  const turned = text?.startsWith('-') ?? false;
  const column = [...COLUMNS, ...EXPERT].find((one) => one === text?.slice(turned ? 1 : 0));
  return column ? { column, turned } : { column: 'seen', turned: false };
}

export function writeSorting({ column, turned }: Sorting): string | null {
  if (column === 'seen' && !turned) return null;
  return turned ? `-${column}` : column;
}

/** What aria-sort says. */
export function direction({ column, turned }: Sorting): 'ascending' | 'descending' {
  return TEXTS.has(column) === turned ? 'descending' : 'ascending';
}

/** In place of the address of a device that is seen by a made-up name only. */
const UNTOLD = '–';

export function endpoint(address: string | null, port: number | null): string {
  if (address === null) return UNTOLD;
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

export function source(row: Connection): string {
  return endpoint(row.origSource, row.origSourcePort);
}

export function target(row: Connection): string {
  return endpoint(row.origTarget, row.origTargetPort);
}

/** The tuple of the answers where translation changed it, else an empty text. */
export function nat(row: Connection): string {
  const plain =
    row.replySource === row.origTarget &&
    row.replyTarget === row.origSource &&
    row.replySourcePort === row.origTargetPort &&
    row.replyTargetPort === row.origSourcePort;
  // ICMP answers with another type
  const echo =
    (row.protocol === 1 || row.protocol === 58) &&
    row.replySource === row.origTarget &&
    row.replyTarget === row.origSource;
  return plain || echo
    ? ''
    : `${endpoint(row.replySource, row.replySourcePort)} → ${endpoint(row.replyTarget, row.replyTargetPort)}`;
}

/** Seconds until the kernel forgets it, as far as can be told. */
export function secondsLeft({ expires }: Pick<Connection, 'expires'>, now: number): number | null {
  return expires === null ? null : Math.max(0, Math.round((expires - now) / 1000));
}

export type Owners = ReadonlyMap<string, Device>;

export function ownersOf(devices: readonly Device[]): Owners {
  return new Map(devices.flatMap((device) => device.addresses.map((address) => [address, device] as const)));
}

export function lineOf(row: Connection, owners: Owners, t: Translate): Line {
  const { conversation } = row;
  const at = (address: string | null): Device | null => (address === null ? null : (owners.get(address) ?? null));
  // The real responder of a port forward is the one that answers.
  const inbound = conversation ? conversation.inbound : !at(row.origSource) && at(row.replySource) !== null;
  const near = inbound ? row.replySource : row.origSource;
  const far = inbound ? row.origSource : row.origTarget;
  const device = conversation?.device ?? at(near);
  return {
    row,
    conversation,
    device,
    who: device?.alias ?? near ?? UNTOLD,
    name: conversation ? conversationFullName(conversation, t) : (at(far)?.alias ?? far ?? UNTOLD),
    service: serviceText(row.protocol, row.protocol === 1 || row.protocol === 58 ? null : row.origTargetPort, t),
    state: stateOf(row),
    up: inbound ? row.replyBytes : row.origBytes,
    down: inbound ? row.origBytes : row.replyBytes,
  };
}

export interface Wanted {
  readonly only: Device | null;
  readonly kind: Kind;
  readonly find: string;
  /** Also what all other views leave out: the router's own, home DNS, inside the home. */
  readonly leftOut: boolean;
}

function fits(
  line: Line,
  { only, kind }: Wanted,
  wanted: readonly string[],
  stateText: (state: State) => string,
): boolean {
  const { conversation, row } = line;
  if (only && line.device !== only) return false;
  if (!isKind(conversation?.category ?? null, kind)) return false;
  if (wanted.length === 0) return true;
  return hasAll(wanted, [
    line.who,
    line.name,
    line.service,
    stateText(line.state),
    source(row),
    target(row),
    nat(row),
    conversation?.company?.name,
    conversation?.category,
    conversation?.device.hostName,
    conversation?.remote.place?.country,
  ]);
}

export interface Lines {
  readonly lines: readonly Line[];
  /** Entries that are there, and those of them that other views leave out; without what has gone. */
  readonly total: number;
  readonly leftOut: number;
  /** Of the lines, those that are there. */
  readonly there: number;
}

export function buildLines(
  rows: readonly Connection[],
  { devices }: Pick<Selection, 'devices'>,
  wanted: Wanted,
  t: Translate,
  stateText: (state: State) => string,
): Lines {
  const owners = ownersOf(devices);
  const parts = words(wanted.find);
  const lines: Line[] = [];
  let total = 0;
  let leftOut = 0;
  let there = 0;
  for (const row of rows) {
    const line = lineOf(row, owners, t);
    if (row.gone === null) total += 1;
    if (!line.conversation) {
      if (row.gone === null) leftOut += 1;
      if (!wanted.leftOut) continue;
    }
    if (!fits(line, wanted, parts, stateText)) continue;
    lines.push(line);
    if (row.gone === null) there += 1;
  }
  return { lines, total, leftOut, there };
}

function keyOf({ row, ...line }: Line, column: Column, now: number): string | number {
  switch (column) {
    case 'who':
    case 'name':
      return line[column].toLowerCase();
    case 'service':
    case 'state':
      return line[column];
    case 'up':
    case 'down':
      return line[column] ?? -1;
    case 'source':
      return source(row);
    case 'target':
      return target(row);
    case 'nat':
      return nat(row);
    case 'expires':
      return secondsLeft(row, now) ?? -1;
    case 'active':
    case 'seen':
    case 'mark':
    case 'zone':
      return row[column];
  }
}

/** Text from its beginning, numbers from the largest, times from the latest; equal ones by their ids, the latest first. */
export function sortLines(lines: readonly Line[], { column, turned }: Sorting, now: number): Line[] {
  const keyed = lines.map((line) => ({ line, key: keyOf(line, column, now) }));
  const sign = turned ? -1 : 1;
  keyed.sort((a, b) => {
    const order =
      typeof a.key === 'string' || typeof b.key === 'string'
        ? compareText(String(a.key), String(b.key))
        : b.key - a.key;
    return sign * order || b.line.row.id - a.line.row.id;
  });
  return keyed.map(({ line }) => line);
}

const STATES: Readonly<Record<Phase, string>> = { open: 'ESTABLISHED', beginning: 'SYN_SENT', ended: 'CLOSED' };

function rowOf(conversation: Conversation): Connection {
  const { id, active, seen, protocol, port, inbound, upBytes, downBytes, upPackets, downPackets } = conversation;
  const [origBytes, replyBytes] = inbound ? [downBytes, upBytes] : [upBytes, downBytes];
  const [origPackets, replyPackets] = inbound ? [downPackets, upPackets] : [upPackets, downPackets];
  const nowhere = { origSource: '', origTarget: '', replySource: '', replyTarget: '' };
  const ports = { origSourcePort: null, origTargetPort: port, replySourcePort: port, replyTargetPort: null };
  return {
    // what has gone from the views is still one that the feed holds
    ...{
      id,
      gone: null,
      active,
      seen,
      protocol,
      state: STATES[phaseOf(conversation)],
      status: SEEN_REPLY,
      conversation,
    },
    ...{ origBytes, replyBytes, origPackets, replyPackets, expires: null, mark: 0, kernelId: 0, zone: 0 },
    ...nowhere,
    ...ports,
  };
}

export function recordedRows(held: readonly Conversation[]): Connection[] {
  return held.map(rowOf);
}
