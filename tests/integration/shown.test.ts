// SPDX-License-Identifier: MIT
// What the kernel forwards is what the page shows: in the lab, each pair of device and address that talked, and no other.

import { expect, test } from 'vitest';
import { command } from '../harness/namespace';
import { PageStore } from '../harness/page-store';
import { Room } from '../harness/room';
import { stage } from '../harness/stage';
import { sleep } from '../harness/wait';
import { Viewer } from '../harness/viewer';

/** CONNVIS_LAB_SECONDS=180 looks for longer. */
const SECONDS = Number(process.env.CONNVIS_LAB_SECONDS ?? 20);
const LOOK_MS = 200;
/** From a packet to the page, and from the page's eye to the next look. */
const LATE_MS = 4000;

/** A set of the pairs that the router forwards, as "from to", in both families. */
const RULES = `table inet connvis_account {
  set four { type ipv4_addr . ipv4_addr; size 65535; flags dynamic; }
  set six { type ipv6_addr . ipv6_addr; size 65535; flags dynamic; }
  chain forward {
    type filter hook forward priority 10;
    add @four { ip saddr . ip daddr }
    add @six { ip6 saddr . ip6 daddr }
  }
}`;

interface Nft {
  readonly nftables: readonly {
    readonly set?: { readonly elem?: readonly { readonly concat: readonly string[] }[] };
  }[];
}

class Router {
  readonly #name: string;

  constructor(room: Room) {
    this.#name = `connvis-${room.name}-router`;
  }

  run(...args: string[]): Promise<string> {
    return command('ip', 'netns', 'exec', this.#name, ...args);
  }

  count(): Promise<string> {
    return this.run('nft', RULES);
  }

  async pairs(): Promise<Set<string>> {
    const listed = JSON.parse(await this.run('nft', '-j', 'list', 'table', 'inet', 'connvis_account')) as Nft;
    return new Set(listed.nftables.flatMap(({ set }) => (set?.elem ?? []).map(({ concat }) => concat.join(' '))));
  }
}

test('all that talked in the lab was shown, and nothing else', { timeout: SECONDS * 1000 + 90_000 }, async () => {
  const here = stage();
  const room = await Room.open(here, true);
  const router = new Router(room);
  const viewer = await Viewer.open(here, room.port);
  const store = new PageStore(viewer);
  await viewer.until('the household to talk', 20_000, (v) => v.rows('conversations').length > 20);
  await router.count();
  // what the page knows until then may be of before
  await sleep(LATE_MS);
  const begin = store.select().now;

  /** "address of a device, address of a remote", of all that was shown. */
  const shown = new Set<string>();
  const later = new Set<string>();
  let pairs = new Set<string>();
  const end = performance.now() + SECONDS * 1000 + LATE_MS;
  while (performance.now() < end) {
    if (performance.now() < end - LATE_MS) pairs = await router.pairs();
    for (const { device, remote, seen } of store.select().conversations) {
      for (const address of device.addresses) {
        shown.add(`${address} ${remote.address}`);
        if (seen > begin) later.add(`${address} ${remote.address}`);
      }
    }
    await sleep(LOOK_MS);
  }

  const mine = new Set(store.select().devices.flatMap(({ addresses }) => addresses));
  const talked = [...pairs].filter((pair) => {
    const [from, to] = pair.split(' ') as [string, string];
    return mine.has(from) && !mine.has(to) && pairs.has(`${to} ${from}`);
  });
  expect(talked.length).toBeGreaterThan(20);
  expect(talked.filter((pair) => !shown.has(pair))).toEqual([]);

  const all = await router.pairs();
  const alive = (pair: string): boolean => {
    const [device, remote] = pair.split(' ');
    return all.has(pair) || all.has(`${remote} ${device}`);
  };
  // a device has several addresses, and one of them talked
  const remotes = [...later].map((pair) => pair.split(' ')[1] as string);
  const silent = remotes.filter((remote) => ![...mine].some((address) => alive(`${address} ${remote}`)));
  expect(silent).toEqual([]);
  console.log(`${talked.length} pairs talked in ${SECONDS} s, ${later.size} came in that time`);
});
