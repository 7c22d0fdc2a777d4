// SPDX-License-Identifier: MIT
// A recording as a file: common/PROTOCOL.md, "A recording". Pure functions over bytes, all of them hostile.

import { compareEpochs, decodeHeader, type Header } from '../feed/header';
import { FILE_BYTES, FILE_FRAMES, FILE_INFLATED } from './recording-limits';

/** `connvis`, and the version of this format. */
const MAGIC = [0x63, 0x6f, 0x6e, 0x6e, 0x76, 0x69, 0x73];
const VERSION = 1;
const HEAD = MAGIC.length + 1;
/** The topics that are recorded: the first is always there, and what refers to its rows comes behind it. */
export const RECORDED = ['overview', 'identities', 'lookups'];
/** The lowest version of frames that can be played: in the first the overview had all that is in the others now, and that
 * is not shown of it. */
export const OLDEST = 1;
/** Between the last frame of one epoch and the first of the next. Milliseconds. */
const BETWEEN_EPOCHS = 1000;

/** Why a file is refused: no recording, of a later version, too large, cut off or damaged, without anything to show. */
export type Refusal = 'none' | 'newer' | 'large' | 'broken' | 'empty';

export interface RecordedFrame {
  /** Milliseconds since the recording's beginning. */
  readonly at: number;
  readonly header: Header;
  readonly bytes: Uint8Array;
}

export interface Recording {
  readonly site: string;
  /** The first is a keyframe. */
  readonly frames: readonly RecordedFrame[];
  /** Milliseconds. */
  readonly length: number;
  /** Unix time of its beginning, on the collector's clock, in milliseconds. */
  readonly began: number;
}

export function encodeRecording(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEAD + frames.reduce((sum, frame) => sum + 4 + frame.length, 0));
  const view = new DataView(file.buffer);
  file.set([...MAGIC, VERSION]);
  let at = HEAD;
  for (const frame of frames) {
    view.setUint32(at, frame.length);
    file.set(frame, at + 4);
    at += 4 + frame.length;
  }
  return file;
}

/** Holds views into the bytes, no copies. */
export function decodeRecording(file: Uint8Array): Recording | Refusal {
  if (file.length < HEAD || !MAGIC.every((byte, i) => file[i] === byte)) return 'none';
  const version = file[MAGIC.length] ?? 0;
  if (version !== VERSION) return version > VERSION ? 'newer' : 'none';
  if (file.length > FILE_BYTES) return 'large';
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const frames: RecordedFrame[] = [];
  let inflated = 0;
  let overview: RecordedFrame | undefined;
  for (let at = HEAD; at < file.length;) {
    if (at + 4 > file.length) return 'broken';
    const end = at + 4 + view.getUint32(at);
    if (end > file.length) return 'broken';
    const bytes = file.subarray(at + 4, end);
    const header = decodeHeader(bytes, OLDEST);
    if (header === 'newer') return 'newer';
    if (
      typeof header === 'string' ||
      !RECORDED.includes(header.topic) ||
      header.site !== (frames[0]?.header ?? header).site
    )
      return 'broken';
    inflated += header.inflatedLength;
    if (frames.length >= FILE_FRAMES || inflated > FILE_INFLATED) return 'large';
    const begins = header.topic === RECORDED[0];
    if (!overview && !(begins && header.kind === 'keyframe')) return 'broken';
    const frame = { at: overview ? Math.max(frames.at(-1)?.at ?? 0, timeAfter(overview, header)) : 0, header, bytes };
    frames.push(frame);
    if (begins) overview = frame;
    at = end;
  }
  const [first] = frames;
  if (!first) return 'empty';
  return {
    site: first.header.site,
    frames,
    length: frames.at(-1)?.at ?? 0,
    began: first.header.epoch.start + first.header.time,
  };
}

function timeAfter(last: RecordedFrame, header: Header): number {
  if (compareEpochs(header.epoch, last.header.epoch) !== 0)
    return header.topic === last.header.topic ? last.at + BETWEEN_EPOCHS : last.at;
  return last.at + Math.max(0, header.time - last.header.time);
}
