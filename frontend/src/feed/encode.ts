// SPDX-License-Identifier: MIT
// Writes frames, for tests: the page itself never sends one.

import { deflateSync } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import { HEADER_BYTES, VERSION } from './limits';

export interface FrameSpec {
  readonly kind: 'keyframe' | 'delta';
  readonly sequence: number;
  readonly payload: unknown;
  readonly deflate?: boolean;
  readonly time?: number;
  readonly site?: string;
  readonly topic?: string;
  readonly epochStart?: number;
  readonly epochRandom?: number;
  readonly version?: number;
}

export function encodeFrame(spec: FrameSpec): Uint8Array {
  const plain = spec.payload instanceof Uint8Array ? spec.payload : encode(spec.payload);
  const sent = spec.deflate === true ? new Uint8Array(deflateSync(plain)) : plain;
  const site = new TextEncoder().encode(spec.site ?? 'home');
  const topic = new TextEncoder().encode(spec.topic ?? 'overview');
  const frame = new Uint8Array(HEADER_BYTES + site.length + topic.length + sent.length);
  const view = new DataView(frame.buffer);
  frame.set([0x43, 0x56, spec.version ?? VERSION, spec.kind === 'keyframe' ? 1 : 2, spec.deflate === true ? 1 : 0]);
  frame.set([site.length, topic.length], 5);
  view.setBigUint64(8, BigInt(spec.epochStart ?? 1_700_000_000_000));
  view.setUint32(16, spec.epochRandom ?? 7);
  view.setUint32(20, sent.length);
  view.setUint32(24, plain.length);
  view.setBigUint64(32, BigInt(spec.sequence));
  view.setBigUint64(40, BigInt(spec.time ?? spec.sequence * 1000));
  frame.set(site, HEADER_BYTES);
  frame.set(topic, HEADER_BYTES + site.length);
  frame.set(sent, HEADER_BYTES + site.length + topic.length);
  return frame;
}
