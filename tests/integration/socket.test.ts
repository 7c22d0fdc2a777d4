// SPDX-License-Identifier: MIT
// The page at a Unix socket, as behind a proxy on the same host: who may use it, and who is let in.

import { chmodSync, chownSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Daemon } from '../harness/daemon';
import { fetchText, type Answer } from '../harness/http';
import { asArguments, Line, SHOW_ALL } from '../harness/line';
import { programs } from '../harness/paths';
import { stage } from '../harness/stage';
import { Viewer } from '../harness/viewer';
import { until } from '../harness/wait';

const NOBODY = 65534;
/** Of the proxy. */
const GROUP = 4711;
const SOON_MS = 5000;
const FAILED = 1;
const FOR_HOME = { 'X-Forwarded-For': '192.168.77.7' };

test('whoever may use the socket is a proxy', async () => {
  const here = stage();
  const line = await Line.prepare(here, { collector: SHOW_ALL });
  await line.redis.start();
  chmodSync(line.redis.path, 0o666);
  line.startCollector();
  // what is made in it has the folder's group
  mkdirSync(here.path('page'));
  chownSync(here.path('page'), NOBODY, GROUP);
  chmodSync(here.path('page'), 0o2750);
  const through = here.path('page/socket');
  const ask = (path: string, headers: Readonly<Record<string, string>> = FOR_HOME): Promise<Answer> =>
    fetchText(0, path, { through, headers });
  const args = asArguments({
    'redis.server': line.redis.path,
    'listen.address': through,
    'status.socket': here.path('page/status'),
    'access.networks': '192.168.77.0/24',
    'log.level': 'debug',
  });
  const start = async (): Promise<Daemon> => {
    const daemon = here.start(programs.broadcaster, args, { user: NOBODY });
    await daemon.said(new RegExp(`Serving at ${through}\\.`), SOON_MS);
    return daemon;
  };
  line.broadcaster = await start();
  const { mode, gid, uid } = statSync(through);
  expect([mode & 0o777, gid, uid]).toEqual([0o660, GROUP, NOBODY]);
  await until('frames', SOON_MS, async () => (await ask('/healthz')).status === 200);

  expect((await ask('/')).status).toBe(200);
  expect((await ask('/', { 'X-Forwarded-For': '192.168.78.7' })).status).toBe(403);
  expect((await ask('/', { 'X-Forwarded-For': '192.168.77.7, 192.168.78.7' })).status).toBe(403);
  expect((await ask('/', { ...FOR_HOME, Host: 'evil.example' })).status).toBe(421);
  // for nobody: somebody of this host asks how the daemon does, or the proxy is not set up
  expect((await ask('/healthz', {})).status).toBe(200);
  const nobody = await ask('/', {});
  expect(nobody.status).toBe(403);
  expect(nobody.body).toContain('have it send X-Forwarded-For');

  const viewer = await Viewer.open(here, 0, { through, headers: FOR_HOME });
  await viewer.live(SOON_MS);
  expect(viewer.hello?.address).toBe('192.168.77.7');
  await expect(Viewer.open(here, 0, { through })).rejects.toThrow('403');

  // there is one of them
  const second = here.start(programs.broadcaster, args, { user: NOBODY });
  second.excused = true;
  expect((await second.ended(SOON_MS)).code).toBe(FAILED);
  expect(second.output).toContain(`Something else is at ${through}`);
  expect((await ask('/')).status).toBe(200);

  // what a killed one leaves behind is in nobody's way
  line.broadcaster.excused = true;
  line.broadcaster.signal('SIGKILL');
  await line.broadcaster.ended(SOON_MS);
  expect(existsSync(through)).toBe(true);
  line.broadcaster = await start();
  await until('frames', SOON_MS, async () => (await ask('/healthz')).status === 200);
  await line.broadcaster.end();
  expect(existsSync(through)).toBe(false);
});

test('it has to be where a socket can be', async () => {
  const here = stage();
  const refused = async (path: string): Promise<string> => {
    const daemon = here.start(
      programs.broadcaster,
      asArguments({ 'redis.server': '/nowhere', 'listen.address': path }),
    );
    daemon.excused = true;
    await daemon.ended(SOON_MS);
    return daemon.output;
  };
  expect(await refused(`/${'long'.repeat(30)}`)).toContain('must be a path of at most 107 bytes');
  expect(await refused('/nowhere/at/all')).toContain('Cannot serve at /nowhere/at/all: No such file or directory.');
});
