// SPDX-License-Identifier: MIT
// Many devices, each with a MAC, an IPv4 and an IPv6 address of its own, that ask a router's dnsmasq for names: all of
// them are this process, which has their addresses. Behind the router a second dnsmasq knows the names.

import { execFileSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { fileURLToPath } from 'node:url';
import { established } from './conntrack';
import type { Daemon } from './daemon';
import { startDnsmasq } from './dnsmasq';
import { Namespace, command } from './namespace';
import { programs } from './paths';
import type { Stage } from './stage';

const relay = fileURLToPath(new URL('relay.ts', import.meta.url));
/** At most so many milliseconds later than it could, an answer comes from upstream. */
const UPSTREAM_MS = 40;
const ROUTER = { ipv4: '192.168.77.1', ipv6: '2001:db8:77::1' } as const;
export const NEIGHBOURHOOD_NETWORKS = '192.168.77.0/24, 2001:db8:77::/64';
const LINK = 'homes';

export interface Client {
  readonly ipv4: string;
  readonly ipv6: string;
  readonly mac: string;
  /** Ask over the one family and over the other. Each is a new one: from 1.31 on c-ares keeps answers, and so a second
   * question would not come to the router; and it sets its time limits by earlier answers, and so would ask twice. */
  readonly over4: Resolver;
  readonly over6: Resolver;
}

export interface NeighbourhoodOptions {
  readonly clients: number;
  readonly log: 'extra' | 'plain';
  /** What the upstream server knows: lines of its configuration. */
  readonly names: readonly string[];
  /** More lines of the router's. */
  readonly lines?: readonly string[];
}

function makeClient(index: number): Client {
  const part = 10 + index;
  const ipv4 = `192.168.77.${part}`;
  const ipv6 = `2001:db8:77::${part}`;
  const resolver = (server: string): Resolver => {
    const made = new Resolver({ timeout: 5000, tries: 2 });
    made.setServers([server]);
    made.setLocalAddress(ipv4, ipv6);
    return made;
  };
  return {
    ipv4,
    ipv6,
    mac: `3c:a9:f4:00:00:${part.toString(16).padStart(2, '0')}`,
    get over4() {
      return resolver(ROUTER.ipv4);
    },
    get over6() {
      return resolver(`[${ROUTER.ipv6}]`);
    },
  };
}

export class Neighbourhood {
  readonly router: Namespace;
  readonly world: Namespace;
  readonly clients: readonly Client[];
  readonly log: string;
  server!: Daemon;
  readonly #stage: Stage;
  readonly #options: NeighbourhoodOptions;

  private constructor(stage: Stage, router: Namespace, world: Namespace, options: NeighbourhoodOptions) {
    this.#stage = stage;
    this.#options = options;
    this.router = router;
    this.world = world;
    this.log = stage.path('dnsmasq.log');
    this.clients = Array.from({ length: options.clients }, (_, i) => makeClient(i));
  }

  static async make(stage: Stage, options: NeighbourhoodOptions): Promise<Neighbourhood> {
    const made = new Neighbourhood(stage, await Namespace.make(stage), await Namespace.make(stage), options);
    await made.#link();
    await made.#startUpstream();
    await made.startServer();
    return made;
  }

  async #link(): Promise<void> {
    const { router, world, clients } = this;
    await command('ip', 'link', 'add', LINK, 'type', 'veth', 'peer', 'name', 'lan', 'netns', String(router.pid));
    this.#stage.onClose(() => command('ip', 'link', 'delete', LINK).then(() => undefined));
    await router.run('ip', 'link', 'add', 'wan', 'type', 'veth', 'peer', 'name', 'wan', 'netns', String(world.pid));
    batch(
      [],
      [
        `link set ${LINK} up`,
        ...clients.flatMap(({ ipv4, ipv6 }) => [
          `address add ${ipv4}/24 dev ${LINK}`,
          `address add ${ipv6}/64 dev ${LINK} nodad`,
        ]),
      ],
    );
    batch([`--net=${world.path}`], ['link set wan up', 'address add 203.0.113.2/24 dev wan']);
    // To the router each client has its own MAC; what it sends to that arrives here at one interface, which takes
    // it whatever the MAC.
    batch(
      [`--net=${router.path}`],
      [
        'link set lan up',
        'link set wan up',
        `address add ${ROUTER.ipv4}/24 dev lan`,
        `address add ${ROUTER.ipv6}/64 dev lan nodad`,
        'address add 203.0.113.1/24 dev wan',
        ...clients.flatMap(({ ipv4, ipv6, mac }) =>
          [ipv4, ipv6].map((address) => `neigh replace ${address} lladdr ${mac} dev lan nud permanent`),
        ),
      ],
    );
    execFileSync('nft', ['-f', '-'], {
      input: `table netdev connvis_test {
        chain take {
          type filter hook ingress device "${LINK}" priority 0
          meta pkttype set unicast
        }
      }`,
    });
    this.#stage.onClose(() => command('nft', 'delete', 'table', 'netdev', 'connvis_test').then(() => undefined));
    await router.track();
  }

  async #startUpstream(): Promise<void> {
    const lines = [
      'port=5300',
      'listen-address=127.0.0.1',
      'bind-interfaces',
      'local=/#/',
      'local-ttl=2',
      ...this.#options.names,
    ];
    await startDnsmasq(this.#stage, this.world, 'upstream', { lines });
    const args = [relay, '53', '203.0.113.2', '5300', String(UPSTREAM_MS)];
    const daemon = this.#stage.start(programs.viteNode, args, { namespace: this.world.path, title: 'relay' });
    await daemon.said(/ready/, 20_000);
  }

  async startServer(): Promise<void> {
    const log = this.#options.log === 'extra' ? 'log-queries=extra' : 'log-queries';
    const lines = [
      'interface=lan',
      'server=203.0.113.2',
      'cache-size=40',
      'dns-forward-max=1000',
      log,
      ...(this.#options.lines ?? []),
    ];
    this.server = await startDnsmasq(this.#stage, this.router, 'router', { lines, log: this.log });
  }

  /** Makes entries of TCP connections from each to each, as the kernel has them once established. */
  async converse(
    pairs: readonly { readonly from: string; readonly to: string; readonly port?: number }[],
  ): Promise<void> {
    const lines = pairs.map(({ from, to, port }, i) => established(from, to, 20_000 + i, port).join(' '));
    await this.router.run('conntrack', '-R', this.#stage.file('entries', `${lines.join('\n')}\n`));
  }
}

function batch(enter: readonly string[], lines: readonly string[]): void {
  const [program, ...args] = enter.length > 0 ? ['nsenter', ...enter, 'ip', '-batch', '-'] : ['ip', '-batch', '-'];
  execFileSync(program as string, args, { input: lines.join('\n') });
}
