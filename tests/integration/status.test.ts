// SPDX-License-Identifier: MIT
// "connvis-collector --status" and "connvis-broadcaster --status": what they see and what is wrong, in sentences.

import { utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Line, type Settings } from '../harness/line';
import { programs } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';
import { until } from '../harness/wait';

const NOBODY = 65534;
const SOON_MS = 10_000;

type Name = 'collector' | 'broadcaster';

/** What it says, and the exit status before it. */
async function ask(here: Stage, name: Name, user?: number): Promise<string> {
  const args = ['--status', '--set', `status.socket=${here.path(name)}`];
  const asked = here.start(programs[name], args, {
    title: `${name} --status`,
    ...(user === undefined ? {} : { user }),
  });
  asked.excused = true;
  const { code } = await asked.ended();
  asked.checkSanitizer();
  return `${code}\n${asked.output}`;
}

const settings = (here: Stage): { collector: Settings; broadcaster: Settings } => ({
  collector: { 'status.socket': here.path('collector'), 'dns.journal': 'no' },
  broadcaster: { 'status.socket': here.path('broadcaster') },
});

test('both say what they see, and that nothing is wrong', async () => {
  const here = stage();
  const line = await Line.start(here, settings(here));
  await line.inject('--count', '20', '--quiet');
  const viewer = await line.viewer();
  await viewer.until('the entries', SOON_MS, (v) => v.site().connections === 20);
  const collector = await ask(here, 'collector');
  expect(collector).toMatch(
    /^0\nconnvis-collector \S+ watches the connections of this machine for the site home, since \d+ seconds?\.\n/,
  );
  expect(collector).toContain('It knows of 20 connections, ');
  expect(collector).toMatch(/The connection table is read every 1\.0 s, which takes \d+\.\d ms of a CPU\./);
  expect(collector).toContain(`Redis at ${line.redis.path} is there.`);
  expect(collector).toMatch(/\nNothing is wrong\.\n$/);
  const broadcaster = await ask(here, 'broadcaster');
  expect(broadcaster).toMatch(
    new RegExp(`^0\\nconnvis-broadcaster \\S+ serves at 127.0.0.1 port ${line.port}, since \\d+ seconds?\\.\\n`),
  );
  expect(broadcaster).toContain('It has 1 viewer, of at most 2000.');
  expect(broadcaster).toMatch(
    /The collector of the site home sends frames, the last \d\.\d s ago\.\nNothing is wrong\.\n$/,
  );
});

test('what is wrong is said, and who does not run', async () => {
  const here = stage();
  const line = await Line.prepare(here, { ...settings(here), counting: false });
  await line.startBroadcaster();
  line.startCollector();
  await until('both to look for Redis', SOON_MS, async () => /is not there/.test(line.collector.output));
  const collector = await ask(here, 'collector');
  expect(collector).toMatch(/^1\n/);
  expect(collector).toMatch(/WRONG: Redis at \S+ is not there \(No such file or directory\)\. Is it running/);
  await until('a dump', SOON_MS, async () =>
    /WRONG: The kernel does not count packets and bytes/.test(await ask(here, 'collector')),
  );
  expect(await ask(here, 'broadcaster')).toMatch(
    /^1\n(.*\n)*WRONG: Redis at \S+ is not there .*\nWRONG: Without Redis no frame of the site home arrives\.\n/,
  );
  await line.redis.start();
  await line.healthy(20_000);
  expect(await ask(here, 'broadcaster')).toMatch(/^0\n/);

  await line.collector.hold();
  expect(await ask(here, 'collector')).toBe(
    '1\nWRONG: connvis-collector stands still: it has not answered for 3 seconds.\n',
  );
  await until('the broadcaster to miss it', SOON_MS, async () =>
    /WRONG: No frame of the site home has come for \d+ seconds/.test(await ask(here, 'broadcaster')),
  );
  // it was killed, and leaves its socket there
  await line.collector.kill();
  expect(await ask(here, 'collector')).toMatch(/^1\nWRONG: connvis-collector does not run, or has another option/);
  line.startCollector();
  await line.healthy(20_000);
  await line.collector.end();
  expect(await ask(here, 'collector')).toMatch(/^1\nWRONG: connvis-collector does not run/);
});

test('two collectors of one name are wrong for as long as there are two', { timeout: 90_000 }, async () => {
  const here = stage();
  const line = await Line.start(here, settings(here));
  const older = line.collector;
  const viewer = await line.viewer({ topics: ['overview', 'connections'] });
  await viewer.until('the state', SOON_MS, () => true);
  const newer = line.startCollector({ 'status.socket': here.path('newer') });
  const said = async (): Promise<number> =>
    (await ask(here, 'broadcaster')).split('WRONG: Two collectors publish as the site home').length - 1;
  await until('the broadcaster to notice', SOON_MS, async () => (await said()) > 0);
  await newer.said(/Another collector publishes under the site's name home/);
  await viewer.live(SOON_MS);
  expect(await said()).toBe(1);
  await older.end();
  await until('nothing to be wrong', 30_000, async () => /^0\n/.test(await ask(here, 'broadcaster')));
});

test('how old the data is, which is how one sees that no newer came', async () => {
  const here = stage();
  const list = here.file('ads.hosts', '0.0.0.0 ads.example\n');
  // in whole seconds, as deploy/get-data sets it; an hour more than the days
  const days = 40;
  const made = Math.floor(Date.now() / 1000) - days * 86_400 - 3600;
  utimesSync(list, made, made);
  const { collector, broadcaster } = settings(here);
  await Line.start(here, {
    collector: { ...collector, 'names.lists': `${list}=advertising:Ads` },
    broadcaster,
  });
  const date = new Date(made * 1000).toISOString().slice(0, 10);
  await until('the list', SOON_MS, async () =>
    new RegExp(`^0\\n(.*\\n)*Data \\(list: Ads\\) of ${date}, ${days} days old\\.\\n`).test(
      await ask(here, 'collector'),
    ),
  );
});

test('others may not ask, and a second one takes nothing away', async () => {
  const here = stage();
  const line = await Line.start(here, settings(here));
  expect(await ask(here, 'broadcaster', NOBODY)).toMatch(
    /^1\nWRONG: .* may be asked by root and by its own user alone/,
  );
  const second = here.start(
    programs.collector,
    [
      '--set',
      `redis.server=${line.redis.path}`,
      '--set',
      'site.name=other',
      '--set',
      `geo.copy_folder=${here.folder}`,
      '--set',
      `status.socket=${here.path('collector')}`,
    ],
    { namespace: line.router.path },
  );
  await second.said(/Something else is at .*collector, so "connvis-collector --status" does not ask this one/);
  await second.end();
  expect(await ask(here, 'collector')).toMatch(/for the site home, since/);
});
