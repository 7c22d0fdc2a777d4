// SPDX-License-Identifier: MIT
// A street whose router masquerades to a world of some companies' servers, and a program in each namespace that moves
// what it is told to.

import { createConnection, type Socket } from 'node:net';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { makeDatabases, type Databases } from './mmdb';
import { Namespace } from './namespace';
import { programs } from './paths';
import type { Stage } from './stage';
import { Street, type Device } from './street';
import type { Order, Orders, Verb } from './traffic';
import { until } from './wait';

export const PORT = 7007;
export const OUTSIDE = '203.0.113.1';
export const ROUTER = { ipv4: '192.168.77.1', ipv6: '2001:db8:77::1' } as const;

/** Who is at these addresses of the world, as connvis is to say it. */
export interface Far {
  readonly ipv4: string;
  readonly ipv6: string;
  readonly asn: number;
  readonly organisation: string;
  /** The company that has this network, or the network's name where connvis knows none. */
  readonly whose: string;
  readonly country: string;
}

const program = fileURLToPath(new URL('traffic.ts', import.meta.url));
let started = 0;

/** The program in one namespace. */
export class Traffic {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (error: string | undefined) => void>();
  #last = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    createInterface({ input: socket }).on('line', (line) => {
      const { id, error } = JSON.parse(line) as { id: number; error?: string };
      this.#waiting.get(id)?.(error);
      this.#waiting.delete(id);
    });
  }

  static async start(stage: Stage, namespace: Namespace): Promise<Traffic> {
    const path = stage.path(`traffic-${(started += 1)}`);
    const daemon = stage.start(programs.viteNode, [program, path], { namespace: namespace.path, title: 'traffic' });
    await daemon.said(/ready/, 30_000);
    const socket = createConnection(path);
    stage.onClose(() => void socket.destroy());
    await once(socket, 'connect');
    return new Traffic(socket);
  }

  tell<V extends Verb>(verb: V, what: Orders[V]): Promise<void> {
    const id = (this.#last += 1);
    return new Promise((done, fail) => {
      this.#waiting.set(id, (error) => (error === undefined ? done() : fail(new Error(error))));
      this.#socket.write(`${JSON.stringify({ id, verb, ...what } as Order)}\n`);
    });
  }
}

export interface Resident {
  readonly device: Device;
  readonly traffic: Traffic;
}

export class Town {
  readonly street: Street;
  readonly world: Traffic;
  readonly residents: readonly Resident[];
  readonly databases: Databases;

  private constructor(street: Street, world: Traffic, residents: readonly Resident[], databases: Databases) {
    this.street = street;
    this.world = world;
    this.residents = residents;
    this.databases = databases;
  }

  static async make(stage: Stage, macs: readonly string[], fars: readonly Far[]): Promise<Town> {
    const street = await Street.make(stage, macs);
    const { router } = street;
    const world = await Namespace.make(stage);
    await router.run('ip', 'link', 'add', 'wan', 'type', 'veth', 'peer', 'name', 'wan', 'netns', String(world.pid));
    await connect(router, [`${OUTSIDE}/24`, '2001:db8:ffff::1/64'], ['203.0.113.2', '2001:db8:ffff::2']);
    await connect(world, ['203.0.113.2/24', '2001:db8:ffff::2/64'], [OUTSIDE, '2001:db8:ffff::1']);
    for (const { ipv4, ipv6 } of fars) {
      await world.run('ip', 'address', 'add', `${ipv4}/32`, 'dev', 'lo');
      await world.run('ip', 'address', 'add', `${ipv6}/128`, 'dev', 'lo', 'nodad');
    }
    await router.set('net.ipv4.ip_forward', '1');
    await router.set('net.ipv6.conf.all.forwarding', '1');
    // what has closed goes soon
    for (const state of ['time_wait', 'close', 'last_ack', 'close_wait', 'fin_wait'])
      await router.set(`net.netfilter.nf_conntrack_tcp_timeout_${state}`, '1');
    await router.set('net.netfilter.nf_conntrack_udp_timeout', '600');
    await router.set('net.netfilter.nf_conntrack_udp_timeout_stream', '600');
    router.nft(`table ip connvis_test_nat {
      chain out {
        type nat hook postrouting priority srcnat
        oifname "wan" masquerade
      }
    }`);
    const servers = await Traffic.start(stage, world);
    for (const { ipv4, ipv6 } of fars)
      for (const host of [ipv4, ipv6]) await servers.tell('serve', { host, port: PORT });
    const residents = await Promise.all(
      street.devices.map(async (device) => ({ device, traffic: await Traffic.start(stage, device.namespace) })),
    );
    for (const { traffic } of residents)
      for (const host of ['0.0.0.0', '::']) await traffic.tell('serve', { host, port: PORT });
    await street.devices.reduce((before, device) => before.then(() => prepare(street, device)), Promise.resolve());
    const places = fars.map((far) => ({ ...far, city: '-', latitude: 1, longitude: 1 }));
    return new Town(street, servers, residents, await makeDatabases(stage, 'mmdb', places));
  }

  /** The router's port of that number leads to the same port of this address. */
  forward(address: string): void {
    this.street.router.nft(`table ip connvis_test_forward
      delete table ip connvis_test_forward
      table ip connvis_test_forward {
        chain in {
          type nat hook prerouting priority dstnat
          iifname "wan" tcp dport ${PORT} dnat to ${address}
        }
      }`);
  }

  /** A device gets an address, whoever had it before. The router hears of it when the device asks it something. */
  async give({ device }: Resident, address: string, before?: Resident): Promise<void> {
    const six = address.includes(':');
    const prefix = `${address}/${six ? 64 : 24}`;
    if (before) {
      await before.traffic.tell('leave', { address });
      await before.device.namespace.run('ip', 'address', 'delete', prefix, 'dev', 'eth0');
      await this.street.router.run('ip', 'neigh', 'delete', address, 'dev', 'home0').catch(() => undefined);
    }
    await device.namespace.run('ip', 'address', 'add', prefix, 'dev', 'eth0', ...(six ? ['nodad'] : []));
    const router = six ? ROUTER.ipv6 : ROUTER.ipv4;
    await device.namespace.run('ip', six ? '-6' : '-4', 'route', 'replace', 'default', 'via', router);
  }

  /** The router resolves an address of this device. */
  async introduce({ device }: Resident, address: string): Promise<void> {
    await until('the router to know the address', 10_000, async () => {
      await device.talk(address);
      const known = await this.street.router.run('ip', 'neigh', 'show', address, 'dev', 'home0');
      return known.includes(device.mac);
    });
  }
}

/** It may send by IPv6 before the router knows its MAC, and keeps an address when it loses another. */
async function prepare({ router }: Street, { namespace }: Device): Promise<void> {
  const mac = /ether ([0-9a-f:]+)/.exec(await router.run('ip', 'link', 'show', 'home0'))?.[1] as string;
  await namespace.run('ip', 'neigh', 'replace', ROUTER.ipv6, 'lladdr', mac, 'nud', 'permanent', 'dev', 'eth0');
  await namespace.set('net.ipv4.conf.all.promote_secondaries', '1');
}

async function connect(namespace: Namespace, addresses: readonly string[], via: readonly string[]): Promise<void> {
  for (const address of addresses)
    await namespace.run('ip', 'address', 'add', address, 'dev', 'wan', ...(address.includes(':') ? ['nodad'] : []));
  await namespace.run('ip', 'link', 'set', 'wan', 'up');
  for (const gateway of via)
    await namespace.run('ip', gateway.includes(':') ? '-6' : '-4', 'route', 'add', 'default', 'via', gateway);
}
