// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { encodeFrame } from '../feed/encode';
import { Reader } from '../feed/reader';
import { Player } from './player';
import { Recorder } from './recorder';
import { decodeRecording, encodeRecording } from './recording';
import { SEGMENT_MS } from './recording-limits';
import type { FromRecorder } from './recorder-messages';

const FILE = encodeRecording([
  encodeFrame({ kind: 'keyframe', sequence: 0, time: 0, payload: [['things', ['value'], [[1, 5]]]] }),
  encodeFrame({ kind: 'delta', sequence: 1, time: 60_000, payload: [] }),
]);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('goes on playing after the page could not be told, and says that something is missing', async () => {
  const complaint = vi.spyOn(console, 'error').mockReturnValue();
  const positions: number[] = [];
  let faulty = false;
  let broken = false;
  const recorder = new Recorder(
    (message: FromRecorder | { readonly kind: 'update' }) => {
      if (broken) throw new Error('the page is full');
      if (message.kind !== 'playback' || !message.playback) return;
      positions.push(message.playback.at);
      faulty = message.playback.faulty;
    },
    () => undefined,
  );
  recorder.hear({ kind: 'load', file: FILE.buffer });
  await vi.advanceTimersByTimeAsync(1000);
  expect(positions.at(-1)).toBe(1000);
  expect(faulty).toBe(false);
  broken = true;
  await vi.advanceTimersByTimeAsync(1000);
  broken = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect(positions.at(-1)).toBe(3000);
  expect(faulty).toBe(true);
  expect(complaint).toHaveBeenCalled();
  recorder.hear({ kind: 'unload' });
});

it('begins each part with all that is known, so that the part before can be let go', async () => {
  const posted: FromRecorder[] = [];
  const recorder = new Recorder(
    (message) => (message.kind === 'update' ? undefined : void posted.push(message)),
    () => undefined,
  );
  const overview = new Reader('home', 'overview');
  const whose = new Reader('home', 'identities');
  const asked = new Reader('home', 'lookups');
  const hear = async (
    reader: Reader,
    kind: 'keyframe' | 'delta',
    sequence: number,
    payload: unknown,
  ): Promise<void> => {
    const frame = encodeFrame({ kind, topic: reader.topic, sequence, time: 1000 + sequence, payload });
    expect(await reader.accept(frame)).toBe('applied');
    recorder.keep(frame, reader, [whose, asked]);
  };
  await hear(overview, 'keyframe', 0, [['things', ['value'], [[1, 5]]]]);
  await hear(whose, 'keyframe', 0, [['owners', ['value'], [[1, 'Aino']]]]);
  await hear(asked, 'keyframe', 0, [['names', ['value'], [[1, 'a.example']]]]);
  await hear(whose, 'delta', 1, [[0, [], [], [1, 1, 'Onni']]]);
  await vi.advanceTimersByTimeAsync(SEGMENT_MS);
  await hear(overview, 'delta', 1, [[0, [], [], [1, 1, 6]]]);
  recorder.hear({ kind: 'save', pseudonymised: false });
  await vi.advanceTimersByTimeAsync(0);
  const [saved] = posted;
  if (saved?.kind !== 'saved') throw new Error('nothing was saved');
  const recording = decodeRecording(new Uint8Array(saved.file));
  if (typeof recording === 'string') throw new Error(recording);
  expect(recording.frames.map(({ header }) => [header.topic, header.kind, header.sequence])).toEqual([
    ['overview', 'keyframe', 0],
    ['identities', 'keyframe', 0],
    ['lookups', 'keyframe', 0],
    ['identities', 'delta', 1],
    ['overview', 'keyframe', 1],
    ['identities', 'keyframe', 1],
    ['lookups', 'keyframe', 0],
  ]);
  const player = new Player(recording);
  await player.seek(recording.length);
  expect(player.readers.map(({ tables }) => tables[0]?.rows.get(1)?.[1])).toEqual([6, 'Onni', 'a.example']);
});
