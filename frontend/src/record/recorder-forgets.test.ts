// SPDX-License-Identifier: MIT
// What was kept before a device was hidden or left out is let go: a recording may tell no more than the picture.
import { expect, it } from 'vitest';
import { encodeFrame } from '../feed/encode';
import { Reader } from '../feed/reader';
import { Recorder } from './recorder';
import { decodeRecording } from './recording';
import type { FromRecorder } from './recorder-messages';

const SITE = ['name', 'forgotten'];
const keyframe = (sequence: number, forgotten: number | null, alias: string): Uint8Array =>
  encodeFrame({
    kind: 'keyframe',
    sequence,
    time: sequence * 1000,
    payload: [
      ['site', SITE, [[1, 'home', forgotten]]],
      ['devices', ['alias'], [[sequence + 1, alias]]],
    ],
  });

async function saved(frames: readonly Uint8Array[]): Promise<string> {
  let file: ArrayBuffer | null = null;
  const recorder = new Recorder(
    (message: FromRecorder | { readonly kind: 'update' }) => {
      if (message.kind === 'saved') ({ file } = message);
    },
    () => undefined,
  );
  const reader = new Reader('home', 'overview');
  for (const frame of frames) {
    expect(await reader.accept(frame)).toBe('applied');
    recorder.keep(frame, reader);
  }
  recorder.hear({ kind: 'save', pseudonymised: false });
  await expect.poll(() => file).not.toBeNull();
  const bytes = new Uint8Array(file ?? new ArrayBuffer(0));
  expect(typeof decodeRecording(bytes)).not.toBe('string');
  return Buffer.from(bytes).toString('latin1');
}

it('keeps what came before, until a device is hidden or left out', async () => {
  const before = await saved([keyframe(0, null, 'annas-laptop'), keyframe(1, null, 'Aino')]);
  expect(before).toContain('annas-laptop');
  const after = await saved([keyframe(0, null, 'annas-laptop'), keyframe(1, 1000, 'Aino'), keyframe(2, 1000, 'Aino')]);
  expect(after).not.toContain('annas-laptop');
  expect(after).toContain('Aino');
});
