// SPDX-License-Identifier: MIT
// Writes frames of our own into a recording: a keyframe of what is known, or one of which something was taken away.

import { encode } from '@msgpack/msgpack';
import type { Epoch, Header } from './header';
import { HEADER_BYTES, VERSION } from './limits';
import type { Cell } from './payload';
import type { Table } from './table';

export type FrameHead = Pick<Header, 'kind' | 'sequence' | 'time' | 'site' | 'topic'> & { readonly epoch: Epoch };

/** Not deflated. */
export function makeFrame({ kind, sequence, time, site, topic, epoch }: FrameHead, payload: Cell): Uint8Array {
  const body = encode(payload);
  const names = new TextEncoder().encode(site + topic);
  const frame = new Uint8Array(HEADER_BYTES + names.length + body.length);
  const view = new DataView(frame.buffer);
  frame.set([0x43, 0x56, VERSION, kind === 'keyframe' ? 1 : 2, 0, names.length - topic.length, topic.length]);
  view.setBigUint64(8, BigInt(epoch.start));
  view.setUint32(16, epoch.random);
  view.setUint32(20, body.length);
  view.setUint32(24, body.length);
  view.setBigUint64(32, BigInt(sequence));
  view.setBigUint64(40, BigInt(time));
  frame.set(names, HEADER_BYTES);
  frame.set(body, HEADER_BYTES + names.length);
  return frame;
}

export function keyframePayload(tables: readonly Table[]): Cell {
  return tables.map(({ name, marked, rows }): Cell => [name, marked, [...rows.values()]]);
}
