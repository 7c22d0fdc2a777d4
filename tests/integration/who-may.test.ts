// SPDX-License-Identifier: MIT
// Who may ask for what: each request, from each place, with each cookie and Origin, by TLS and without it, is answered exactly
// where the tables of PROTOCOL.md, "Who may do what", say so. What viewers may have done: who-may-act.test.ts.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Entrance, PLACES, places, SHOWN, type Asking, type Place, type Shown } from '../harness/entrance';
import type { Line, Settings } from '../harness/line';
import { root } from '../harness/paths';
import { protocolTable, type TableRow } from '../harness/protocol';
import { sharedStage } from '../harness/stage';
import { until } from '../harness/wait';

const SOON_MS = 20_000;
/** Some two thousand requests, half of them by TLS, on a machine that has much else to do. */
const WALK_MS = 600_000;

const WHO = protocolTable('Who one is');
const REQUESTS = protocolTable('Who may ask for what');
const TOPICS = protocolTable('Who may watch what');

const stage = sharedStage();
let line: Line;
let plain: Entrance;
let tls: Entrance;

beforeAll(async () => {
  line = await Entrance.line(stage);
  plain = await Entrance.open(stage, line);
  tls = await Entrance.open(stage, line, {}, true);
}, 120_000);

/** What one is who has shown this there. */
function roleOf(shown: Shown, place: Place): string {
  const row = WHO.find((one) => one['shown'] === shown);
  return row?.[place] ?? 'not told';
}

const ROLES = ['nobody', 'participant', 'facilitator', 'display', 'guest'] as const;
const WAYS = ['by TLS', 'beside TLS', 'without TLS'] as const;

/** Every way to ask for something. links: there is any. */
function* askings(links: boolean): Generator<Asking> {
  for (const way of WAYS)
    for (const place of places)
      for (const shown of links ? SHOWN : (['nothing'] as const)) {
        const of = way === 'without TLS' ? plain : tls;
        const own = of.origin({ place, way });
        const origins = [
          own,
          undefined,
          'null',
          'https://evil.example',
          own.replace(/\d+$/, (port) => String(Number(port) + 1)),
        ];
        // that of the page before it had TLS; without, a proxy may have it
        if (way === 'by TLS') origins.push(own.replace('https', 'http'));
        for (const origin of origins) yield { place, shown, way, origin };
      }
}

/** Whether the table allows it. */
function isAllowed(row: TableRow, { place, shown, way, origin }: Asking, links: boolean): boolean {
  const here = (cell: string | undefined): boolean => cell === 'yes' || (cell === 'link' && links) || cell === place;
  const of = way === 'without TLS' ? plain : tls;
  // a cookie of TLS is nothing without it
  const role = roleOf(way === 'beside TLS' ? 'nothing' : shown, place);
  return (
    here(row[role]) &&
    (row['Origin'] === 'any' || origin === of.origin({ place, way })) &&
    (way === 'by TLS' || here(row[way]))
  );
}

/** Who signs in or out with it loses the cookie. */
const USES_UP = ['POST /api/v1/sign-in', 'POST /api/v1/sign-out'];

/** Tries all; those that were answered or refused against the table. */
async function walk(links: boolean): Promise<string[]> {
  const wrong: string[] = [];
  let n = 0;
  for (const asking of askings(links))
    for (const row of REQUESTS) {
      const request = row['request'] ?? '';
      const of = asking.way === 'without TLS' ? plain : tls;
      const wanted = isAllowed(row, asking, links);
      const usesUp = wanted && USES_UP.includes(request) && asking.shown === 'the passphrase';
      const cookie = usesUp ? (await of.lead()).cookie : undefined;
      const { status, headers } = await of.ask(request, asking, cookie);
      // without a page there is none to join, and without a link none is known
      const none = status === 404 && /\/(join|link$)/.test(request);
      const done = status === 200 || status === 101 || none;
      const refused = (status === 403 || status === 307) && headers['set-cookie'] === undefined;
      if ((wanted ? !done : !refused) || headers['access-control-allow-origin'] !== undefined)
        wrong.push(`${request} was answered with ${status}: ${JSON.stringify(asking)}`);
      n += 1;
    }
  console.log(`${n} requests`);
  return wrong;
}

describe('the tables name', () => {
  test('every request that there is', () => {
    const folder = join(root, 'broadcaster/http');
    const written = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/"(\/[a-z][^"\s%]*)"/g)].map(([, path]) => path),
    );
    const ofPage = /\.html$|^\/assets\//;
    const paths = [...new Set(written)].filter((path) => !ofPage.test(path ?? ''));
    const named = REQUESTS.map((row) => row['request']?.split(' ')[1]).filter((path) => path !== '/');
    expect(paths.sort()).toEqual(named.sort());
  });

  test('every role, place and topic', () => {
    expect(WHO.map((row) => row['shown'])).toEqual(SHOWN);
    expect(Object.keys(WHO[0] ?? {}).slice(1)).toEqual(places);
    expect(Object.keys(REQUESTS[0] ?? {}).slice(1, -3)).toEqual(ROLES);
    const { topics } = JSON.parse(readFileSync(join(root, 'common/schema/feed.json'), 'utf8')) as {
      topics: Readonly<Record<string, unknown>>;
    };
    expect(TOPICS.map((row) => row['topic'])).toEqual([...Object.keys(topics), 'any other']);
  });
});

test('while there is no link, nobody elsewhere gets anything', { timeout: WALK_MS }, async () => {
  expect(await walk(false)).toEqual([]);
});

describe('with links, and somebody who leads', () => {
  beforeAll(async () => {
    await plain.invite();
    await tls.invite();
  }, 120_000);

  test('each request is answered where the table says so', { timeout: WALK_MS }, async () => {
    expect(await walk(true)).toEqual([]);
    // nothing of all that took the cookies away
    for (const of of [plain, tls]) {
      const leader = await of.watch('the passphrase', 'elsewhere');
      await until('the hello', SOON_MS, () => leader.hello);
      expect(leader.hello?.role).toBe('facilitator');
    }
  });

  test('what is not named is not there', async () => {
    for (const shown of SHOWN)
      for (const place of places) {
        const asking = {
          shown,
          place,
          way: 'without TLS',
          origin: plain.origin({ place, way: 'without TLS' }),
        } as const;
        const nobody = roleOf(shown, place) === 'nobody';
        const status = async (request: string): Promise<number> => (await plain.ask(request, asking)).status;
        expect(await status('GET /api/v1/links')).toBe(nobody ? 403 : 404);
        expect(await status('HEAD /')).toBe(nobody ? 403 : 200);
        for (const request of ['POST /', 'POST /api/v1/state', 'PUT /api/v1/links', 'DELETE /', 'OPTIONS /'])
          expect(await status(request), request).toBe(405);
      }
  });

  test('one is who the table says', async () => {
    for (const of of [plain, tls])
      for (const shown of SHOWN)
        for (const place of places) {
          const role = roleOf(shown, place);
          if (role === 'nobody') {
            await expect(of.watch(shown, place)).rejects.toThrow('403');
            continue;
          }
          const viewer = await of.watch(shown, place);
          await until('the hello', SOON_MS, () => viewer.hello);
          expect(viewer.hello?.role).toBe(role);
          if (place !== 'this host') expect(viewer.hello?.address).toBe(PLACES[place].localAddress);
          viewer.close();
        }
  });
});

describe('topics', () => {
  const OTHER = 'unheard-of';
  const named = TOPICS.map((row) => row['topic'] ?? '').filter((topic) => topic !== 'any other');
  const asked = [...named, OTHER];

  const may = (topic: string, role: string, column: string): boolean => {
    const row = TOPICS.find((one) => one['topic'] === (topic === OTHER ? 'any other' : topic));
    const roles = row?.[column] ?? '';
    return roles === 'everybody' || roles.split(', ').includes(role);
  };

  /** The topics that come over a WebSocket; no frames, but that there will be some, of what no collector sends. */
  async function watched(of: Entrance, shown: Shown, place: Place): Promise<string[]> {
    const viewer = await of.watch(shown, place, { topics: asked });
    const refused = new Set<unknown>();
    viewer.socket.on('message', (data: Buffer, binary: boolean) => {
      if (!binary) refused.add((JSON.parse(data.toString()) as { refused?: unknown }).refused);
    });
    const comes = (topic: string): boolean => viewer.waiting.has(topic) || viewer.reader(topic).whole;
    await until('an answer to each', SOON_MS, () => asked.every((topic) => comes(topic) || refused.has(topic)));
    const got = asked.filter((topic) => !refused.has(topic));
    expect(viewer.hello?.topics).toEqual(got);
    expect(viewer.hello?.refused).toEqual(asked.filter((topic) => refused.has(topic)));
    viewer.close();
    return got;
  }

  /** Everybody gets those that they may, by each of the three ways. */
  async function everybodyGets(of: Entrance, allowed: (topic: string, role: string) => boolean): Promise<void> {
    await of.invite();
    for (const shown of SHOWN)
      for (const place of places) {
        const role = roleOf(shown, place);
        if (role === 'nobody') continue;
        const expected = asked.filter((topic) => allowed(topic, role));
        const asking = { shown, place, way: 'without TLS', origin: undefined } as const;
        expect(await watched(of, shown, place), `${role} ${place}`).toEqual(expected);
        for (const topic of named) {
          const { status } = await of.ask(`GET /api/v1/state?topic=${topic}`, asking);
          expect(status, `${role} ${place} ${topic}`).toBe(expected.includes(topic) ? 200 : 403);
        }
        const { body } = await of.ask('GET /metrics', asking);
        // how it does is for whoever runs the host
        expect(
          asked.filter((topic) => body.includes(`topic="${topic}"`)),
          `${role} ${place}`,
        ).toEqual(place === 'this host' ? asked : expected);
      }
  }

  const open = (settings: Settings): Promise<Entrance> =>
    Entrance.open(stage, line, { 'feed.topics': asked.join(', '), ...settings });

  test.each(['home', 'room'])('of a %s are for those that the table says', { timeout: WALK_MS }, async (privacy) => {
    await everybodyGets(await open({ 'room.privacy': privacy }), (topic, role) => may(topic, role, privacy));
  });

  const optionsOf = (row: (typeof TOPICS)[number]): readonly string[] =>
    (row['another choice'] ?? '').split(', else ').filter((option) => option !== '');
  const choices = [...new Set(TOPICS.flatMap(optionsOf))];
  test.each(choices)('%s names who else may', { timeout: WALK_MS }, async (option) => {
    const of = TOPICS.filter((row) => optionsOf(row).includes(option)).map((row) => row['topic']);
    for (const roles of ['nobody', 'display', 'participant, guest'])
      await everybodyGets(await open({ 'room.privacy': 'room', [option]: roles }), (topic, role) =>
        of.includes(topic) ? roles.split(', ').includes(role) : may(topic, role, 'room'),
      );
  });
});
