// SPDX-License-Identifier: MIT
// Signing in to lead the room: who may, who may not, and how it ends.

import { execFileSync } from 'node:child_process';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fetchText } from '../harness/http';
import type { Settings } from '../harness/line';
import { command } from '../harness/namespace';
import { programs } from '../harness/paths';
import { PASSPHRASE, setPassphrase, type Browser } from '../harness/signing';
import { closed, SigningRoom } from '../harness/signing-room';
import { stage, type Stage } from '../harness/stage';
import { sleep, until } from '../harness/wait';

const SOON_MS = 20_000;

async function opened(settings: Settings = {}): Promise<SigningRoom> {
  const here = stage();
  setPassphrase(here.path('secrets'));
  return SigningRoom.open(here, settings);
}

test('who knows the passphrase leads the room, and is signed out by the button', async () => {
  const room = await opened();
  const browser = room.browser();
  const before = await room.watch(browser);
  expect(before.hello).toMatchObject({ role: 'participant', signIn: 'yes' });
  expect(await browser.signIn('incorrect horse battery')).toBe('wrong');
  expect(browser.cookie).toBe('');
  expect(await browser.signIn()).toBe('done');
  expect(browser.given).toMatch(/^connvis-\d+=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
  const { cookie } = browser;

  const viewer = await room.watch(browser);
  expect(viewer.hello).toMatchObject({ role: 'facilitator', signIn: 'yes' });
  const other = room.browser();
  expect(await other.signIn()).toBe('done');
  const another = await room.watch(other);
  const since = performance.now();
  expect(await browser.ask('sign-out', 'here')).toBe('done');
  console.log(`closed after ${(await closed(viewer, since)).toFixed(0)} ms`);
  // nobody else was
  expect(before.closed).toBeUndefined();
  expect(another.closed).toBeUndefined();
  expect(await room.metric('signed_in')).toBe(1);

  const { output } = room.daemon;
  expect(output).toMatch(/Signing in was refused at 127\.0\.0\.1: This is not the passphrase\./);
  expect(output).toMatch(/The facilitator signed in at 127\.0\.0\.1\./);
  expect(output).toMatch(/The facilitator at 127\.0\.0\.1 signed out\./);
  for (const secret of ['horse', cookie.split('=')[1], other.cookie.split('=')[1]])
    expect(output).not.toContain(secret);
});

test('a cookie that has ended, or that nobody gave, is none', async () => {
  const room = await opened();
  const browser = room.browser();
  await browser.signIn();
  const { cookie } = browser;
  await browser.ask('sign-out', 'here');
  for (const value of [cookie, `connvis-${room.port}=${'A'.repeat(43)}`, 'connvis=', `__Host-${cookie}`]) {
    const viewer = await room.watch(browser, { headers: { cookie: value } });
    expect(viewer.hello?.role).toBe('participant');
  }
});

test('whoever leads at two ports of a host leads at both', async () => {
  const rooms = [await opened(), await opened()];
  const browsers = rooms.map((room) => room.browser());
  for (const browser of browsers) expect(await browser.signIn()).toBe('done');
  // browsers send all that they have of a host
  const cookie = browsers.map((browser) => browser.cookie).join('; ');
  for (const [i, room] of rooms.entries()) {
    const viewer = await room.watch(browsers[i] as Browser, { headers: { cookie } });
    expect(viewer.hello?.role).toBe('facilitator');
  }
});

test('all are signed out at once, and by a new passphrase', async () => {
  const room = await opened();
  const browsers = [room.browser(), room.browser(), room.browser()];
  for (const browser of browsers) expect(await browser.signIn()).toBe('done');
  const [one] = browsers as [Browser];
  let viewers = await Promise.all(browsers.map((browser) => room.watch(browser)));
  let since = performance.now();
  expect(await one.ask('sign-out', 'everywhere')).toBe('done');
  for (const viewer of viewers) await closed(viewer, since);
  expect(room.daemon.output).toMatch(/signed out everywhere\./);

  for (const browser of browsers) expect(await browser.signIn()).toBe('done');
  viewers = await Promise.all(browsers.map((browser) => room.watch(browser)));
  since = performance.now();
  setPassphrase(room.here.path('secrets'), 'quite another one');
  for (const viewer of viewers) await closed(viewer, since);
  expect(room.daemon.output).toMatch(/The passphrase is another one: all who had signed in \(3\) were signed out\./);
  expect(await one.signIn()).toBe('wrong');
  expect(await one.signIn('quite another one')).toBe('done');
});

test('time ends it: with no page open soon, with one later', async () => {
  const room = await opened({ 'access.signed_in': 14, 'access.signed_in_idle': 10 });
  const [idle, watched] = [room.browser(), room.browser()];
  await idle.signIn();
  await watched.signIn();
  const viewer = await room.watch(watched);
  await until('the idle one to be signed out', SOON_MS, async () => (await room.metric('signed_in')) === 1);
  expect(viewer.closed).toBeUndefined();
  await closed(viewer, performance.now());
  expect(await room.metric('signed_out_total{reason="time"}')).toBe(2);
  expect(room.daemon.output).toMatch(/was signed out: the time is over\./);
});

describe('the passphrase', () => {
  test('is made while the broadcaster runs, and without one nobody leads', async () => {
    const here = stage();
    const room = await SigningRoom.open(here);
    const browser = room.browser();
    const early = await room.watch(browser);
    expect(early.hello?.signIn).toBe('no-passphrase');
    expect(await browser.signIn()).toBe('no-passphrase');
    setPassphrase(here.path('secrets'));
    await until('to be let in', SOON_MS, async () => (await browser.signIn()) === 'done');
    const { mode } = statSync(here.path('secrets/passphrase'));
    expect(mode & 0o777).toBe(0o600);
  });

  test('is refused where it is no good, and a file that holds none is said', async () => {
    const here = stage();
    setPassphrase(here.path('secrets'));
    const give = (input: string, ...words: string[]): string => {
      try {
        execFileSync(programs.broadcaster, [...words, '--set-passphrase'], { input, stdio: 'pipe' });
        return '';
      } catch (error) {
        return String((error as { stderr: Buffer }).stderr);
      }
    };
    const folder = ['--set', `access.folder=${here.path('secrets')}`];
    expect(give('short\n', ...folder)).toBe(
      'This passphrase is too short: it needs at least 12 characters, such as four words.\n',
    );
    expect(give('', ...folder)).toBe('There is no passphrase on standard input.\n');
    expect(give(`${PASSPHRASE}\n`, '--set', `access.folder=${here.path('none')}`)).toMatch(/^There is no folder /);
    const room = await SigningRoom.open(here);
    expect(await room.browser().signIn()).toBe('done');
    writeFileSync(here.path('secrets/passphrase'), 'plain text\n');
    await room.daemon.said(/secrets\/passphrase cannot be used \(it holds no passphrase\)/, SOON_MS);
    expect(await room.browser().signIn()).toBe('no-passphrase');
  });
});

/** A certificate for 127.0.0.1, whose authority it is itself. */
function certificate(here: Stage): { readonly settings: Settings; readonly ca: string } {
  const [key, pem] = [here.path('own.key'), here.path('own.pem')];
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
  const names = ['-subj', '/CN=router', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', [...words, ...names, '-keyout', key, '-out', pem], { stdio: 'ignore' });
  chmodSync(key, 0o600);
  return {
    settings: { 'tls.certificate': pem, 'tls.key': key },
    ca: execFileSync('cat', [pem]).toString(),
  };
}

test('a cookie of TLS is good over TLS alone, and one from before TLS is not', async () => {
  const here = stage();
  setPassphrase(here.path('secrets'));
  const plain = await SigningRoom.open(here);
  const stolen = plain.browser();
  await stolen.signIn();
  expect(stolen.cookie).toMatch(/^connvis-\d+=/);

  const { settings, ca } = certificate(here);
  const room = await SigningRoom.open(here, settings);
  const browser = room.browser({ ca });
  expect(await browser.signIn()).toBe('done');
  expect(browser.given).toMatch(
    /^__Host-connvis-\d+=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/,
  );
  const roleWith = async (cookie: string): Promise<string | undefined> =>
    (await room.watch(browser, { ca, headers: { cookie } })).hello?.role;
  expect(await roleWith(browser.cookie)).toBe('facilitator');
  // under the other's name, and that of another broadcaster without TLS
  const token = browser.cookie.split('=')[1] ?? '';
  expect(await roleWith(`connvis-${room.port}=${token}`)).toBe('participant');
  const taken = `connvis-${room.port}=${stolen.cookie.split('=')[1]}`;
  expect(await roleWith(taken)).toBe('participant');
  expect(await roleWith(`__Host-${taken}`)).toBe('participant');
  // and without TLS there is nothing to be had with it
  expect((await fetchText(room.port, '/', { headers: { cookie: browser.cookie } })).status).toBe(307);
});

describe('in a network', () => {
  const SERVER = '10.77.0.1';
  const ROOM: Settings = { 'access.networks': '10.77.0.0/16' };

  async function network(settings: Settings = {}): Promise<SigningRoom> {
    const here = stage();
    await command('ip', 'address', 'add', '10.77.0.0/16', 'dev', 'lo');
    here.onClose(() => command('ip', 'address', 'delete', '10.77.0.0/16', 'dev', 'lo').then(() => undefined));
    setPassphrase(here.path('secrets'));
    return SigningRoom.open(here, { ...ROOM, ...settings }, SERVER);
  }

  test('nobody signs in without TLS, unless that is allowed', async () => {
    const room = await network();
    const browser = room.browser({ localAddress: '10.77.0.9' });
    const viewer = await room.watch(browser, { localAddress: '10.77.0.9' });
    expect(viewer.hello?.signIn).toBe('no-tls');
    expect(await browser.signIn()).toBe('no-tls');
    expect(await room.metric('sign_ins_total{result="no-tls"}')).toBe(1);
  });

  /** Tries until it is not told to wait any more, as whoever sits there would. */
  async function persist(browser: Browser): Promise<string> {
    for (;;) {
      const { status, body, headers } = await browser.post('sign-in', PASSPHRASE);
      if (status !== 429) return status === 200 ? 'done' : body;
      await sleep(Number(headers['retry-after']) * 1000);
    }
  }

  /** More than may wait for their turn. */
  const AT_ONCE = 150;

  test('a thousand addresses that guess lock nobody out', { timeout: 400_000 }, async () => {
    const room = await network({ 'access.sign_in_without_tls': 'yes' });
    const own = '10.77.200.1';
    const browser = room.browser({ localAddress: own });
    const viewer = await room.watch(browser, { localAddress: own });
    const guessers = Array.from({ length: 1000 }, (_, i) =>
      room.browser({ localAddress: `10.77.${1 + (i >> 7)}.${1 + (i & 127)}` }),
    );
    const results = new Map<string, number>();
    let over = false;
    /** One after another, round and round. */
    const guess = async (at: number): Promise<void> => {
      for (let i = at; i < guessers.length || !over; i += AT_ONCE) {
        const guesser = guessers[i % guessers.length] as Browser;
        const result = await guesser.signIn('a guess of many guesses').catch(String);
        results.set(result, (results.get(result) ?? 0) + 1);
      }
    };
    const flood = Promise.all(Array.from({ length: AT_ONCE }, (_, i) => guess(i)));
    await until('the flood to be felt', 120_000, () => (results.get('busy') ?? 0) > 200);
    const since = performance.now();
    expect(await persist(browser)).toBe('done');
    console.log(`let in after ${(performance.now() - since).toFixed(0)} ms, while others guessed`);
    over = true;
    await flood;
    console.log([...results].join(' '));
    expect([...results.keys()].filter((one) => !['busy', 'slowed', 'wrong'].includes(one))).toEqual([]);
    expect([...results.values()].reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(1000);
    expect(viewer.closed).toBeUndefined();
    // what many cause is not a line each
    expect(room.daemon.output.match(/Signing in was refused/g)?.length).toBeLessThan(500);
  });
});
