// SPDX-License-Identifier: MIT
// A display on another machine (deploy/display): its broadcaster takes the feed from the router's Redis by TLS.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { established } from '../harness/conntrack';
import type { Daemon } from '../harness/daemon';
import { asArguments, collectorSettings } from '../harness/line';
import { Namespace } from '../harness/namespace';
import { PackagedRedis } from '../harness/packaged-redis';
import { programs, root } from '../harness/paths';
import { sharedStage } from '../harness/stage';
import { until } from '../harness/wait';

const stage = sharedStage();
const redis = new PackagedRedis(stage);
const ROUTER = '198.51.100.1';
const DISPLAY = '198.51.100.2';
/** What died is there again, and the display is right, within so long. Milliseconds. */
const RIGHT_AGAIN = 15_000;

let router: Namespace;
let display: Namespace;
let tunnels: { router: Daemon; display: Daemon };

const tls = (name: string): string => stage.path(`tls/${name}`);

/** As the README beside the configuration says. */
function makeCertificate(name: string): void {
  const readme = readFileSync(join(root, 'deploy/display/README.md'), 'utf8');
  const [, command = ''] = /sudo (openssl req [^`]*?)\n```/.exec(readme) ?? [];
  const words = command
    .replaceAll('\\\n', ' ')
    .replaceAll('NAME', name)
    .split(/\s+/)
    .filter((word) => word !== '');
  execFileSync(words[0] as string, words.slice(1), { cwd: stage.path('tls'), stdio: 'pipe' });
}

/** The configuration of that side, with the folders and addresses of this test in place of an installed system's. */
function startTunnel(side: 'router' | 'display', changed: Readonly<Record<string, string>> = {}): Daemon {
  let text = readFileSync(join(root, `deploy/display/stunnel-${side}.conf`), 'utf8');
  const places: Readonly<Record<string, string>> = {
    '/etc/connvis/tls/': `${stage.path('tls')}/`,
    // the users are those of Debian's packages
    'setuid = stunnel4\n': '',
    ...(side === 'router'
      ? { '/run/connvis-redis/redis.sock': redis.path, 'setgid = connvis\n': '' }
      : { 'router.example': ROUTER, 'setgid = stunnel4\n': '' }),
    ...changed,
  };
  for (const [from, to] of Object.entries(places)) {
    expect(text, side).toContain(from);
    text = text.replaceAll(from, to);
  }
  const file = stage.path(`stunnel-${side}-${Object.keys(changed).length}.conf`);
  writeFileSync(file, text);
  return stage.start('stunnel4', [file], { namespace: (side === 'router' ? router : display).path, title: side });
}

/** A page that is asked for on the display's machine. */
async function state(): Promise<string> {
  const address = 'http://127.0.0.1:8080/api/v1/state';
  return display.run('curl', '-sS', '-m', '5', '-H', 'Host: 127.0.0.1:8080', address).catch(String);
}

const shows = (remote: string) => async (): Promise<boolean> => (await state()).includes(`"${remote}"`);

async function talk(remote: string): Promise<void> {
  await router.run('conntrack', ...established('192.0.2.5', remote, 40_000));
}

async function connectMachines(): Promise<void> {
  await router.run('ip', 'link', 'add', 'display', 'type', 'veth', 'peer', 'name', 'router', 'netns', `${display.pid}`);
  for (const [at, device, address] of [
    [router, 'display', ROUTER],
    [display, 'router', DISPLAY],
  ] as const) {
    await at.run('ip', 'address', 'add', `${address}/30`, 'dev', device);
    await at.run('ip', 'link', 'set', device, 'up');
  }
}

beforeAll(async () => {
  mkdirSync(stage.path('tls'));
  for (const name of ['router', 'display', 'stranger']) makeCertificate(name);
  writeFileSync(tls('displays.crt'), readFileSync(tls('display.crt')));
  router = await Namespace.make(stage);
  display = await Namespace.make(stage);
  await router.track(true);
  await connectMachines();
  await redis.start();
  tunnels = { router: startTunnel('router'), display: startTunnel('display') };
  const collector = { ...collectorSettings(redis.path, stage.folder), ...redis.login('collector') };
  stage.start(programs.collector, asArguments(collector), { namespace: router.path });
  const broadcaster = { ...redis.login('broadcaster'), 'redis.server': '127.0.0.1:6390' };
  stage.start(programs.broadcaster, asArguments(broadcaster), { namespace: display.path });
}, 60_000);

describe('a display on another machine', () => {
  test('shows what the router sees', async () => {
    await talk('203.0.113.7');
    await until('the display to show it', 15_000, shows('203.0.113.7'));
  });

  test('is right again when the tunnel dies at either end', async () => {
    const took: Record<string, number> = {};
    for (const [i, side] of (['router', 'display'] as const).entries()) {
      await tunnels[side].kill();
      await talk(`203.0.113.${20 + i}`);
      const began = performance.now();
      tunnels[side] = startTunnel(side);
      await until(`the display to be right after the ${side}'s end died`, RIGHT_AGAIN, shows(`203.0.113.${20 + i}`));
      took[side] = Math.round(performance.now() - began);
    }
    console.log(`right again, in milliseconds: ${JSON.stringify(took)}`);
  });

  test('is the only one that gets through: a stranger does not, with a certificate or without', async () => {
    const ask = (...certificate: string[]): Promise<string> => {
      const client = `timeout 5 openssl s_client -quiet -connect ${ROUTER}:6390 ${certificate.join(' ')}`;
      return display.run('sh', '-c', `printf 'PING\\r\\n' | ${client} 2>/dev/null || true`);
    };
    expect(await ask()).toBe('');
    expect(await ask('-cert', tls('stranger.crt'), '-key', tls('stranger.key'))).toBe('');
    // and the one with the right certificate is asked for the password
    expect(await ask('-cert', tls('display.crt'), '-key', tls('display.key'))).toContain('NOAUTH');
  });

  test('talks to no other router', async () => {
    const other = startTunnel('display', {
      'accept = 127.0.0.1:6390': 'accept = 127.0.0.1:6391',
      'CAfile = ': `CAfile = ${tls('stranger.crt')}\n;`,
    });
    await until('the tunnel to listen', 15_000, async () => /Configuration successful/.test(other.output));
    const ask = `exec 3<>/dev/tcp/127.0.0.1/6391; printf 'PING\\r\\n' >&3; timeout 3 head -c 20 <&3 || true`;
    const answer = await display.run('bash', '-c', ask);
    expect(answer).not.toContain('NOAUTH');
    await until('it to be refused', 15_000, async () => /verif|certificate/i.test(other.output));
    await other.end();
  });
});
