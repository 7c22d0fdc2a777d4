// SPDX-License-Identifier: MIT
// A real dnsmasq, fifty devices that ask it for names on shared addresses all at once, and an oracle that knows which
// device was told what.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addressBytes } from '../harness/conntrack';
import { deviceAt, remoteAt, talks } from '../harness/feed';
import { Line } from '../harness/line';
import { NEIGHBOURHOOD_NETWORKS, Neighbourhood, type Client } from '../harness/neighbourhood';
import { stage, type Stage } from '../harness/stage';
import { until } from '../harness/wait';
import type { Viewer } from '../harness/viewer';

const CLIENTS = 50;
const NAMES = 120;
const ROUNDS = 12;
/** Shared addresses of each family. */
const ADDRESSES = 16;

const ipv4 = (i: number): string => `198.51.100.${10 + (i % ADDRESSES)}`;
const ipv6 = (i: number): string => `2001:db8:1000::${(10 + (i % ADDRESSES)).toString(16)}`;

/** Names of one to three shared addresses, one in three behind a chain of aliases that lead to a name of somebody else. */
function records(): string[] {
  return Array.from({ length: NAMES }, (_, i) => {
    const owner = i % 3 === 0 ? `edge${i}.cdn.example` : `www.site${i}.example`;
    const hosts = Array.from(
      { length: 1 + (i % 3) },
      (_, k) => `host-record=${owner},${ipv4(i * 7 + k)},${ipv6(i * 5 + k)}`,
    );
    const chain =
      i % 3 === 0
        ? [`cname=www.site${i}.example,site${i}.map.cdn.example`, `cname=site${i}.map.cdn.example,${owner}`]
        : [];
    return [...hosts, ...chain];
  }).flat();
}

/** What a device was told last about each address, and all that it was ever told. */
interface Truth {
  readonly last: Map<string, string>;
  readonly ever: Map<string, Set<string>>;
}

async function ask(client: Client, truth: Truth, name: string): Promise<void> {
  // both kinds of addresses at once, over either family
  const over = (): Client['over4'] => (Math.random() < 0.5 ? client.over4 : client.over6);
  const answers = await Promise.all([over().resolve4(name), over().resolve6(name)]);
  for (const address of answers.flat().map(addressBytes)) {
    truth.last.set(address, name);
    truth.ever.set(address, (truth.ever.get(address) ?? new Set()).add(name));
  }
}

/** Each client asks for one name after the other; all clients at once. */
async function askAll(clients: readonly Client[]): Promise<Truth[]> {
  return Promise.all(
    clients.map(async (client) => {
      const truth: Truth = { last: new Map(), ever: new Map() };
      for (let round = 0; round < ROUNDS; round++) {
        // few names at first, so that several clients wait for the same answer
        const among = round < ROUNDS / 2 ? 8 : NAMES;
        await ask(client, truth, `www.site${Math.floor(Math.random() * among)}.example`);
      }
      return truth;
    }),
  );
}

const text = (bytes: string): string =>
  bytes.length === 8 ? Buffer.from(bytes, 'hex').join('.') : (bytes.match(/.{4}/g) ?? []).join(':');

interface Verdict {
  total: number;
  right: number;
  unnamed: number;
  /** Named by something that this device never got this address for. */
  foreign: string[];
  /** Named by an older lookup of its own. */
  older: string[];
}

async function room(
  here: Stage,
  log: 'extra' | 'plain',
): Promise<{ viewer: Viewer; truths: Truth[]; homes: Neighbourhood }> {
  const homes = await Neighbourhood.make(here, { clients: CLIENTS + 1, log, names: records() });
  const line = await Line.start(here, {
    router: homes.router,
    collector: { 'networks.home': NEIGHBOURHOOD_NETWORKS, 'dns.journal': 'no', 'dns.logs': homes.log },
  });
  const viewer = await line.viewer();
  const truths = await askAll(homes.clients.slice(0, CLIENTS));
  const lines = readFileSync(homes.log, 'utf8').split('\n');
  const some = (pattern: RegExp): number => lines.filter((each) => pattern.test(each)).length;
  console.log(
    `${some(/query\[/)} questions, ${some(/forwarded/)} forwarded, ${some(/duplicate/)} while another waited for the same`,
  );
  expect(some(/forwarded/)).toBeGreaterThan(200);
  const pairs = truths.flatMap(({ last }, i) => {
    const client = homes.clients[i] as Client;
    return [...last.keys()].map((address) => ({
      from: address.length === 8 ? client.ipv4 : client.ipv6,
      to: text(address),
    }));
  });
  // the one more asks for nothing
  const silent = homes.clients[CLIENTS] as Client;
  for (let i = 0; i < ADDRESSES; i++) pairs.push({ from: silent.ipv4, to: ipv4(i) });
  await homes.converse(pairs);
  await viewer.until('all conversations', 20_000, (v) => v.rows('conversations').length === pairs.length);
  expect(pairs.length).toBeGreaterThan(CLIENTS * 8);
  return { viewer, truths, homes };
}

function judge(viewer: Viewer, homes: Neighbourhood, truths: readonly Truth[]): Verdict {
  const verdict: Verdict = { total: 0, right: 0, unnamed: 0, foreign: [], older: [] };
  const all = talks(viewer);
  truths.forEach((truth, i) => {
    const client = homes.clients[i] as Client;
    const device = deviceAt(viewer, client.ipv4);
    expect(device, client.ipv4).toBeDefined();
    expect(deviceAt(viewer, client.ipv6)?.id, client.ipv6).toBe(device?.id);
    for (const talk of all.filter((t) => t.device?.id === device?.id)) {
      const told = truth.last.get(talk.remote);
      const note = `${client.ipv4} with ${text(talk.remote)}: ${talk.name}, should be ${told}`;
      verdict.total += 1;
      if (talk.name === told) verdict.right += 1;
      else if (talk.name === null) verdict.unnamed += 1;
      else if (truth.ever.get(talk.remote)?.has(talk.name)) verdict.older.push(note);
      else verdict.foreign.push(note);
    }
  });
  return verdict;
}

/** The verdict as soon as all is right or something is wrong, or after `ms`: the log is read behind the conversations, and
 * until then the lookup before the last names a device's conversation. */
async function settled(ms: number, viewer: Viewer, homes: Neighbourhood, truths: readonly Truth[]): Promise<Verdict> {
  let verdict = judge(viewer, homes, truths);
  await until('all names', ms, () => {
    verdict = judge(viewer, homes, truths);
    return verdict.right === verdict.total || verdict.foreign.length > 0;
  }).catch(() => undefined);
  const { right, total, unnamed, older, foreign } = verdict;
  console.log(`${right} of ${total} right, ${unnamed} without a name, ${older.length} older, ${foreign.length} wrong`);
  return verdict;
}

describe('fifty devices that ask for names on shared addresses at once', () => {
  test('each conversation has the right name, with log-queries=extra', async () => {
    const { viewer, truths, homes } = await room(stage(), 'extra');
    const verdict = await settled(10_000, viewer, homes, truths);
    expect(verdict.foreign).toEqual([]);
    expect(verdict.older).toEqual([]);
    expect(verdict.right).toBe(verdict.total);
    expect(viewer.site().lookup_losses).toBe(0);

    // who asked for nothing has no names of its own; the addresses keep those of the others
    const silent = deviceAt(viewer, (homes.clients[CLIENTS] as Client).ipv4);
    expect(
      talks(viewer)
        .filter(({ device }) => device?.id === silent?.id)
        .map(({ name }) => name),
    ).toEqual(Array(ADDRESSES).fill(null));
    expect(silent).toMatchObject({ unseen: 0, looked_up: null });
    for (let i = 0; i < ADDRESSES; i++) {
      const known = viewer.rows('names').find(({ id }) => id === remoteAt(viewer, ipv4(i))?.name);
      const told = new Set(truths.flatMap(({ last }) => last.get(addressBytes(ipv4(i))) ?? []));
      expect(told).toContain(known?.name);
    }
  });

  test('without serials none has a wrong name, and nine in ten have the right one', async () => {
    const { viewer, truths, homes } = await room(stage(), 'plain');
    await viewer.live(3000);
    const verdict = await settled(2000, viewer, homes, truths);
    expect(verdict.foreign).toEqual([]);
    expect(verdict.right).toBeGreaterThanOrEqual(0.9 * verdict.total);
  });
});
