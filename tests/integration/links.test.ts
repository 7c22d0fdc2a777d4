// SPDX-License-Identifier: MIT
// Links by which a display and guests may watch, also who is not at home: made, used, revoked while somebody watches by them.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fetchText } from '../harness/http';
import { programs } from '../harness/paths';
import { closed, SigningRoom } from '../harness/signing-room';
import { setPassphrase, type Browser } from '../harness/signing';
import { stage } from '../harness/stage';
import { until } from '../harness/wait';

const SOON_MS = 20_000;
/** Is not at home: who comes from there needs a link. */
const ELSEWHERE = '127.0.0.9';
const SETTINGS = { 'access.networks': '127.0.0.1' };

interface Link {
  readonly id: string;
  readonly token: string;
  readonly role: string;
  readonly used: boolean;
  readonly viewers: number;
}

async function lead(room: SigningRoom): Promise<Browser> {
  const browser = room.browser();
  expect(await browser.signIn()).toBe('done');
  return browser;
}

async function make(leader: Browser, wish: string): Promise<Link> {
  const { status, body } = await leader.post('links', `make ${wish}`);
  expect(status).toBe(200);
  return JSON.parse(body) as Link;
}

async function list(leader: Browser): Promise<readonly Link[]> {
  return (JSON.parse((await leader.post('links', 'list')).body) as { links: Link[] }).links;
}

async function opened(): Promise<SigningRoom> {
  const here = stage();
  setPassphrase(here.path('secrets'));
  return SigningRoom.open(here, SETTINGS);
}

test('a display elsewhere watches by its link until that is revoked', async () => {
  const room = await opened();
  const leader = await lead(room);
  const display = room.browser({ localAddress: ELSEWHERE });
  const page = (path: string): Promise<number> =>
    fetchText(room.port, path, { localAddress: ELSEWHERE, headers: display.headers }).then(({ status }) => status);
  expect(await page('/join')).toBe(403);

  const link = await make(leader, 'display');
  // what exchanges the link, and nothing else
  expect(await page('/join')).not.toBe(403);
  expect(await page('/')).toBe(403);
  await expect(room.watch(display, { localAddress: ELSEWHERE })).rejects.toThrow('403');
  expect(await display.ask('link', link.token)).toBe('done');
  expect(display.given).toMatch(/^connvis-\d+=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Strict$/);
  expect(display.cookie).not.toContain(link.token);
  expect(await page('/')).toBe(200);
  const viewer = await room.watch(display, { localAddress: ELSEWHERE });
  expect(viewer.hello).toMatchObject({ role: 'display', address: ELSEWHERE });
  // it only watches
  expect(await viewer.refusal('me')).toBe('only-watching');
  expect((await list(leader)).map(({ id, viewers }) => [id, viewers])).toEqual([[link.id, 1]]);

  const since = performance.now();
  expect(await leader.ask('links', `revoke ${link.id}`)).toBe('done');
  console.log(`closed after ${(await closed(viewer, since)).toFixed(0)} ms`);
  await expect(room.watch(display, { localAddress: ELSEWHERE })).rejects.toThrow('403');
  expect(await page('/')).toBe(403);

  const { output } = room.daemon;
  expect(output).toMatch(new RegExp(`made the link ${link.id} for a display, until it is revoked`));
  expect(output).toMatch(new RegExp(`The display at 127\\.0\\.0\\.9 has come by the link ${link.id}`));
  expect(output).toMatch(new RegExp(`revoked the link ${link.id}`));
  expect(output).not.toContain(link.token);
});

test('who has come by a link is answered, however long it takes', async () => {
  const here = stage();
  setPassphrase(here.path('secrets'));
  const room = await SigningRoom.open(here, { ...SETTINGS, 'access.sign_in_without_tls': 'yes' });
  const { token } = await make(await lead(room), 'guest');
  const guest = room.browser({ localAddress: ELSEWHERE });
  expect(await guest.ask('link', token)).toBe('done');
  // a frame is waited for, which does not come
  const { status } = await fetchText(room.port, '/api/v1/state', { localAddress: ELSEWHERE, headers: guest.headers });
  expect(status).toBe(503);
  expect(await guest.signIn()).toBe('done');
  expect((await room.watch(guest, { localAddress: ELSEWHERE })).hello?.role).toBe('facilitator');
});

test('a link for one lets one in, and a restart changes nothing', async () => {
  const room = await opened();
  const leader = await lead(room);
  const link = await make(leader, 'guest once 8');
  const [first, second] = [room.browser({ localAddress: ELSEWHERE }), room.browser({ localAddress: ELSEWHERE })];
  expect(await first.ask('link', link.token)).toBe('done');
  expect(await second.ask('link', link.token)).toBe('link-used');
  expect(await second.ask('link', 'A'.repeat(43))).toBe('no-link');
  expect((await list(leader))[0]?.used).toBe(true);

  // neither the link nor a cookie is in the file
  const file = readFileSync(room.here.path(`secrets/links/${link.id}`), 'utf8');
  for (const secret of [link.token, first.cookie.split('=')[1] ?? '-']) expect(file).not.toContain(secret);
  await room.restart();
  expect(await second.ask('link', link.token)).toBe('link-used');
  expect((await room.watch(first, { localAddress: ELSEWHERE })).hello?.role).toBe('guest');
  // who had signed in has to again
  expect(await leader.ask('links', 'list')).toBe('not-signed-in');
});

test('what has ended while it did not run is deleted at its start', async () => {
  const room = await opened();
  const leader = await lead(room);
  const { id } = await make(leader, 'guest 8');
  await make(leader, 'display');
  const path = room.here.path(`secrets/links/${id}`);
  await room.daemon.end();
  writeFileSync(path, readFileSync(path, 'utf8').replace(/until \d+/, 'until 1000000000'));
  await room.restart();
  await until('one link to be there', SOON_MS, async () => (await room.metric('links')) === 1);
  expect(existsSync(path)).toBe(false);
});

test('a guest who is at home is a participant, a display is a display', async () => {
  const room = await opened();
  const leader = await lead(room);
  for (const [wish, role] of [
    ['guest', 'participant'],
    ['display', 'display'],
  ] as const) {
    const browser = room.browser();
    const { token } = await make(leader, wish);
    expect(await browser.ask('link', token)).toBe('done');
    expect((await room.watch(browser)).hello?.role).toBe(role);
  }
  // who leads the room and tries a link goes on leading it
  const { token } = await make(leader, 'guest');
  expect(await leader.ask('link', token)).toBe('done');
  expect((await room.watch(leader)).hello?.role).toBe('facilitator');
});

describe('by a command', () => {
  const print = (room: SigningRoom, what: string): { readonly out: string; readonly token: string } => {
    const words = ['--set', `access.folder=${room.here.path('secrets')}`, '--set', `listen.port=${room.port}`];
    const out = execFileSync(programs.broadcaster, [...words, '--link', what], { stdio: ['ignore', 'pipe', 'ignore'] });
    const text = out.toString();
    return { out: text, token: text.trim().split('#link=')[1] ?? '' };
  };

  test('a link is made while the broadcaster runs, and deleting its file revokes it', async () => {
    const room = await opened();
    const display = room.browser({ localAddress: ELSEWHERE });
    const { out, token } = print(room, 'display');
    expect(out).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${room.port}/join#link=[\\w-]{43}\n$`));
    expect(await display.ask('link', token)).toBe('done');
    const viewer = await room.watch(display, { localAddress: ELSEWHERE });
    const since = performance.now();
    for (const file of readdirSync(room.here.path('secrets/links'))) rmSync(room.here.path(`secrets/links/${file}`));
    await closed(viewer, since);
  });

  test('what makes no sense is refused', async () => {
    const room = await opened();
    for (const what of ['', 'everybody', 'guest 0', 'facilitator']) expect(() => print(room, what)).toThrow();
  });
});

test('broken files in the folder are said once, and the others count', async () => {
  const room = await opened();
  const leader = await lead(room);
  const { token } = await make(leader, 'guest');
  room.here.file('secrets/links/00000000', 'nothing');
  await room.daemon.said(/has files that are no links[^\n]*: 1 of them are not used\./, SOON_MS);
  const guest = room.browser({ localAddress: ELSEWHERE });
  expect(await guest.ask('link', token)).toBe('done');
  await until('the link to be there', SOON_MS, async () => (await room.metric('links')) === 1);
});
