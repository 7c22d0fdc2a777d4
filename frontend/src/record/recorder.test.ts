// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { encodeFrame } from '../feed/encode';
import { Recorder } from './recorder';
import { encodeRecording } from './recording';
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
