// SPDX-License-Identifier: MIT
// Several broadcasters at one Redis: who is signed out at one is at all of them, and a link that is revoked is good at none.

import { expect, test } from 'vitest';
import { Redis } from '../harness/redis';
import { setPassphrase, type Browser } from '../harness/signing';
import { closed, SigningRoom } from '../harness/signing-room';
import { stage, type Stage } from '../harness/stage';
import { until } from '../harness/wait';

const SOON_MS = 20_000;
const ELSEWHERE = '127.0.0.9';

/** Two broadcasters; folders: where each has its secrets. */
async function two(here: Stage, folders: readonly [string, string]): Promise<readonly [SigningRoom, SigningRoom]> {
  const redis = new Redis(here);
  await redis.start();
  const open = async (folder: string): Promise<SigningRoom> => {
    const room = await SigningRoom.open(here, {
      'redis.server': redis.path,
      'access.folder': here.path(folder),
      'access.networks': '127.0.0.1',
    });
    await room.daemon.said(/Connected to Redis/, SOON_MS);
    return room;
  };
  // once, or the one who is there already signs all out
  for (const folder of new Set(folders)) setPassphrase(here.path(folder));
  return [await open(folders[0]), await open(folders[1])];
}

async function lead(room: SigningRoom): Promise<Browser> {
  const browser = room.browser();
  expect(await browser.signIn()).toBe('done');
  return browser;
}

test('who signs out everywhere is signed out at the other one, too, and may sign in again', async () => {
  const [one, other] = await two(stage(), ['one', 'other']);
  const [here, there] = [await lead(one), await lead(other)];
  const viewer = await other.watch(there);
  expect(viewer.hello?.role).toBe('facilitator');
  // one browser alone is no business of the others
  const third = await lead(one);
  expect(await third.ask('sign-out', 'here')).toBe('done');
  const since = performance.now();
  expect(await here.ask('sign-out', 'everywhere')).toBe('done');
  console.log(`closed at the other one after ${(await closed(viewer, since)).toFixed(0)} ms`);
  expect(await there.ask('links', 'list')).toBe('not-signed-in');
  expect(await other.metric('signed_out_total{reason="elsewhere"}')).toBe(1);
  await lead(one);
  expect(await one.metric('signed_in')).toBe(1);
});

test('a link of a folder that both have is revoked at both at once', async () => {
  const [one, other] = await two(stage(), ['shared', 'shared']);
  const leader = await lead(one);
  const { token, id } = JSON.parse((await leader.post('links', 'make display')).body) as { token: string; id: string };
  await until('the other one to know the link', SOON_MS, async () => (await other.metric('links')) === 1);
  const display = other.browser({ localAddress: ELSEWHERE });
  expect(await display.ask('link', token)).toBe('done');
  const viewer = await other.watch(display, { localAddress: ELSEWHERE });
  const since = performance.now();
  expect(await leader.ask('links', `revoke ${id}`)).toBe('done');
  console.log(`closed at the other one after ${(await closed(viewer, since)).toFixed(0)} ms`);
  expect(await display.ask('link', token)).toBe('403');
});

test('what is said in its place over Redis lets nobody in', async () => {
  const here = stage();
  const redis = new Redis(here);
  await redis.start();
  setPassphrase(here.path('secrets'));
  const room = await SigningRoom.open(here, { 'redis.server': redis.path });
  await room.daemon.said(/Connected to Redis/, SOON_MS);
  const leader = await lead(room);
  const client = redis.client();
  const sender = '0123456789abcdef';
  for (const text of ['', 'nonsense', `${sender} ended ${'0'.repeat(64)}`, `${sender} signed-in`, 'x'.repeat(100_000)])
    await client.command('PUBLISH', 'connvis:access', text);
  expect(await leader.ask('links', 'list')).toBe('done');
  await client.command('PUBLISH', 'connvis:access', `${sender} signed-out`);
  await until('to be signed out', SOON_MS, async () => (await room.metric('signed_in')) === 0);
  client.close();
});
