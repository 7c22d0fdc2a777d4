// SPDX-License-Identifier: MIT
// Writes frames. The page sends none: they go into a recording, as a keyframe of what is known, or without what was taken away.

import type { Epoch, Header } from './header';
import { HEADER_BYTES, VERSION } from './limits';
import { pack } from './pack';
import type { Cell } from './payload';
import type { Table } from './table';

export type FrameHead = Pick<Header, 'kind' | 'sequence' | 'time' | 'site' | 'topic'> & { readonly epoch: Epoch };

/** The payload as it is sent. */
export interface Sent {
  readonly bytes: Uint8Array;
  /** Null: not deflated. */
  readonly inflatedLength: number | null;
}

/** A frame of whatever is given: common/PROTOCOL.md. */
export function frameOf(
  { kind, sequence, time, site, topic, epoch }: FrameHead,
  sent: Sent,
  version = VERSION,
): Uint8Array {
  const { bytes, inflatedLength } = sent;
  const names = new TextEncoder().encode(site + topic);
  const topicLength = new TextEncoder().encode(topic).length;
  const frame = new Uint8Array(HEADER_BYTES + names.length + bytes.length);
  const view = new DataView(frame.buffer);
  frame.set([0x43, 0x56, version, kind === 'keyframe' ? 1 : 2, inflatedLength === null ? 0 : 1]);
  frame.set([names.length - topicLength, topicLength], 5);
  view.setBigUint64(8, BigInt(epoch.start));
  view.setUint32(16, epoch.random);
  view.setUint32(20, bytes.length);
  view.setUint32(24, inflatedLength ?? bytes.length);
  view.setBigUint64(32, BigInt(sequence));
  view.setBigUint64(40, BigInt(time));
  frame.set(names, HEADER_BYTES);
  frame.set(bytes, HEADER_BYTES + names.length);
  return frame;
}

/** Not deflated. */
export function makeFrame(head: FrameHead, payload: Cell): Uint8Array {
  return frameOf(head, { bytes: pack(payload), inflatedLength: null });
}

export function keyframePayload(tables: readonly Table[]): Cell {
  return tables.map(({ name, marked, rows }): Cell => [name, marked, [...rows.values()]]);
}
