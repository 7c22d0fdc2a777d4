// SPDX-License-Identifier: MIT
// What viewers may have done: each command, by whoever has shown each thing in each place, to their own device and to another
// one, is done exactly where the table of PROTOCOL.md, "Commands", says so; and a collector believes no broadcaster that it is.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { established } from '../harness/conntrack';
import { AT_HOME, Entrance, HOME_NETWORK, places, SHOWN, type Place } from '../harness/entrance';
import { deviceAt } from '../harness/feed';
import { Leader } from '../harness/leader';
import type { Line } from '../harness/line';
import { root } from '../harness/paths';
import { protocolTable, type TableRow } from '../harness/protocol';
import { sharedStage } from '../harness/stage';
import { sleep, until } from '../harness/wait';
import type { Row, Viewer } from '../harness/viewer';

const SOON_MS = 20_000;
/** A device may ask for 20 things in ten seconds, and is asked for more of them. */
const WALK_MS = 600_000;
const PAUSE_MS = 500;
const PATIENCE_MS = 60_000;
const OTHER = '192.168.92.6';
const REMOTE = '198.51.100.7';

const WHO = protocolTable('Who one is');
const COMMANDS = protocolTable('Commands');
const schema = JSON.parse(readFileSync(join(root, 'common/schema/commands.json'), 'utf8')) as {
  readonly roles: readonly string[];
  readonly commands: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

const stage = sharedStage();
let line: Line;
let entrance: Entrance;
let leader: Leader;
/** Who leads, from elsewhere. */
let watcher: Viewer;
let n = 0;

const describe = (): string => watcher.describe();
const deviceId = (address: string): Promise<number> =>
  until(`the device at ${address}`, SOON_MS, () => deviceAt(watcher, address)?.id, describe);

async function connect(address: string): Promise<void> {
  n += 1;
  await line.router.run('conntrack', ...established(address, REMOTE, 20_000 + n));
}

beforeAll(async () => {
  const collector = { 'networks.home': HOME_NETWORK, 'dns.journal': 'no' };
  line = await Entrance.line(stage, { collector }, [OTHER]);
  entrance = await Entrance.open(stage, line);
  await entrance.invite();
  leader = await Leader.of(line);
  watcher = await entrance.watch('the passphrase', 'elsewhere');
  for (const address of [AT_HOME, OTHER]) await connect(address);
  for (const address of [AT_HOME, OTHER]) await deviceId(address);
}, 120_000);

/** The device at the address, and how it is called in a command. */
interface Target {
  readonly address: string;
  readonly words: string;
}

/** Has it seen as it is again. Without a connection it is forgotten, for its router knows no MAC of it. */
async function restore({ address }: Target): Promise<void> {
  await connect(address);
  const answer = await until(`${address} to be shown`, SOON_MS, async () => {
    const said = await leader.ask(`show ${address}`);
    return said.startsWith('ok ') && (JSON.parse(said.slice(3)) as { device: number }).device;
  });
  await until(`the device at ${address}`, SOON_MS, () => deviceAt(watcher, address)?.id === answer, describe);
}

async function conversation({ address }: Target): Promise<string> {
  const device = await deviceId(address);
  const open = (): Row | undefined =>
    watcher.rows('conversations').find((row) => row.device === device && Number(row.open) > 0);
  return String((await until(`a conversation of ${address}`, SOON_MS, open, describe)).id);
}

/** A round that asks, which is new. */
async function question(): Promise<string> {
  const room = (): Row | undefined => watcher.rows('room')[0];
  const before = room()?.round_number;
  expect(await leader.ask('play guess 600 countries:0,5,12,20 A question')).toBe('ok {}');
  const asked = (): unknown => room()?.round_kind === 'guess' && room()?.round_number !== before;
  await until('the question', SOON_MS, asked);
  return `${Number(room()?.round_number)} 1`;
}

/** What stands behind each verb. */
const ARGUMENTS: Readonly<Record<string, (target: Target) => string | Promise<string>>> = {
  me: () => '',
  asked: () => '',
  name: ({ words }) => `${words} Walker ${(n += 1)}`,
  hide: ({ words }) => words,
  'leave-out': ({ words }) => words,
  show: ({ words }) => words,
  end: conversation,
  'end-all': ({ words }) => words,
  flush: () => '',
  round: () => '0 Walk',
  play: () => 'quiet 60 Walk',
  'time-up': () => '',
  vote: question,
  'round-end': () => '',
  mark: () => 'Walk',
  freeze: () => '',
  release: () => '',
  spotlight: () => 'nothing',
  wall: () => 'map',
  clear: () => '',
  'lock-names': () => '',
  'unlock-names': () => '',
};
const CHANGES_ROWS = ['hide', 'leave-out', 'show'];

const ask = async (verb: string, target: Target): Promise<string> =>
  `${verb} ${(await ARGUMENTS[verb]?.(target)) ?? ''}`.trimEnd();

const ofDevice = (row: TableRow): boolean => /DEVICE|CONVERSATION/.test(row['arguments'] ?? '');

/** Whether a viewer there holds the device at home: this host has that address, too. */
const holds = (place: Place): boolean => place !== 'elsewhere';

/** What the table says: "done", or with what it is refused. other: it is of another device than one's own. */
function expected(row: TableRow, role: string, place: Place, other: boolean): string {
  const may = row[role];
  if (may === 'any') return 'done';
  if (may !== 'own') return 'only-watching';
  if (!holds(place)) return 'no-device';
  return other ? 'other-device' : 'done';
}

test('the table names every command, as it is written for both daemons', () => {
  const verbs = COMMANDS.map((row) => row['verb']);
  expect(verbs).toEqual(Object.keys(schema.commands));
  expect(Object.keys(ARGUMENTS)).toEqual(verbs);
  for (const row of COMMANDS) {
    const written = schema.commands[row['verb'] ?? ''];
    for (const cell of [...schema.roles, 'arguments'])
      expect(row[cell], `${row['verb']} ${cell}`).toBe(written?.[cell]);
    expect(row['what it does']?.replaceAll('`', '')).toBe(String(written?.['does']).replaceAll('`', ''));
  }
});

/** Asks until it is not for having asked too much, nor because the machine has no time. words: made anew each time. */
async function answer(viewer: Viewer, words: () => Promise<string>): Promise<string> {
  return until('an answer', PATIENCE_MS, async () => {
    const fault = await viewer.refusal(await words());
    if (fault !== 'too-fast' && fault !== 'no-answer') return fault;
    await sleep(PAUSE_MS);
    return undefined;
  });
}

/** One asks for all, and what was not as the table says. */
async function walk(viewer: Viewer, role: string, place: Place): Promise<string[]> {
  const wrong: string[] = [];
  for (const row of COMMANDS)
    for (const other of ofDevice(row) ? [false, true] : [false]) {
      const verb = row['verb'] ?? '';
      // elsewhere one holds none, and may do all to any
      if (ofDevice(row) && !other && row[role] === 'any' && !holds(place)) continue;
      const address = other || !holds(place) ? OTHER : AT_HOME;
      await connect(address);
      const target = { address, words: other ? String(await deviceId(OTHER)) : 'me' };
      const words = (): Promise<string> => ask(verb, target);
      const [got, wanted] = [await answer(viewer, words), expected(row, role, place, other)];
      if (got !== wanted) wrong.push(`${verb} ${other ? 'of another' : ''} is "${got}", not "${wanted}"`);
      if (got === 'done' && CHANGES_ROWS.includes(verb)) await restore(target);
    }
  return wrong;
}

const viewers = SHOWN.flatMap((shown) =>
  places.flatMap((place) => {
    const role = WHO.find((row) => row['shown'] === shown)?.[place] ?? '';
    return role === 'nobody' ? [] : [[role, shown, place] as const];
  }),
);

test.each(viewers)('a %s by %s, %s, does what the table says', { timeout: WALK_MS }, async (role, shown, place) => {
  const viewer = await entrance.watch(shown, place);
  expect(await walk(viewer, role, place)).toEqual([]);
  viewer.close();
});

test('a collector asks the table again', async () => {
  await connect(OTHER);
  for (const row of COMMANDS)
    for (const role of schema.roles.filter((one) => row[one] === 'no')) {
      const verb = row['verb'] ?? '';
      const words = await ask(verb, { address: OTHER, words: 'me' });
      expect(await leader.ask(words, `${role} ${AT_HOME}`), `${role}: ${words}`).toMatch(/^error only-watching /);
    }
});
