// SPDX-License-Identifier: MIT
// Writes frames, for tests: the page itself never sends one.

import { deflateSync } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import { frameOf } from './write-frame';

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
  const { kind, sequence, payload, deflate = false, time = sequence * 1000, site = 'home', topic = 'overview' } = spec;
  const { epochStart = 1_700_000_000_000, epochRandom = 7, version } = spec;
  const plain = payload instanceof Uint8Array ? payload : encode(payload);
  const sent = deflate
    ? { bytes: new Uint8Array(deflateSync(plain)), inflatedLength: plain.length }
    : { bytes: plain, inflatedLength: null };
  return frameOf(
    { kind, sequence, time, site, topic, epoch: { start: epochStart, random: epochRandom } },
    sent,
    version,
  );
}
