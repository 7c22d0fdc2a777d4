// SPDX-License-Identifier: MIT
// Large tables: each part is killed in turn, and the picture is right again soon. CONNVIS_LARGE=1 takes half a million
// entries, and then a million (net.netfilter.nf_conntrack_max has to allow for them); without it there are fewer, so
// that the ordinary run stays short.

import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { asLines, entryOfRow, parseLine, type Entry } from '../harness/conntrack';
import { Line, SHOW_ALL } from '../harness/line';
import { Namespace } from '../harness/namespace';
import { programs } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';
import type { Row, Viewer } from '../harness/viewer';

const LARGE = Boolean(process.env.CONNVIS_LARGE);
const ENTRIES = LARGE ? 500_000 : 100_000;
/** A build with sanitizers takes several times as long for everything. */
const SANITIZED = readFileSync(programs.collector).includes('__asan_init');
const RIGHT_MS = SANITIZED ? 45_000 : 15_000;
const ROUNDS = LARGE ? 3 : 1;
const DEVICES = '192.0.2.0/25,2001:db8:77::/121';
const REMOTES = '198.18.0.0/15,2001:db8:1000::/48';
const MAX = 'net.netfilter.nf_conntrack_max';

async function router(here: Stage, entries: number): Promise<Namespace> {
  const made = await Namespace.make(here);
  await made.track(true);
  // belongs to the first namespace, which this process has left
  const most = Number(await made.run('sysctl', '-n', MAX));
  if (LARGE && most < entries * 1.05) throw new Error(`first: sysctl -w ${MAX}=${entries * 1.05} (it is ${most})`);
  await inject(made, '--count', String(entries));
  return made;
}

const inject = (made: Namespace, ...options: string[]): Promise<string> =>
  made.run(
    ...[programs.inject, '--devices', DEVICES, '--remotes', REMOTES, '--quiet', '--timeout', '3000'],
    ...options,
  );

const kernelCount = async (line: Line): Promise<number> => Number(await line.router.run('conntrack', '-C'));

const countOf = (viewer: Viewer): number =>
  viewer.reader('connections').tables.find(({ name }) => name === 'connections')?.rows.size ?? 0;

/** Every so many of the kernel's entries. */
async function sample(here: Stage, line: Line, every: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const family of ['ipv4', 'ipv6']) {
    const file = here.path(`listing-${family}`);
    await line.router.run('sh', '-c', `conntrack -L -f ${family} -o extended,id > ${file} 2>/dev/null`);
    let n = 0;
    for await (const text of createInterface(createReadStream(file)))
      if (n++ % every === 0) entries.push(parseLine(text));
  }
  return entries;
}

/** The rows with these of the kernel's ids: rows of all would take long. */
function rowsOf(viewer: Viewer, ids: ReadonlySet<number>): Row[] {
  const table = viewer.reader('connections').tables.find(({ name }) => name === 'connections');
  if (!table) return [];
  const at = table.columns.indexOf('kernel_id') + 1;
  return [...table.rows.values()]
    .filter((cells) => ids.has(cells[at] as number))
    .map((cells) => {
      const named = table.columns.map((column, i) => [column, cells[i + 1] ?? null]);
      return { ...Object.fromEntries(named), id: cells[0] } as Row;
    });
}

/** Samples that the viewer does not have as the kernel does. */
async function wrong(here: Stage, line: Line, viewer: Viewer): Promise<string[]> {
  const entries = await sample(here, line, 997);
  expect(entries.length).toBeGreaterThan(50);
  const ids = new Set(entries.map(({ kernel_id: kernel }) => Number(kernel)));
  const has = new Set(asLines(rowsOf(viewer, ids).map(entryOfRow)));
  return asLines(entries).filter((text) => !has.has(text));
}

const isRight = (viewer: Viewer, entries: number): boolean =>
  countOf(viewer) === entries && viewer.site().connections === entries && viewer.site().unlisted === 0;

const megabytes = (line: Line): string =>
  [line.collector, line.broadcaster].map((d) => `${d.title} ${Math.round(d.memory() / 1e6)} MB`).join(', ');

/** What is killed and started again, by its name. */
const PARTS: Readonly<Record<string, { kill(line: Line): Promise<void>; start(line: Line): unknown }>> = {
  Redis: { kill: (line) => line.redis.kill(), start: (line) => line.redis.start() },
  broadcaster: { kill: (line) => line.broadcaster.kill(), start: (line) => line.startBroadcaster() },
  collector: { kill: (line) => line.collector.kill(), start: (line) => line.startCollector() },
};

describe(`${ENTRIES} entries`, () => {
  test('each part is killed in turn, and the picture is right again', { timeout: 600_000 }, async () => {
    const here = stage();
    const made = await router(here, ENTRIES);
    const line = await Line.start(here, { router: made, collector: SHOW_ALL });
    const viewer = await line.viewer({ topics: ['overview', 'connections'], faithful: true });
    let entries = await kernelCount(line);
    expect(entries).toBeGreaterThan(ENTRIES / 2);
    await viewer.until('all entries', 60_000, (v) => isRight(v, entries));

    const took: string[] = [];
    let first = ENTRIES;
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, part] of Object.entries(PARTS)) {
        await part.kill(line);
        // a picture from before is not the right one
        await inject(made, '--first', String(first), '--count', '200');
        first += 200;
        entries = await kernelCount(line);
        const began = performance.now();
        await part.start(line);
        await viewer.until(`all entries after ${name}`, RIGHT_MS * 4, (v) => isRight(v, entries));
        took.push(`${name} ${Math.round(performance.now() - began)} ms`);
        console.log(entries, 'entries, right again after', took.at(-1), megabytes(line));
        await viewer.live(RIGHT_MS);
      }
    }
    expect(await wrong(here, line, viewer)).toEqual([]);
    for (const text of took) expect(Number(/ (\d+) ms/.exec(text)?.[1]), text).toBeLessThan(RIGHT_MS);
  });
});

function million(): void {
  test('the overview is right, and what does not fit is counted', { timeout: 600_000 }, async () => {
    const here = stage();
    const made = await router(here, 1_000_000);
    const line = await Line.start(here, { router: made, collector: SHOW_ALL });
    const viewer = await line.viewer({ topics: ['overview', 'connections'], faithful: true });
    const entries = await kernelCount(line);
    await viewer.until('the newest', 120_000, (v) => {
      const { connections, full_connections: full, unlisted } = v.site();
      return (
        Number(connections) + Number(full) === entries &&
        Number(unlisted) > 0 &&
        countOf(v) + Number(unlisted) === Number(connections)
      );
    });
    const health = JSON.parse((await line.get('/healthz')).body) as { topics: { topic: string; unlisted: number }[] };
    expect(health.topics.find(({ topic }) => topic === 'connections')?.unlisted).toBeGreaterThan(0);
    const { shown, full_connections, full_conversations, full_remotes, full_devices, unlisted } = viewer.site();
    console.log(
      entries,
      'entries;',
      { shown, full_connections, full_conversations, full_remotes, full_devices, unlisted },
      { devices: viewer.rows('devices').length, conversations: viewer.rows('conversations').length },
      { listed: countOf(viewer), outcomes: viewer.outcomes },
      megabytes(line),
    );
  });
}

// one that is not asked for is no skipped one
if (LARGE) describe('1,000,000 entries', million);
