// SPDX-License-Identifier: MIT
// A small home: the test's own process is a device in it, a router masquerades, and behind it is a world whose
// servers send back what they get. So the test makes real connections, and sees them on the one clock that it has.

import { Namespace, command } from './namespace';
import { programs } from './paths';
import { fileURLToPath } from 'node:url';
import type { Stage } from './stage';

export const DEVICE = { ipv4: '192.168.77.2', ipv6: '2001:db8:77::2' } as const;
export const WORLD = { ipv4: '198.51.100.7', ipv6: '2001:db8:1000::7' } as const;
export const ECHO_PORT = 7007;
export const HOME_NETWORKS = '192.168.77.0/24, 2001:db8:77::/64';
/** The router's port that leads to the device's port of the same number. */
export const FORWARDED_PORT = 7070;
export const OUTSIDE = '203.0.113.1';

const echo = fileURLToPath(new URL('echo.ts', import.meta.url));

async function link(own: string, router: Namespace, name: string): Promise<void> {
  await command('ip', 'link', 'add', own, 'type', 'veth', 'peer', 'name', name, 'netns', String(router.pid));
}

async function setUp(
  run: (program: string, ...args: string[]) => Promise<string>,
  name: string,
  ...addresses: string[]
): Promise<void> {
  for (const address of addresses) {
    await run('ip', 'address', 'add', address, 'dev', name, ...(address.includes(':') ? ['nodad'] : []));
  }
  await run('ip', 'link', 'set', name, 'up');
}

export class Home {
  readonly router: Namespace;
  readonly world: Namespace;

  private constructor(router: Namespace, world: Namespace) {
    this.router = router;
    this.world = world;
  }

  static async make(stage: Stage): Promise<Home> {
    const router = await Namespace.make(stage);
    const world = await Namespace.make(stage);
    const inRouter = router.run.bind(router);
    const inWorld = world.run.bind(world);

    await link('home', router, 'lan');
    stage.onClose(() => command('ip', 'link', 'delete', 'home').then(() => undefined));
    await inRouter('ip', 'link', 'add', 'wan', 'type', 'veth', 'peer', 'name', 'wan', 'netns', String(world.pid));
    await setUp(command, 'home', `${DEVICE.ipv4}/24`, `${DEVICE.ipv6}/64`);
    await setUp(inRouter, 'lan', '192.168.77.1/24', '2001:db8:77::1/64');
    await setUp(inRouter, 'wan', `${OUTSIDE}/24`, '2001:db8:ffff::1/64');
    await setUp(inWorld, 'wan', '203.0.113.2/24', '2001:db8:ffff::2/64');
    await setUp(inWorld, 'lo', `${WORLD.ipv4}/32`, `${WORLD.ipv6}/128`);
    await router.set('net.ipv4.ip_forward', '1');
    await router.set('net.ipv6.conf.all.forwarding', '1');

    await command('ip', 'route', 'add', 'default', 'via', '192.168.77.1');
    await command('ip', '-6', 'route', 'add', 'default', 'via', '2001:db8:77::1');
    await inRouter('ip', 'route', 'add', 'default', 'via', '203.0.113.2');
    await inRouter('ip', '-6', 'route', 'add', 'default', 'via', '2001:db8:ffff::2');
    await inWorld('ip', '-6', 'route', 'add', 'default', 'via', '2001:db8:ffff::1');
    await router.track();
    router.nft(`table ip connvis_test_nat {
      chain out {
        type nat hook postrouting priority srcnat
        oifname "wan" masquerade
      }
      chain in {
        type nat hook prerouting priority dstnat
        iifname "wan" tcp dport ${FORWARDED_PORT} dnat to ${DEVICE.ipv4}
      }
    }`);
    const server = stage.start(programs.viteNode, [echo, String(ECHO_PORT), WORLD.ipv4, WORLD.ipv6], {
      namespace: world.path,
      title: 'echo',
    });
    await server.said(/ready/, 20_000);
    return new Home(router, world);
  }
}
