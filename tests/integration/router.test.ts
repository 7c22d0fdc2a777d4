// SPDX-License-Identifier: MIT
// The files of deploy/router, each with the program that it is for, as far as that goes without a whole machine:
// tests/router follows the guide on one.

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startDnsmasq } from '../harness/dnsmasq';
import { Namespace } from '../harness/namespace';
import { root } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';
import { until } from '../harness/wait';

const recipe = join(root, 'deploy/router');
const files = readdirSync(recipe, { recursive: true, encoding: 'utf8' }).filter((name) =>
  statSync(join(recipe, name)).isFile(),
);
const text = (name: string): string => readFileSync(join(recipe, name), 'utf8');
const guides = text('GUIDE.md') + text('OTHERS.md');

/** The commands in a text, a block each. */
const blocks = (guide: string): string[] => [...guide.matchAll(/^```sh\n([^]*?)^```$/gm)].map((m) => m[1] as string);

function run(program: string, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 50_000 });
  return { status, said: stdout + stderr };
}

describe('the guides', () => {
  const configurations = files.filter((name) => !name.endsWith('.md') && !name.endsWith('-page.conf'));

  test('have a use for every file, and name none that is not there', () => {
    const commands = blocks(guides).join('');
    for (const name of configurations) expect(commands, name).toContain(` ${name}`);
    const named = [...commands.matchAll(/(?<=\s)((?:routed\/|bridged\/)?[a-z-]+\.(?:conf|network|netdev))(?=\s)/g)];
    expect(named.length).toBeGreaterThan(30);
    const made = ['dns.conf'];
    for (const [, name = ''] of named) expect(existsSync(join(recipe, name)) || made.includes(name), name).toBe(true);
  });

  test('lead to places that are there', () => {
    for (const guide of ['GUIDE.md', 'OTHERS.md'])
      for (const [, file = '', heading = ''] of text(guide).matchAll(/\]\(([A-Z]*(?:\.md)?)#?([a-z0-9-]*)\)/g)) {
        const target = text(file || guide);
        const headings = [...target.matchAll(/^#+ (.*)$/gm)].map(([, words = '']) =>
          words.toLowerCase().replace(/ /g, '-'),
        );
        if (heading) expect(headings, `${guide}: #${heading}`).toContain(heading);
      }
  });

  test('have commands that a shell can read', () => {
    for (const block of blocks(guides)) expect(run('bash', '-n', '-c', block), block).toEqual({ status: 0, said: '' });
  });
});

describe('dnsmasq', () => {
  const check = (...names: string[]): ReturnType<typeof run> =>
    run('dnsmasq', '--test', ...names.map((name) => `--conf-file=${join(recipe, name)}`));
  const parts = files.filter((name) => basename(name).startsWith('dnsmasq-') && !/-(rate|journal)\.conf$/.test(name));

  test.each(parts)('takes %s alone', (name) => {
    expect(check(name)).toEqual({ status: 0, said: expect.stringContaining('syntax check OK') as string });
  });

  test('takes those of a router together, and those of a box', () => {
    for (const folder of ['routed', 'bridged']) {
      const here = parts.filter((name) => !name.includes('/') || name.startsWith(folder));
      expect(here.length).toBeGreaterThan(3);
      expect(check(...here).said).toContain('syntax check OK');
    }
  });
});

describe('nftables', () => {
  const rules = files.filter((name) => basename(name).startsWith('nftables'));

  test.each(rules)('takes %s', async (name) => {
    const namespace = await Namespace.make(stage());
    await namespace.run('nft', '-c', '-f', join(recipe, name));
  });

  test('of the page alone let home see it, and nobody else', async () => {
    const here = stage();
    const router = await Namespace.make(here);
    const device = await Namespace.make(here);
    const network = async (name: string, address: string): Promise<void> => {
      await router.run('ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', name, 'netns', String(device.pid));
      await router.run('ip', 'address', 'add', `${address}.1/24`, 'dev', name);
      await device.run('ip', 'address', 'add', `${address}.2/24`, 'dev', name);
      for (const side of [router, device]) await side.run('ip', 'link', 'set', name, 'up');
    };
    await network('br0', '192.168.81');
    await network('wan0', '192.168.82');
    // whatever listens there
    await startDnsmasq(here, router, 'page', { lines: ['port=8080', 'address=/page.example/192.0.2.1'] });
    const get = (address: string, seconds: number): Promise<boolean> =>
      device
        .run('dig', '+tcp', '+short', '+tries=1', `+time=${seconds}`, '-p', '8080', 'page.example', `@${address}`)
        .then((said) => said.includes('192.0.2.1'))
        .catch(() => false);
    await until('the page', 20_000, () => get('192.168.82.1', 15));
    await router.run('nft', '-f', join(recipe, 'nftables-page.conf'));
    expect(await get('192.168.81.1', 15)).toBe(true);
    expect(await get('192.168.82.1', 3)).toBe(false);
  });
});

test('the settings of a router have the kernel forward', async () => {
  const namespace = await Namespace.make(stage());
  await namespace.run('sysctl', '-p', join(recipe, 'routed/sysctl.conf'));
  expect(await namespace.run('sysctl', '-n', 'net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding')).toBe('1\n1\n');
});

test('hostapd takes every line, once there is a password, and misses a radio', async () => {
  const here = stage();
  const namespace = await Namespace.make(here);
  const start = (lines: string): string => {
    const file = here.file('hostapd.conf', lines);
    return run('nsenter', `--net=${namespace.path}`, 'hostapd', file).said;
  };
  const without = text('hostapd.conf').replace('#ap_isolate', 'ap_isolate');
  const complete = without.replace('#wpa_passphrase=', 'wpa_passphrase=0123456789ab');
  expect(start(without)).toContain('PSK or passphrase is not configured');
  expect(start(complete)).not.toContain('errors found');
  expect(start(complete)).toContain("Failed to initialize driver 'nl80211'");
  expect(start(`${complete}apisolate=1\n`)).toContain('errors found');
});

describe('RaspAP', () => {
  // as RaspAP of August 2026 installs them (config/090_wlan0.conf and 090_raspap.conf)
  const wlan0 = `# RaspAP wlan0 configuration for wired (ethernet) AP mode
interface=wlan0
domain-needed
dhcp-range=10.3.141.50,10.3.141.254,255.255.255.0,12h
dhcp-option=6,9.9.9.9,1.1.1.1
`;
  const own = (folder: string, log: string): string =>
    `# RaspAP default config\nlog-facility=${log}\nconf-dir=${folder}\n`;

  /** The DNS server that a device gets. */
  async function handedOut(here: Stage, router: Namespace, device: Namespace, folder: string): Promise<string> {
    const leases = here.path('leases');
    const settings = [
      '--keep-in-foreground',
      '--user=root',
      '--pid-file=',
      `--dhcp-leasefile=${leases}`,
      '--no-resolv',
    ];
    const dnsmasq = here.start('dnsmasq', [...settings, '--no-hosts', `--conf-dir=${folder}`], {
      namespace: router.path,
    });
    const script = here.file('lease', `#!/bin/sh\n[ -z "$dns" ] || echo "dns=$dns"\n`);
    chmodSync(script, 0o755);
    const said = await device.run('udhcpc', '-i', 'wlan0', '-f', '-q', '-n', '-t', '10', '-T', '2', '-s', script);
    await dnsmasq.end();
    return /dns=(.*)/.exec(said)?.[1] ?? said;
  }

  test('hands out itself, and logs to the journal, after the commands for it', async () => {
    const here = stage();
    const folder = here.path('dnsmasq.d');
    const log = here.path('dnsmasq.log');
    execFileSync('mkdir', [folder]);
    here.file('dnsmasq.d/090_wlan0.conf', wlan0);
    here.file('dnsmasq.d/090_raspap.conf', own(folder, log));
    const router = await Namespace.make(here);
    const device = await Namespace.make(here);
    await router.run(
      'ip',
      'link',
      'add',
      'wlan0',
      'type',
      'veth',
      'peer',
      'name',
      'wlan0',
      'netns',
      String(device.pid),
    );
    await router.run('ip', 'address', 'add', '10.3.141.1/24', 'dev', 'wlan0');
    for (const side of [router, device]) await side.run('ip', 'link', 'set', 'wlan0', 'up');

    expect(await handedOut(here, router, device, folder)).toBe('9.9.9.9 1.1.1.1');
    expect(readFileSync(log, 'utf8')).toContain('started, version');

    const section = /^## RaspAP\n([^]*?)^## /m.exec(text('OTHERS.md'))?.[1] ?? '';
    const commands = blocks(section)
      .join('')
      .split('\n')
      .filter((line) => line.includes('/etc/dnsmasq.d'));
    expect(commands.length).toBe(3);
    cpSync(recipe, here.path('router'), { recursive: true });
    for (const line of commands)
      execFileSync('sh', ['-c', line.replace('sudo ', '').replaceAll('/etc/dnsmasq.d', folder)], {
        cwd: here.path('router'),
      });
    expect(await handedOut(here, router, device, folder)).toBe('10.3.141.1');
    expect(run('dnsmasq', '--test', `--conf-dir=${folder}`).said).toContain('syntax check OK');
    expect(readFileSync(join(folder, '090_raspap.conf'), 'utf8')).not.toContain('log-facility');
    expect(readdirSync(folder)).toContain('dnsmasq-log.conf');
  });
});
