// SPDX-License-Identifier: MIT
// An account of who moved how much with whom, independent of connvis: by what conntrack(8) lists, says while it zeroes
// counters and says of what ends; and, to check that, by counters of nftables. Whose bytes they are is the plan of the
// test: of the one who has the address when they are looked at.

import { readFileSync } from 'node:fs';
import { addressBytes } from './conntrack';
import type { Namespace } from './namespace';
import type { Stage } from './stage';
import { until } from './wait';

export interface Amount {
  readonly up: number;
  readonly down: number;
}

const NONE: Amount = { up: 0, down: 0 };
const plus = (a: Amount, b: Amount): Amount => ({ up: a.up + b.up, down: a.down + b.down });
const minus = (a: Amount, b: Amount): Amount => ({ up: a.up - b.up, down: a.down - b.down });
const nothing = ({ up, down }: Amount): boolean => up === 0 && down === 0;

/** Amounts by what they are of. */
export type Amounts = Map<string, Amount>;

export function add(to: Amounts, key: string, amount: Amount): void {
  if (!nothing(amount)) to.set(key, plus(to.get(key) ?? NONE, amount));
}

export const asText = (amounts: Amounts): string =>
  [...amounts]
    .map(([key, { up, down }]) => `${key}: ${up} up, ${down} down`)
    .sort()
    .join('\n');

/** Of one connection, in bytes, and the packets that they came in. */
interface Counters extends Amount {
  readonly upPackets: number;
  readonly downPackets: number;
}

const UNCOUNTED: Counters = { ...NONE, upPackets: 0, downPackets: 0 };
/** Has one of them gone back since then? */
const wentBack = (now: Counters, then: Counters): boolean =>
  now.up < then.up || now.down < then.down || now.upPackets < then.upPackets || now.downPackets < then.downPackets;

interface Seen {
  readonly key: string;
  /** Addresses as hexadecimal digits. */
  readonly device: string;
  readonly remote: string;
  readonly counters: Counters;
}

interface Connection {
  readonly remote: string;
  readonly device: string;
  counters: Counters;
  /** By the owner of the address at the time. */
  shares: Amounts;
  /** As they were when the collector saved its session; undefined: it was not there yet. */
  saved?: { readonly counters: Counters; readonly shares: Amounts };
}

const WORD = /\b(src|dst|sport|dport|bytes|packets|id)=(\S+)/g;
/** The networks of harness/street.ts. */
const HOME = /^(c0a84d|20010db80077)/;

/** A line of conntrack -L or -E with -o id, as the device sees it; undefined: not of a device with somebody outside. */
function read(line: string): Seen | undefined {
  if (!/\b(tcp|udp)\b/.test(line)) return undefined;
  const words: Record<string, string[]> = {};
  for (const [, name, value] of line.matchAll(WORD)) (words[name as string] ??= []).push(value as string);
  const at = (name: string, place: number): string => words[name]?.[place] ?? '';
  const [source, target, answerer] = [at('src', 0), at('dst', 0), at('src', 1)].map(addressBytes) as [
    string,
    string,
    string,
  ];
  const inbound = !HOME.test(source);
  const [device, remote] = inbound ? [answerer, source] : [source, target];
  if (!HOME.test(device) || HOME.test(remote)) return undefined;
  const [up, down] = inbound ? [1, 0] : [0, 1];
  return {
    key: [at('id', 0), /\b(tcp|udp)\b/.exec(line)?.[1], source, at('sport', 0), target, at('dport', 0)].join('/'),
    device,
    remote,
    counters: {
      up: Number(at('bytes', up)),
      down: Number(at('bytes', down)),
      upPackets: Number(at('packets', up)),
      downPackets: Number(at('packets', down)),
    },
  };
}

export class Account {
  /** The owner of each address now. */
  readonly owners = new Map<string, string>();
  /** Everything that moved, by owner and remote, lost or not. */
  readonly moved: Amounts = new Map();

  readonly #router: Namespace;
  readonly #file: string;
  readonly #alive = new Map<string, Connection>();
  /** That ended since the session was saved. */
  #ended: Connection[] = [];
  /** Of connections that had ended when it was saved. */
  readonly #settled: Amounts = new Map();
  #read = 0;
  readonly #counted: Amounts = new Map();
  readonly #counters = new Map<string, Amount>();

  private constructor(router: Namespace, file: string) {
    this.#router = router;
    this.#file = file;
  }

  static async begin(stage: Stage, router: Namespace): Promise<Account> {
    router.nft(`table inet account {
      ${(['4', '6'] as const)
        .map((n) => {
          const type = n === '4' ? 'ipv4_addr' : 'ipv6_addr';
          return `set up${n} { type ${type} . ${type}; flags dynamic; counter; size 4096; }
            set down${n} { type ${type} . ${type}; flags dynamic; counter; size 4096; }`;
        })
        .join('\n')}
      chain forward {
        type filter hook forward priority 10
        ct state { new, established } meta l4proto { tcp, udp } jump count
      }
      chain count {
        iifname "home0" update @up4 { ip saddr . ip daddr }
        iifname "home0" update @up6 { ip6 saddr . ip6 daddr }
        oifname "home0" update @down4 { ip daddr . ip saddr }
        oifname "home0" update @down6 { ip6 daddr . ip6 saddr }
      }
    }`);
    const file = stage.file('ended', '');
    const listener = stage.start('sh', ['-c', `exec conntrack -E -e DESTROY -o id -b 8388608 > ${file}`], {
      namespace: router.path,
      title: 'conntrack',
    });
    listener.excused = true;
    // it listens by then: what ended before would be in no account
    await listener.said(/Netlink socket buffer size/);
    return new Account(router, file);
  }

  #credit(connection: Connection, counters: Counters): void {
    const amount = minus(counters, connection.counters);
    const owner = this.owners.get(connection.device) ?? connection.device;
    connection.counters = counters;
    add(connection.shares, owner, amount);
    add(this.moved, `${owner} ${connection.remote}`, amount);
  }

  #takeOne({ key, device, remote, counters }: Seen): Connection {
    let connection = this.#alive.get(key);
    if (!connection) {
      connection = { device, remote, counters: UNCOUNTED, shares: new Map() };
      this.#alive.set(key, connection);
    }
    this.#credit(connection, counters);
    return connection;
  }

  #takeEnded(): void {
    const text = readFileSync(this.#file, 'utf8');
    const until = text.lastIndexOf('\n') + 1;
    const lines = text.slice(this.#read, until).split('\n');
    this.#read = until;
    for (const line of lines) {
      const seen = read(line);
      if (!seen) continue;
      this.#ended.push(this.#takeOne(seen));
      this.#alive.delete(seen.key);
    }
  }

  async #list(...options: string[]): Promise<Seen[]> {
    const texts: string[] = [];
    for (const family of ['ipv4', 'ipv6'])
      texts.push(await this.#router.run('conntrack', '-L', '-f', family, '-o', 'id', ...options));
    return texts
      .join('\n')
      .split('\n')
      .flatMap((line) => read(line) ?? []);
  }

  /** Takes in what the kernel says, until conntrack and nft say the same: nothing moves any more. */
  async look(): Promise<void> {
    await until(
      'conntrack and nft to say the same',
      5000,
      async () => {
        await this.#take();
        await this.#count();
        return asText(this.moved) === asText(this.#counted);
      },
      () => `conntrack:\n${asText(this.moved)}\nnft:\n${asText(this.#counted)}`,
    );
  }

  async #take(): Promise<void> {
    this.#takeEnded();
    const listed = await this.#list();
    for (const seen of listed) this.#takeOne(seen);
    const here = new Set(listed.map(({ key }) => key));
    const missing = [...this.#alive.keys()].filter((key) => !here.has(key));
    await until('conntrack to tell what has ended', 5000, () => {
      this.#takeEnded();
      return missing.every((key) => !this.#alive.has(key));
    });
  }

  /**
   * Sets the counters of all entries to zero. What the kernel says while it does so is no account: it sets those of an
   * entry to zero that has no room in its message, and then says it again with nothing (ctnetlink_dump_table).
   */
  async zero(): Promise<void> {
    await this.look();
    for (const { key } of await this.#list('-z')) {
      const connection = this.#alive.get(key);
      if (connection) connection.counters = UNCOUNTED;
    }
  }

  /** What nft has counted. */
  async #count(): Promise<void> {
    for (const set of ['up4', 'up6', 'down4', 'down6'] as const) {
      const { nftables } = JSON.parse(await this.#router.run('nft', '-j', 'list', 'set', 'inet', 'account', set)) as {
        nftables: { set?: { elem?: { elem: { val: { concat: [string, string] }; counter: { bytes: number } } }[] } }[];
      };
      for (const { elem } of nftables.flatMap((one) => one.set?.elem ?? [])) {
        const [device, remote] = elem.val.concat.map(addressBytes) as [string, string];
        const key = `${set} ${device} ${remote}`;
        const direction = set.startsWith('up') ? 'up' : 'down';
        const now = { ...NONE, [direction]: elem.counter.bytes };
        const owner = this.owners.get(device) ?? device;
        add(this.#counted, `${owner} ${remote}`, minus(now, this.#counters.get(key) ?? NONE));
        this.#counters.set(key, now);
      }
    }
  }

  /** The collector has saved what has been looked at. */
  saved(): void {
    for (const { remote, shares } of this.#ended)
      for (const [owner, amount] of shares) add(this.#settled, `${owner} ${remote}`, amount);
    this.#ended = [];
    for (const connection of this.#alive.values())
      connection.saved = { counters: connection.counters, shares: new Map(connection.shares) };
  }

  /** A new session has begun: what has been looked at counts in none. */
  cleared(): void {
    this.#ended = [];
    this.#settled.clear();
    for (const connection of this.#alive.values()) connection.shares = new Map();
    this.saved();
  }

  /** It has started again, with what it had saved, and counts on with what is alive. */
  restarted(): void {
    for (const connection of this.#ended) connection.shares = new Map(connection.saved?.shares ?? []);
    for (const connection of this.#alive.values()) {
      const { counters, saved = { counters: UNCOUNTED, shares: new Map() } } = connection;
      // what was set to zero since then counts from there: what came between is lost
      const zeroed = wentBack(counters, saved.counters);
      connection.shares = new Map(saved.shares);
      const owner = this.owners.get(connection.device) ?? connection.device;
      add(connection.shares, owner, zeroed ? counters : minus(counters, saved.counters));
    }
  }

  /** What connvis has to say: by owner and remote. */
  expected(): Amounts {
    const sums: Amounts = new Map(this.#settled);
    for (const { remote, shares } of [...this.#ended, ...this.#alive.values()])
      for (const [owner, amount] of shares) add(sums, `${owner} ${remote}`, amount);
    return sums;
  }
}
