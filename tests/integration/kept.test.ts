// SPDX-License-Identifier: MIT
// The two commands of README.Debian that take connvis's files from one machine to another.

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HOME_NETWORKS, Home, WORLD } from '../harness/home';
import { Line } from '../harness/line';
import { command } from '../harness/namespace';
import { root } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';
import type { Row, Viewer } from '../harness/viewer';
import { visit } from '../harness/visit';
import { sleep } from '../harness/wait';

const ARRIVES_MS = 10_000;
const CONFIGURATION = '[site]\nname = attic\n';
/** Not what the collector would call it by itself. */
const NAME = 'Backed Up';

const readme = readFileSync(join(root, 'deploy/debian/connvis-broadcaster.README.Debian'), 'utf8');
const [take = '', putBack = ''] = [...readme.matchAll(/^ +(tar .*)$/gm)].map(([, line]) => line);

const total = (viewer: Viewer): number =>
  viewer.rows('devices').reduce((sum, row) => sum + Number(row.up_bytes) + Number(row.down_bytes), 0);
const device = (viewer: Viewer): Row | undefined => viewer.rows('devices').find(({ self }) => self !== true);

class Machine {
  readonly folder: string;
  readonly state: string;
  readonly configuration: string;

  constructor(here: Stage, name: string) {
    this.folder = here.path(name);
    this.state = join(this.folder, 'var/lib/connvis');
    this.configuration = join(this.folder, 'etc/connvis/connvis.conf');
    mkdirSync(this.state, { recursive: true });
  }

  /** One of the commands, in the stage's folder, with this machine's folder for the root. */
  async run(here: Stage, line: string): Promise<void> {
    const own = line.replace(/ -C \/(?= |$)/, ` -C ${this.folder}`);
    expect(own).not.toBe(line);
    // 1: a file changed while tar read it, which the collector may do at any time
    await command('sh', '-c', `cd ${here.folder} && ${own} || test $? = 1`);
  }
}

const epoch = (viewer: Viewer): number | undefined => viewer.readers.get('overview')?.epoch?.random;

/** after: of an earlier collector, whose frames the broadcaster has still. */
async function start(line: Line, machine: Machine, after?: number): Promise<Viewer> {
  line.startCollector({ 'state.folder': machine.state });
  await line.healthy();
  const viewer = await line.viewer();
  await viewer.until('the state', ARRIVES_MS, (v) => v.rows('site').length === 1 && epoch(v) !== after);
  return viewer;
}

/** A machine with a device that has a name and has moved something: all that is saved. */
async function lived(here: Stage): Promise<{ line: Line; old: Machine; first: number | undefined; before: number }> {
  const home = await Home.make(here);
  const old = new Machine(here, 'old');
  mkdirSync(join(old.folder, 'etc/connvis'), { recursive: true });
  writeFileSync(old.configuration, CONFIGURATION);
  const line = await Line.prepare(here, { router: home.router, collector: { 'networks.home': HOME_NETWORKS } });
  await line.redis.start();
  await line.startBroadcaster();
  const viewer = await start(line, old);
  await visit(WORLD.ipv4, 30_000);
  await viewer.until('the visit', ARRIVES_MS, (v) => total(v) > 60_000);
  await sleep(1500);
  const before = total(viewer);
  const first = epoch(viewer);
  await line.collector.end();
  await line.router.run('conntrack', '-F');
  const names = join(old.state, 'names');
  writeFileSync(names, readFileSync(names, 'utf8').replace(/ own .*$/m, ` given ${NAME}`));
  writeFileSync(join(old.state, 'journal-place'), 'of this machine alone');
  return { line, old, first, before };
}

async function moveIn(here: Stage, line: Line, after?: number): Promise<Viewer> {
  const other = new Machine(here, 'other');
  await other.run(here, putBack);
  expect(readFileSync(other.configuration, 'utf8')).toBe(CONFIGURATION);
  expect(existsSync(join(other.state, 'journal-place'))).toBe(false);
  return start(line, other, after);
}

describe('what connvis keeps', { timeout: 60_000 }, () => {
  test('goes to another machine', async () => {
    const here = stage();
    const { line, old, first, before } = await lived(here);
    await old.run(here, take);
    const viewer = await moveIn(here, line, first);
    expect(device(viewer)?.alias).toBe(NAME);
    expect(total(viewer)).toBe(before);
    expect(viewer.site().session).toBeLessThan(0);
    const second = epoch(viewer);
    // and it is what was put back that says so
    await line.collector.end();
    const bare = await start(line, new Machine(here, 'bare'), second);
    expect(total(bare)).toBe(0);
    expect(device(bare)?.alias).not.toBe(NAME);
  });

  test('is backed up while it runs', async () => {
    const here = stage();
    const { line, old, first, before } = await lived(here);
    const viewer = await start(line, old, first);
    await visit(WORLD.ipv4, 20_000);
    await viewer.until('the second visit', ARRIVES_MS, (v) => total(v) > before + 40_000);
    const second = epoch(viewer);
    // a file that is just being written
    writeFileSync(join(old.state, 'session.new'), 'half a se');
    await old.run(here, take);
    await line.collector.end();
    await line.router.run('conntrack', '-F');
    const again = await moveIn(here, line, second);
    expect(readdirSync(here.path('other/var/lib/connvis'))).not.toContain('session.new');
    expect(device(again)?.alias).toBe(NAME);
    // as it was saved last
    expect(total(again)).toBe(before);
  });
});
