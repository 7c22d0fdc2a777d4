// SPDX-License-Identifier: MIT
// Small MMDB files of places and networks, made by the script that makes the lab's.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './namespace';
import { programs } from './paths';
import type { Stage } from './stage';

export interface Place {
  readonly ipv4: string;
  readonly ipv6: string;
  readonly asn: number;
  readonly organisation: string;
  readonly country: string;
  readonly city: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Databases {
  readonly city: string;
  readonly flat: string;
  readonly asn: string;
}

/** The same file as if it had been made at another time, in seconds. */
export function builtAt(file: Buffer, seconds: number): Buffer {
  const copy = Buffer.from(file);
  // after the key: an unsigned number of 64 bits (kind 9), in so many bytes
  const at = copy.lastIndexOf('build_epoch') + 'build_epoch'.length;
  if (copy[at] !== 4 || copy[at + 1] !== 2) throw new Error('the time of the MMDB is not where it should be');
  copy.writeUInt32BE(seconds, at + 2);
  return copy;
}

/** The same file, larger by bytes that nothing in it refers to: they stand behind its data, before its metadata. */
export function padded(file: Buffer, bytes: number): Buffer {
  const at = file.lastIndexOf(Buffer.from('abcdef4d61784d696e642e636f6d', 'hex'));
  if (at < 0) throw new Error('the MMDB has no metadata');
  return Buffer.concat([file.subarray(0, at), Buffer.alloc(bytes, 'connvis'), file.subarray(at)]);
}

export async function makeDatabases(stage: Stage, name: string, places: readonly Place[]): Promise<Databases> {
  const folder = stage.path(name);
  mkdirSync(folder);
  const lines = places.map((p) =>
    ['a', p.ipv4, p.ipv6, p.asn, p.organisation, p.country, '-', p.city, p.latitude, p.longitude].join(' | '),
  );
  await command('perl', programs.makeMmdb, 'lab', stage.file(`${name}-hosts`, `${lines.join('\n')}\n`), folder);
  return { city: join(folder, 'city.mmdb'), flat: join(folder, 'city-flat.mmdb'), asn: join(folder, 'asn.mmdb') };
}
