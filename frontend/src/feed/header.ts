// SPDX-License-Identifier: MIT
// The header of a frame: common/PROTOCOL.md. Pure functions over bytes.

import { HEADER_BYTES, INFLATED_BYTES, NAME_BYTES, VERSION } from './limits';

export interface Epoch {
  /** Milliseconds of Unix time, on the collector's clock. */
  readonly start: number;
  readonly random: number;
}

export interface Header {
  readonly kind: 'keyframe' | 'delta';
  readonly deflated: boolean;
  readonly epoch: Epoch;
  readonly payloadLength: number;
  readonly inflatedLength: number;
  readonly sequence: number;
  /** Milliseconds since the epoch's start. */
  readonly time: number;
  readonly site: string;
  readonly topic: string;
  /** Where in the frame the payload begins. */
  readonly payload: number;
}

/** cut: shorter than its header says; newer: of a higher version; bad: no frame. */
export type HeaderFault = 'cut' | 'newer' | 'bad';

const NAME = /^[a-z0-9][a-z0-9-]*$/;
const latin = new TextDecoder('latin1');

/** Below, equal to or above 0, as a is older than, the same as or newer than b. */
export function compareEpochs(a: Epoch, b: Epoch): number {
  return a.start - b.start || a.random - b.random;
}

/** Reads the header of one frame, which is one whole message. oldest: the lowest version that is taken. */
export function decodeHeader(frame: Uint8Array, oldest = VERSION): Header | HeaderFault {
  if (frame.length < 3 || frame[0] !== 0x43 || frame[1] !== 0x56) return 'bad';
  const version = frame[2] ?? 0;
  if (version > VERSION) return 'newer';
  if (version < oldest) return 'bad';
  if (frame.length < HEADER_BYTES) return 'cut';

  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const kind = view.getUint8(3);
  const flags = view.getUint8(4);
  const siteLength = view.getUint8(5);
  const topicLength = view.getUint8(6);
  if ((kind !== 1 && kind !== 2) || (flags & ~1) !== 0) return 'bad';
  if (siteLength < 1 || siteLength > NAME_BYTES || topicLength < 1 || topicLength > NAME_BYTES) return 'bad';

  const payload = HEADER_BYTES + siteLength + topicLength;
  const payloadLength = view.getUint32(20);
  const inflatedLength = view.getUint32(24);
  const deflated = (flags & 1) !== 0;
  if (inflatedLength > INFLATED_BYTES || payloadLength > INFLATED_BYTES) return 'bad';
  if (!deflated && payloadLength !== inflatedLength) return 'bad';
  if (frame.length < payload + payloadLength) return 'cut';
  if (frame.length > payload + payloadLength) return 'bad';

  const site = latin.decode(frame.subarray(HEADER_BYTES, HEADER_BYTES + siteLength));
  const topic = latin.decode(frame.subarray(HEADER_BYTES + siteLength, payload));
  if (!NAME.test(site) || !NAME.test(topic)) return 'bad';

  const start = Number(view.getBigUint64(8));
  const sequence = Number(view.getBigUint64(32));
  const time = Number(view.getBigUint64(40));
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(sequence) || !Number.isSafeInteger(time)) return 'bad';

  return {
    kind: kind === 1 ? 'keyframe' : 'delta',
    deflated,
    epoch: { start, random: view.getUint32(16) },
    payloadLength,
    inflatedLength,
    sequence,
    time,
    site,
    topic,
    payload,
  };
}
