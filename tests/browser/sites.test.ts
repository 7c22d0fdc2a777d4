// SPDX-License-Identifier: MIT
// Two sites, each with a collector of its own, on one Redis, and two broadcasters behind a proxy: one page shows each site, or
// both together, and goes on whatever dies.

import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { established } from '../harness/conntrack';
import { Line } from '../harness/line';
import { Redis } from '../harness/redis';
import { sharedStage } from '../harness/stage';
import { until } from '../harness/wait';
import { openBrowser, Watcher } from './watcher';

const stage = sharedStage();
const SITES = ['home', 'school'];
/** What dies is there again, and what is shown is right, within so long. Milliseconds; what is asked for is 15 s. */
const RIGHT_AGAIN = 15_000;

/** Leads to the first of these ports that answers, as a proxy in front of several broadcasters does. */
async function proxyTo(ports: readonly number[]): Promise<number> {
  const open = new Set<Socket>();
  const lead = (client: Socket, at = 0): void => {
    const port = ports[at];
    if (port === undefined) {
      client.destroy();
      return;
    }
    const upstream = connect(port, '127.0.0.1');
    const next = (): void => lead(client, at + 1);
    upstream.once('error', next);
    upstream.once('connect', () => {
      // from now on what was asked may have been taken here: it is not asked anew elsewhere
      upstream.off('error', next).on('error', () => undefined);
      client.pipe(upstream).pipe(client);
      client.once('close', () => upstream.destroy());
      upstream.once('close', () => client.destroy());
    });
  };
  const server = createServer((client) => {
    open.add(client);
    client.on('error', () => undefined);
    client.once('close', () => open.delete(client));
    lead(client);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  stage.onClose(() => {
    open.forEach((one) => one.destroy());
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const redis = new Redis(stage);
/** One for each site: its collector, and one of the broadcasters, which both show both. */
const lines: Line[] = [];
let browser: Browser;
let url = '';

/** An entry of the site's kernel, from a device of this address to one of these remotes. */
const talk = ({ router }: Line, device: string, remote: string): Promise<string> =>
  router.run('conntrack', ...established(device, remote, 40_000));

beforeAll(async () => {
  await redis.start();
  for (const [i, name] of SITES.entries()) {
    const line = await Line.prepare(stage, {
      redis,
      collector: { 'site.name': name },
      broadcaster: { 'feed.sites': SITES.join(', ') },
    });
    line.startCollector();
    lines.push(line);
    // the same address is another device at each
    await talk(line, '192.0.2.5', `198.51.100.${i + 1}`);
  }
  await talk(lines[1] as Line, '192.0.2.6', '198.51.100.9');
  for (const line of lines) {
    await line.startBroadcaster();
    await line.healthy(15_000);
  }
  url = `http://127.0.0.1:${await proxyTo(lines.map(({ port }) => port))}/`;
  browser = await openBrowser(stage);
}, 60_000);

async function open(part: string): Promise<Watcher> {
  const seen = await Watcher.open(browser);
  await seen.open(`${url}#view=devices&${part}`);
  return seen;
}

/** The devices that have a card, by their names. */
const cards = async (seen: Watcher): Promise<string[]> =>
  (await seen.page.locator('section.devices h2').allInnerTexts()).sort();

const status = (seen: Watcher): Promise<string> => seen.page.locator('.status').first().innerText();

describe('several sites', () => {
  it('are shown one at a time, by their names, or all together', async () => {
    const seen = await open('');
    await expect.poll(() => cards(seen)).toHaveLength(1);
    const pick = seen.page.getByLabel('Which network');
    expect(await pick.locator('option').allInnerTexts()).toEqual([
      'Network “home”',
      'Network “school”',
      'All networks together',
    ]);
    const [home] = await cards(seen);
    await pick.selectOption('school');
    await expect.poll(() => cards(seen), { timeout: 30_000 }).toHaveLength(2);
    expect(seen.page.url()).toContain('site=school');
    const school = await cards(seen);
    await seen.page.getByLabel('Which network').selectOption('All networks together');
    const all = [`${home ?? ''} (home)`, ...school.map((name) => `${name} (school)`)].sort();
    await expect.poll(() => cards(seen), { timeout: 30_000 }).toEqual(all);
    expect(seen.complaints).toEqual([]);
    await seen.page.context().close();
  });

  it('are named where one is asked for that is not there', async () => {
    const seen = await open('site=office');
    await expect.poll(() => seen.page.locator('.sites').innerText()).toContain('There is no network “office” here.');
    await expect.poll(() => cards(seen)).toHaveLength(1);
    await seen.page.context().close();
  });

  it('are right again by themselves when each part is killed in turn', async () => {
    const seen = await open('site=*');
    await expect.poll(() => cards(seen)).toHaveLength(3);
    const right = async (what: string, names: number): Promise<number> => {
      const began = performance.now();
      await until(`all to be right after ${what}`, RIGHT_AGAIN, async () => {
        return (await cards(seen)).length === names && (await status(seen)).startsWith('Live');
      });
      return Math.round(performance.now() - began);
    };
    const took: Record<string, number> = {};
    const [home, school] = lines as [Line, Line];

    await school.collector.kill();
    await expect
      .poll(() => seen.page.locator('.sites').innerText(), { timeout: 30_000 })
      .toContain('Nothing is heard from school');
    // the other goes on meanwhile
    await talk(home, '192.0.2.7', '198.51.100.3');
    await expect.poll(() => cards(seen), { timeout: 30_000 }).toHaveLength(4);
    school.startCollector();
    took.collector = await right('a collector was killed', 4);
    await expect.poll(() => seen.page.locator('.sites').innerText()).not.toContain('Nothing');

    await home.broadcaster.kill();
    await talk(school, '192.0.2.8', '198.51.100.4');
    took.broadcaster = await right('the broadcaster was killed: the other takes over', 5);
    await school.broadcaster.kill();
    [took.other] = await Promise.all([
      right('the other was killed, and the first is back', 5),
      home.startBroadcaster(),
    ]);

    await redis.kill();
    await talk(home, '192.0.2.9', '198.51.100.5');
    await redis.start();
    took.redis = await right('Redis was killed', 6);
    console.log(`right again, in milliseconds: ${JSON.stringify(took)}`);
    await seen.page.context().close();
  }, 120_000);
});
