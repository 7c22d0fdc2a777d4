// SPDX-License-Identifier: MIT
// What a machine that is closed down well does to the daemons: they go on, and say what is missing and what to do.

import { chmodSync, chownSync, renameSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sources } from '../harness/feed';
import { Line, SHOW_ALL, asArguments } from '../harness/line';
import { Namespace } from '../harness/namespace';
import { programs } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';
import type { Viewer } from '../harness/viewer';

const MENDED_MS = 5000;
const NOBODY = 65534;
/** Of Debian's base-passwd, on every system. */
const ADM = 4;

test('a service says which networks its sandbox may keep out', async () => {
  const here = stage();
  const line = await Line.prepare(here, { env: { NOTIFY_SOCKET: here.path('nobody') } });
  const networks = '192.168.0.0/16, 2001:db8::/32, fd00::/8, 127.0.0.0/8';
  const broadcaster = await line.startBroadcaster({ 'access.networks': networks });
  await broadcaster.said(/access\.networks has 2001:db8::\/32, which is no private network: .*IPAddressAllow=/);
  expect(broadcaster.output.match(/which is no private network/g)).toHaveLength(1);
});

/** A collector that sees of /proc its own processes alone, as with ProcSubset=pid in its unit. */
async function hidden(here: Stage, accounting: boolean): Promise<[Line, Viewer]> {
  const router = await Namespace.make(here);
  await router.track(accounting);
  const line = await Line.prepare(here, { router });
  await line.redis.start();
  const script = 'mount -t proc -o subset=pid proc /proc && exec "$@"';
  const settings = { 'redis.server': line.redis.path, 'geo.copy_folder': here.folder, 'networks.mode': 'auto' };
  const args = asArguments({ ...SHOW_ALL, ...settings });
  line.collector = here.start('unshare', ['--mount', 'sh', '-c', script, 'sh', programs.collector, ...args], {
    namespace: router.path,
    title: 'connvis-collector',
  });
  await line.startBroadcaster();
  await line.healthy();
  return [line, await line.viewer()];
}

describe('without /proc/sys', () => {
  test('forwarding and accounting are found out all the same', async () => {
    const here = stage();
    const [line, viewer] = await hidden(here, true);
    await line.collector.said(/nf_conntrack_acct cannot be read \(ProcSubset=pid/);
    const { router } = line;
    await router.run('ip', 'link', 'add', 'lan0', 'type', 'veth', 'peer', 'name', 'far');
    await router.run('ip', 'address', 'add', '192.168.77.1/24', 'dev', 'lan0');
    for (const name of ['far', 'lan0']) await router.run('ip', 'link', 'set', name, 'up');
    await viewer.until('the state', MENDED_MS, (v) => v.rows('site')[0]?.mode === 'machine');
    await router.set('net.ipv4.ip_forward', '1');
    await viewer.until('the mode', MENDED_MS, (v) => v.site().mode === 'router');
    await line.inject('--count', '20', '--quiet');
    await viewer.until('the entries', MENDED_MS, (v) => v.site().connections === 20);
    expect(viewer.site().accounting).toBe(true);
  });

  test('what is not counted is seen by the entries', async () => {
    const here = stage();
    const [line, viewer] = await hidden(here, false);
    await line.inject('--count', '20', '--quiet');
    await viewer.until('it to be said', MENDED_MS, (v) => v.rows('site')[0]?.accounting === false);
    await line.collector.said(/The kernel does not count packets and bytes/);
  });
});

test('a log that may not be read: it says which group may', async () => {
  const here = stage();
  const log = here.path('dnsmasq.log');
  const line = await Line.start(here, { collector: { 'dns.journal': 'no', 'dns.logs': log } });
  const viewer = await line.viewer();
  await line.collector.said(/There is no file \S+dnsmasq\.log yet/);
  const made = here.file('made.log', '');
  chownSync(made, NOBODY, ADM);
  chmodSync(made, 0o640);
  renameSync(made, log);
  await line.collector.said(/dnsmasq\.log must not be read: put the user of this program into the group adm/);
  await viewer.until('its row', MENDED_MS, (v) => sources(v, 'dns').some(({ state }) => state === 'broken'));
  chmodSync(log, 0o644);
  writeFileSync(log, '');
  await viewer.until('it to be read', MENDED_MS, (v) => sources(v, 'dns').some(({ state }) => state === 'ok'));
});
