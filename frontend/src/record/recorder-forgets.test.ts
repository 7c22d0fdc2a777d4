// SPDX-License-Identifier: MIT
// What was kept before a device was hidden or left out is let go: a recording may tell no more than the picture.
import { expect, it } from 'vitest';
import { encodeFrame } from '../feed/encode';
import { decodeHeader } from '../feed/header';
import { Reader } from '../feed/reader';
import { Player } from './player';
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

const whose = (sequence: number, time: number, host: string, epochStart?: number): Uint8Array =>
  encodeFrame({
    kind: 'keyframe',
    topic: 'identities',
    sequence,
    time,
    ...(epochStart === undefined ? {} : { epochStart }),
    payload: [['identities', ['host_name'], [[sequence + 1, host]]]],
  });
const heartbeat = (sequence: number, time: number): Uint8Array =>
  encodeFrame({ kind: 'delta', topic: 'identities', sequence, time, payload: [] });

async function saved(frames: readonly Uint8Array[]): Promise<string> {
  let file: ArrayBuffer | null = null;
  const recorder = new Recorder(
    (message: FromRecorder | { readonly kind: 'update' }) => {
      if (message.kind === 'saved') ({ file } = message);
    },
    () => undefined,
  );
  const overview = new Reader('home', 'overview');
  const identities = new Reader('home', 'identities');
  for (const frame of frames) {
    const header = decodeHeader(frame);
    const reader = typeof header !== 'string' && header.topic === 'identities' ? identities : overview;
    expect(await reader.accept(frame)).toBe('applied');
    recorder.keep(frame, reader, [identities]);
  }
  recorder.hear({ kind: 'save', pseudonymised: false });
  await expect.poll(() => file).not.toBeNull();
  const bytes = new Uint8Array(file ?? new ArrayBuffer(0));
  const recording = decodeRecording(bytes);
  if (typeof recording === 'string') throw new Error(recording);
  const player = new Player(recording);
  await player.seek(recording.length);
  expect(player.faulty).toBe(false);
  return Buffer.from(bytes).toString('latin1');
}

it('keeps what came before, until a device is hidden or left out', async () => {
  const before = await saved([keyframe(0, null, 'annas-laptop'), keyframe(1, null, 'Aino')]);
  expect(before).toContain('annas-laptop');
  const after = await saved([keyframe(0, null, 'annas-laptop'), keyframe(1, 1000, 'Aino'), keyframe(2, 1000, 'Aino')]);
  expect(after).not.toContain('annas-laptop');
  expect(after).toContain('Aino');
});

const OLD = whose(1, 900, 'annas-laptop');
const NEW = whose(3, 1001, 'onnis-phone');
const ANEW = keyframe(1, 1000, 'Aino');

it.each([
  ['before', [NEW, ANEW]],
  ['after', [ANEW, NEW]],
  ['after what was on its way', [ANEW, heartbeat(2, 1000), NEW]],
])('keeps whose the devices are when that comes %s', async (_, frames) => {
  const before = await saved([keyframe(0, null, 'Anna'), OLD]);
  expect(before).toContain('annas-laptop');
  const after = await saved([keyframe(0, null, 'Anna'), OLD, ...frames]);
  expect(after).not.toContain('annas-laptop');
  expect(after).toContain('onnis-phone');
});

it('keeps nothing of whose the devices were that comes late, or from another run of the collector', async () => {
  const late = await saved([keyframe(0, null, 'Anna'), ANEW, OLD, heartbeat(2, 2000)]);
  expect(late).not.toContain('annas-laptop');
  const older = await saved([keyframe(0, null, 'Anna'), ANEW, whose(1, 5000, 'annas-laptop', 1_600_000_000_000)]);
  expect(older).not.toContain('annas-laptop');
});
