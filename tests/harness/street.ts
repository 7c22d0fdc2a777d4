// SPDX-License-Identifier: MIT
// A router with a bridge, and devices behind it, each in a network namespace of its own with its own MAC. The router's
// dnsmasq gives addresses by DHCP and answers questions, which is how the router gets to know who is where.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { established } from './conntrack';
import type { Daemon } from './daemon';
import { startDnsmasq } from './dnsmasq';
import type { Settings } from './line';
import { Namespace } from './namespace';
import { root } from './paths';
import type { Stage } from './stage';
import { until } from './wait';

const leaseScript = join(root, 'tests/lab/lease');

export class Device {
  readonly mac: string;
  readonly namespace: Namespace;

  constructor(namespace: Namespace, mac: string) {
    this.namespace = namespace;
    this.mac = mac;
  }

  /** Its only IPv4 address is this one from now on. */
  async move(address: string): Promise<void> {
    await this.namespace.run('ip', '-4', 'address', 'flush', 'dev', 'eth0');
    await this.namespace.run('ip', 'address', 'add', `${address}/24`, 'dev', 'eth0');
    // what it had resolved was for the old address
    await this.namespace.run('ip', 'neigh', 'flush', 'dev', 'eth0');
    await this.talk(address);
  }

  /** One more IPv6 address, from which it talks. */
  async add(address: string): Promise<void> {
    await this.namespace.run('ip', 'address', 'add', `${address}/64`, 'dev', 'eth0', 'nodad');
    await this.talk(address);
  }

  /** Asks the router for a name from that address, so that the router resolves it. */
  async talk(address: string): Promise<void> {
    const server = address.includes(':') ? '2001:db8:77::1' : '192.168.77.1';
    await this.namespace.run(
      'dig',
      '+short',
      '+tries=5',
      '+timeout=1',
      '-b',
      address,
      `@${server}`,
      'somewhere.example',
    );
  }

  async address(): Promise<string | undefined> {
    return / inet ([\d.]+)\//.exec(await this.namespace.run('ip', '-4', 'address', 'show', 'dev', 'eth0'))?.[1];
  }

  /** Gets an address by DHCP, as a device of this name; the address. */
  async lease(stage: Stage, hostName: string): Promise<Daemon> {
    const client = stage.start(
      'udhcpc',
      ['-f', '-i', 'eth0', '-s', leaseScript, '-t', '20', '-T', '1', '-x', `hostname:${hostName}`],
      {
        namespace: this.namespace.path,
      },
    );
    await until(
      'a lease',
      10_000,
      () => this.address(),
      () => client.output,
    );
    await this.talk((await this.address()) ?? '');
    return client;
  }
}

export class Street {
  readonly router: Namespace;
  readonly leases: string;
  readonly devices: Device[] = [];
  server!: Daemon;
  readonly #stage: Stage;

  private constructor(stage: Stage, router: Namespace) {
    this.#stage = stage;
    this.router = router;
    this.leases = stage.path('leases');
  }

  static async make(stage: Stage, macs: readonly string[]): Promise<Street> {
    const router = await Namespace.make(stage);
    const made = new Street(stage, router);
    await router.track();
    execFileSync('nsenter', [`--net=${router.path}`, 'ip', '-batch', '-'], {
      input: `link add home0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0
        link set home0 up
        address add 192.168.77.1/24 dev home0
        address add 2001:db8:77::1/64 dev home0 nodad`,
    });
    for (const [i, mac] of macs.entries()) {
      const namespace = await Namespace.make(stage);
      await router.run(
        'ip',
        'link',
        'add',
        `lan${i}`,
        'type',
        'veth',
        'peer',
        'name',
        'eth0',
        'address',
        mac,
        'netns',
        String(namespace.pid),
      );
      await router.run('ip', 'link', 'set', `lan${i}`, 'master', 'home0', 'up');
      await namespace.run('ip', 'link', 'set', 'eth0', 'up');
      made.devices.push(new Device(namespace, mac));
    }
    await made.serve('192.168.77.100,192.168.77.120');
    return made;
  }

  /** (Re)starts dnsmasq, which gives addresses of that range from now on. */
  async serve(range: string): Promise<void> {
    if (this.server) await this.server.end();
    const lines = [
      'interface=home0',
      'local=/#/',
      'log-queries=extra',
      'dhcp-authoritative',
      'no-ping',
      `dhcp-range=${range},2m`,
      `dhcp-leasefile=${this.leases}`,
    ];
    this.server = await startDnsmasq(this.#stage, this.router, 'router', {
      lines,
      log: this.#stage.path('dnsmasq.log'),
    });
  }

  /** Settings of a collector that watches this street. */
  get settings(): Settings {
    return {
      'networks.home': '192.168.77.0/24, 2001:db8:77::/64',
      'dns.journal': 'no',
      'dns.logs': this.#stage.path('dnsmasq.log'),
      'devices.leases': this.leases,
    };
  }

  /** An entry of a TCP connection from an address of a device to one outside. */
  async connect(from: string, to: string, port = 443): Promise<void> {
    await this.router.run('conntrack', ...established(from, to, 20_000, port));
  }
}

/** Overwrites a file with a part of itself. */
export function cutOff(path: string, share: number): void {
  const text = readFileSync(path);
  writeFileSync(path, text.subarray(0, Math.floor(text.length * share)));
}
