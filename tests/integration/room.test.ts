// SPDX-License-Identifier: MIT
// Whoever leads the room says what it is doing, and all who watch are told the same: at once, when they come later, and
// over restarts of the collector. A new session counts what moves from then on, to the byte.

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { established } from '../harness/conntrack';
import { DEVICE, HOME_NETWORKS, Home, WORLD } from '../harness/home';
import { Leader } from '../harness/leader';
import { Line } from '../harness/line';
import { sharedStage, stage, type Stage } from '../harness/stage';
import { connect, send, visit } from '../harness/visit';
import { sleep, until } from '../harness/wait';
import type { Row, Viewer } from '../harness/viewer';

const SOON_MS = 15_000;
const SEEN_MS = 5000;

const roomOf = (viewer: Viewer): Row => viewer.rows('room')[0] as Row;
const marksOf = (viewer: Viewer): unknown[] => viewer.rows('marks').map(({ text }) => text);
const QUIET = {
  round: null,
  round_since: null,
  round_until: null,
  frozen: null,
  device: null,
  company: null,
  view: null,
  names_locked: false,
  round_number: null,
  round_kind: null,
  question: null,
};

interface Scene {
  readonly line: Line;
  readonly home: Home;
  readonly session: string;
  readonly leader: Leader;
  /** A viewer who comes now. */
  joins(): Promise<Viewer>;
}

async function scene(here: Stage): Promise<Scene> {
  const home = await Home.make(here);
  const state = here.path('state');
  mkdirSync(state);
  const line = await Line.start(here, {
    router: home.router,
    collector: { 'networks.home': HOME_NETWORKS, 'state.folder': state },
  });
  return {
    line,
    home,
    session: join(state, 'session'),
    leader: await Leader.of(line),
    joins: async () => {
      const viewer = await line.viewer({ faithful: true });
      await viewer.until('the room', SOON_MS, (v) => v.rows('room').length === 1);
      return viewer;
    },
  };
}

describe('what the room is doing', { timeout: 90_000 }, () => {
  const here = sharedStage();
  let there: Scene;
  let viewer: Viewer;
  const device = (): number => viewer.rows('devices').find(({ self }) => self !== true)?.id ?? 0;

  beforeAll(async () => {
    there = await scene(here);
    viewer = await there.joins();
    await visit(WORLD.ipv4, 3000);
    await viewer.until('a device', SOON_MS, () => device() > 0);
  }, 90_000);

  /** All say the same of the room, who comes now too. */
  async function allSee(expected: Partial<Row>): Promise<void> {
    await viewer.until('the room to be so', SEEN_MS, (v) => {
      const room = roomOf(v);
      return Object.entries(expected).every(([name, value]) => room[name] === value);
    });
    expect(roomOf(await there.joins())).toEqual(roomOf(viewer));
  }

  test('is nothing at first, and nobody but who leads may say it', async () => {
    expect(roomOf(viewer)).toMatchObject(QUIET);
    const verbs = [
      'round 0 X',
      'play quiet 60 X',
      'time-up',
      'round-end',
      'mark X',
      'freeze',
      'release',
      'spotlight nothing',
      'wall map',
      'clear',
    ];
    for (const words of [...verbs, 'lock-names', 'unlock-names']) {
      await until(`an answer to ${words}`, SOON_MS, async () => {
        const fault = await viewer.refusal(words);
        return fault !== 'too-fast' && (expect(fault, words).toBe('only-watching'), true);
      });
      for (const role of ['participant', 'display', 'guest'])
        expect(await there.leader.ask(words, `${role} ${DEVICE.ipv4}`)).toMatch(/^error only-watching /);
    }
    expect(roomOf(viewer)).toMatchObject(QUIET);
  });

  test('is told to all, and to who comes later', async () => {
    const { leader, line } = there;
    expect(await leader.ask('round 600 The quiet minute')).toBe('ok {}');
    await allSee({ round: 'The quiet minute' });
    const { round_since: since, round_until: end } = roomOf(viewer);
    expect(Number(end) - Number(since)).toBe(600_000);
    expect(await leader.ask('freeze')).toBe('ok {}');
    expect(await leader.ask(`spotlight device ${device()}`)).toBe('ok {}');
    expect(await leader.ask('wall map')).toBe('ok {}');
    expect(await leader.ask('mark Everybody opened a page 📱')).toBe('ok {}');
    await allSee({ device: device(), view: 'map' });
    expect(roomOf(viewer).frozen).toEqual(expect.any(Number));
    await viewer.until('the mark', SEEN_MS, (v) => marksOf(v).length === 1);
    expect(marksOf(await there.joins())).toEqual(['Everybody opened a page 📱']);
    await line.collector.said(
      /The facilitator at 192\.0\.2\.200 began the round "The quiet minute" of 600 s\./,
      SOON_MS,
    );
    await line.collector.said(/The facilitator at 192\.0\.2\.200 let the wall show the view map\./, SOON_MS);
    expect(await leader.ask('spotlight company 4000000000')).toMatch(/^error company-gone /);
    expect(await leader.ask('release')).toBe('ok {}');
    expect(await leader.ask('spotlight nothing')).toBe('ok {}');
    expect(await leader.ask('round-end')).toBe('ok {}');
    expect(await leader.ask('wall turns')).toBe('ok {}');
    await allSee(QUIET as Partial<Row>);
    await until(
      'the collector to tell its counts',
      20_000,
      async () => (await line.metric(/^connvis_collector_commands_total\{site="home",result="done"\}/)) >= 9,
    );
  });

  test('asks a question: each device has one vote, and nothing tells whose it was', async () => {
    const { leader, line } = there;
    const as = (role: string, words: string): Promise<string> => leader.ask(words, `${role} ${DEVICE.ipv4}`);
    expect(await leader.ask('play guess 600 countries:0,5,12 Guess first')).toBe('ok {}');
    await viewer.until('the question', SEEN_MS, (v) => roomOf(v).question === 'countries');
    const { round_number: number, choices } = roomOf(viewer);
    expect(choices).toEqual(['0', '5', '12']);
    for (const role of ['display', 'guest'])
      expect(await as(role, `vote ${number} 1`)).toMatch(/^error only-watching /);
    expect(await as('participant', `vote ${Number(number) + 1} 1`)).toMatch(/^error vote-over /);
    expect(await as('participant', `vote ${number} 4`)).toMatch(/^error not-understood /);
    expect(await as('participant', `vote ${number} 2`)).toBe('ok {}');
    expect(await as('participant', `vote ${number} 3`)).toMatch(/^error vote-twice /);
    await viewer.until('the vote', SEEN_MS, (v) => roomOf(v).votes_second === 1);
    expect(roomOf(await there.joins())).toEqual(roomOf(viewer));
    expect(roomOf(viewer)).toMatchObject({ round_kind: 'guess', votes_first: 0, votes_third: 0 });
    await line.collector.said(/A participant voted\./, SOON_MS);
    expect(await leader.ask('time-up')).toBe('ok {}');
    expect(await as('participant', `vote ${number} 2`)).toMatch(/^error vote-over /);
    await viewer.until(
      'its end',
      SEEN_MS,
      (v) => Number(roomOf(v).round_until) < Number(roomOf(v).round_since) + 600_000,
    );
    expect(await leader.ask('round-end')).toBe('ok {}');
    await allSee(QUIET as Partial<Row>);
    expect(roomOf(viewer)).toMatchObject({ choices: [], votes_second: 0 });
  });

  test('asks fifty devices, each of which has its vote', async () => {
    const { leader, home } = there;
    const addresses = Array.from({ length: 50 }, (_, i) => `192.168.77.${100 + i}`);
    for (const address of addresses) await home.router.run('conntrack', ...established(address, WORLD.ipv4, 30_000));
    await viewer.until('the devices', SOON_MS, (v) => v.rows('devices').length > addresses.length);
    expect(await leader.ask('play guess 600 countries:0,5,12 Guess first')).toBe('ok {}');
    await viewer.until('the question', SEEN_MS, (v) => roomOf(v).question === 'countries');
    const number = Number(roomOf(viewer).round_number);
    const vote = (address: string, i: number): Promise<string> =>
      leader.ask(`vote ${number} ${1 + (i % 3)}`, `participant ${address}`);
    expect(new Set(await Promise.all(addresses.map(vote)))).toEqual(new Set(['ok {}']));
    expect((await Promise.all(addresses.map(vote))).every((said) => said.startsWith('error vote-twice '))).toBe(true);
    await viewer.until('the votes', SEEN_MS, (v) => Number(roomOf(v).votes_third) === 16);
    expect(roomOf(viewer)).toMatchObject({ votes_first: 17, votes_second: 17, votes_third: 16 });
    expect(await leader.ask('round-end')).toBe('ok {}');
  });

  test('is the same for all when two lead at once', async () => {
    const { line, leader } = there;
    const other = await Leader.of(line);
    const both = await Promise.all([
      leader.ask('round 60 Mine'),
      other.ask('round 90 Theirs', 'facilitator 192.0.2.201'),
      leader.ask('freeze'),
      other.ask('freeze', 'facilitator 192.0.2.201'),
    ]);
    expect(both).toEqual(['ok {}', 'ok {}', 'ok {}', 'ok {}']);
    await viewer.until('both', SEEN_MS, (v) => roomOf(v).round !== null && roomOf(v).frozen !== null);
    const { frozen } = roomOf(viewer);
    expect(['Mine', 'Theirs']).toContain(roomOf(viewer).round);
    expect(await other.ask('freeze')).toBe('ok {}');
    await viewer.live(SOON_MS);
    expect(roomOf(viewer).frozen).toBe(frozen);
    expect(roomOf(await there.joins())).toEqual(roomOf(viewer));
  });

  test('locks names, but not for who leads', async () => {
    const { leader } = there;
    const participant = `participant ${DEVICE.ipv4}`;
    const alias = (): unknown => viewer.rows('devices').find(({ id }) => id === device())?.alias;
    expect(await leader.ask(`name ${device()} Anna`, participant)).toMatch(/^ok /);
    expect(await leader.ask('lock-names')).toBe('ok {}');
    expect(await leader.ask(`name ${device()} Bob`, participant)).toBe(
      'error names-locked Names are locked for now: whoever leads here can unlock them.',
    );
    await allSee({ names_locked: true });
    expect(alias()).toBe('Anna');
    // a name taken back
    expect(await leader.ask(`name ${device()}`)).toMatch(/^ok /);
    await viewer.until('its own name', SEEN_MS, () => alias() !== 'Anna');
    expect(await leader.ask('unlock-names')).toBe('ok {}');
    expect(await leader.ask(`name ${device()} Bob`, participant)).toMatch(/^ok /);
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('goes on over a restart (%s)', async (signal) => {
    const { leader, line, session } = there;
    await leader.ask('clear');
    await leader.ask('round 3600 Over a restart');
    await leader.ask('freeze');
    await leader.ask(`spotlight device ${device()}`);
    await leader.ask('wall domains');
    await leader.ask(`mark Before ${signal}`);
    // at once, and not when its minute has come
    await until('it to be saved', SOON_MS, () => readFileSync(session, 'utf8').includes(`Before ${signal}\n`));
    await viewer.until('the mark', SEEN_MS, (v) => marksOf(v).length === 1);
    const alias = viewer.rows('devices').find(({ id }) => id === device())?.alias;
    const before = roomOf(viewer);
    const epoch = viewer.reader().epoch?.random;
    line.collector.excused = true;
    line.collector.signal(signal);
    await line.collector.ended(SOON_MS);
    line.startCollector();
    await line.healthy();
    await viewer.until(
      'the new one',
      SOON_MS,
      (v) => v.reader().epoch?.random !== epoch && v.rows('room').length === 1,
    );
    expect(roomOf(viewer)).toMatchObject({ round: 'Over a restart', view: 'domains', names_locked: false });
    expect(marksOf(viewer)).toEqual([`Before ${signal}`]);
    const { round_since: since, round_until: end, frozen } = roomOf(viewer);
    expect(Number(end) - Number(since)).toBe(3_600_000);
    // the same moments on another clock
    expect(Number(frozen) - Number(since)).toBeCloseTo(Number(before.frozen) - Number(before.round_since), -2);
    expect(Number(since)).toBeLessThan(0);
    expect(viewer.rows('devices').find(({ id }) => id === roomOf(viewer).device)?.alias).toBe(alias);
  });
});

const moved = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + Number(row.up_bytes) + Number(row.down_bytes), 0);
const total = (viewer: Viewer): number => moved(viewer.rows('devices'));
const parts = (viewer: Viewer): number => moved([...viewer.rows('conversations'), ...viewer.rows('sums')]);

test(
  'a new session counts what moves from then on, for who was there and who comes later',
  { timeout: 120_000 },
  async () => {
    const here = stage();
    const { home, leader, joins, session, line } = await scene(here);
    const viewer = await joins();
    const socket = await connect(WORLD.ipv4);
    here.onClose(() => void socket.destroy());
    const alive = async (): Promise<number> => {
      const listed = await home.router.run('conntrack', '-L', '-f', 'ipv4', '-s', DEVICE.ipv4, '-p', 'tcp');
      return [...listed.matchAll(/bytes=(\d+)/g)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
    };
    await send(socket, 100_000);
    await visit(WORLD.ipv6, 7000);
    await home.router.run('conntrack', '-D', '-f', 'ipv6', '-p', 'tcp');
    await viewer.until('all of it', SOON_MS, (v) => total(v) > 214_000 && v.rows('conversations').length === 2);
    await leader.ask('mark Gone');
    await leader.ask('lock-names');
    await sleep(1500);
    const [before, began] = [await alive(), Number(viewer.site().session)];
    const epoch = viewer.reader().epoch?.random;

    expect(await leader.ask('clear')).toBe('ok {}');
    await viewer.until('the new session', SEEN_MS, (v) => Number(v.site().session) > began);
    expect(total(viewer)).toBe(0);
    expect(viewer.rows('conversations')).toMatchObject([{ open: 1, total: 1, up_bytes: 0, down_bytes: 0 }]);
    expect(viewer.rows('conversations')[0]?.seen).toBe(viewer.site().session);
    for (const table of ['sums', 'lookups', 'marks']) expect(viewer.rows(table)).toEqual([]);
    expect(viewer.reader().epoch?.random).toBe(epoch);
    expect(roomOf(viewer)).toMatchObject({ ...QUIET, names_locked: true });

    await send(socket, 50_000);
    await visit(WORLD.ipv6, 3000);
    await viewer.until('what moved since', SOON_MS, (v) => total(v) > 106_000 && v.rows('conversations').length === 2);
    await sleep(1500);
    const four = (v: Viewer): number => total(v) - moved(v.rows('conversations').filter(({ open }) => open === 0));
    expect(four(viewer)).toBe((await alive()) - before);
    expect(parts(viewer)).toBe(total(viewer));
    expect(total(await joins())).toBe(total(viewer));

    // nor does a crash bring the old one back
    const now = total(viewer);
    await leader.ask('mark Saved');
    await until('it to be saved', SOON_MS, () => readFileSync(session, 'utf8').includes('Saved\n'));
    line.collector.excused = true;
    line.collector.signal('SIGKILL');
    await line.collector.ended(SOON_MS);
    line.startCollector();
    await line.healthy();
    await viewer.until('the new one', SOON_MS, (v) => v.reader().epoch?.random !== epoch && total(v) >= now);
    await sleep(1500);
    expect(total(viewer)).toBe(now);
    expect(Number(viewer.site().session)).toBeLessThan(0);
  },
);
