// SPDX-License-Identifier: MIT
// For a long time everything goes wrong in turn, and one device does what it can to spoil it: the picture is right again each
// time, the others keep what they had, and memory does not grow. An hour, or CONNVIS_SOAK_MINUTES.

import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { mixedDice } from '../../frontend/src/feed/dice';
import { exact } from '../harness/exact';
import { deviceAt, lookups } from '../harness/feed';
import { Line, SHOW_ALL } from '../harness/line';
import { stage, type Stage } from '../harness/stage';
import { sleep } from '../harness/wait';

const MINUTES = Number(process.env.CONNVIS_SOAK_MINUTES ?? 60);
const SEED = Number(process.env.CONNVIS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const MENDED_MS = 15_000;
/** Daemons that have run for less are not looked at: they still fill what they keep. */
const GROWN_UP_MS = 60_000;
const GOOD = '192.0.2.5';
const HOSTILE = '192.0.2.66';
const FORGED = '10.9.0.0/21';
const HOME = `192.0.2.0/25, 2001:db8:77::/64, ${FORGED}`;
const BOTH = { topics: ['overview', 'identities', 'lookups', 'connections'], faithful: true };

/** The same whole numbers for the same seed. */
function randomOf(seed: number): (below: number) => number {
  const roll = mixedDice(seed);
  return (below) => Math.floor(roll() * below);
}

/** dnsmasq's log, as its log-queries=extra writes it. */
class Log {
  readonly path: string;
  #serial = 0;
  #old = 0;

  constructor(stage: Stage) {
    this.path = stage.file('dnsmasq.log', '');
  }

  ask(client: string, names: readonly string[]): void {
    const time = new Date().toString().slice(4, 10).replace(' 0', '  ') + new Date().toTimeString().slice(0, 9);
    const lines = names.map((name) => {
      this.#serial += 1;
      return `${time.trim()} dnsmasq[77]: ${this.#serial} ${client}/4000 query[A] ${name} from ${client}\n`;
    });
    appendFileSync(this.path, lines.join(''));
  }

  rotate(): void {
    this.#old += 1;
    renameSync(this.path, `${this.path}.${this.#old % 3}`);
    writeFileSync(this.path, '');
  }
}

interface Sample {
  readonly pid: number;
  readonly at: number;
  readonly bytes: number;
}

class Soak {
  readonly line: Line;
  readonly log: Log;
  readonly samples: Sample[] = [];
  readonly #pick: (below: number) => number;
  readonly #born = new Map<number, number>();
  #first = 0;
  #hostile = 0;

  constructor(line: Line, log: Log, pick: (below: number) => number) {
    this.line = line;
    this.log = log;
    this.#pick = pick;
  }

  /** What can go wrong, each with how often. */
  async fault(): Promise<string> {
    const { line } = this;
    const faults: readonly (readonly [string, () => unknown])[] = [
      ['churn', () => this.#churn()],
      ['many names', () => this.#askMany()],
      ['forged sources', () => this.#forge()],
      ['many sockets', () => this.#crowd()],
      ['rotation', () => this.log.rotate()],
      ['redis', () => this.#redis()],
      ['cut off', () => line.redis.client().command('CLIENT', 'KILL', 'TYPE', 'pubsub')],
      ['stopped', () => this.#stopped()],
      ['link', () => this.#link()],
      // now and then, so that memory is seen to stay
      ...(this.#pick(6) === 0
        ? ([
            ['collector', () => this.#collector()],
            ['broadcaster', () => this.#broadcaster()],
          ] as const)
        : []),
    ];
    const [name, act] = faults[this.#pick(faults.length)] as (typeof faults)[number];
    await act();
    return name;
  }

  measure(): void {
    const at = performance.now();
    for (const daemon of [this.line.collector, this.line.broadcaster]) {
      if (!this.#born.has(daemon.pid)) this.#born.set(daemon.pid, at);
      if (at - (this.#born.get(daemon.pid) ?? at) > GROWN_UP_MS)
        this.samples.push({ pid: daemon.pid, at, bytes: daemon.memory() });
    }
  }

  async #churn(): Promise<void> {
    await this.line.inject('--count', '0', '--flush', '--quiet');
    this.#first += 5000;
    await this.line.inject('--count', String(200 + this.#pick(2000)), '--first', String(this.#first), '--quiet');
  }

  #askMany(): void {
    const names = Array.from({ length: 5000 }, () => `x${(this.#hostile += 1)}.spoil.example`);
    this.log.ask(HOSTILE, names);
  }

  async #forge(): Promise<void> {
    this.#first += 5000;
    const where = ['--family', '4', '--devices', FORGED, '--remotes', '203.0.113.0/24', '--timeout', '20'];
    await this.line.inject('--count', '1500', '--first', String(this.#first), ...where, '--quiet');
  }

  /** Who connects, and takes all without looking at it. */
  async #crowd(): Promise<void> {
    const url = `ws://127.0.0.1:${this.line.port}/feed`;
    const sockets = Array.from({ length: 80 }, () => {
      const socket = new WebSocket(url, 'connvis.v1', { origin: url.replace(/^ws/, 'http').replace('/feed', '') });
      socket.on('open', () => socket.send('watch home overview'));
      socket.on('error', () => undefined);
      return socket;
    });
    await sleep(1500);
    for (const socket of sockets) socket.terminate();
  }

  async #redis(): Promise<void> {
    await this.line.redis.stop();
    await sleep(this.#pick(3000));
    await this.line.redis.start();
  }

  async #stopped(): Promise<void> {
    const daemon = this.#pick(2) ? this.line.collector : this.line.broadcaster;
    daemon.signal('SIGSTOP');
    await sleep(500 + this.#pick(4000));
    daemon.signal('SIGCONT');
  }

  async #link(): Promise<void> {
    await this.line.router.run('ip', 'link', 'set', 'home0', 'down');
    await sleep(this.#pick(1000));
    await this.line.router.run('ip', 'link', 'set', 'home0', 'up');
  }

  async #collector(): Promise<void> {
    this.line.collector.excused = true;
    this.line.collector.signal('SIGKILL');
    await this.line.collector.ended();
    this.line.startCollector();
  }

  async #broadcaster(): Promise<void> {
    this.line.broadcaster.excused = true;
    this.line.broadcaster.signal('SIGKILL');
    await this.line.broadcaster.ended();
    await this.line.startBroadcaster();
  }
}

/** How much more a process holds at the end than at the beginning, at least; 0 where it did not live for long. */
function growth(samples: readonly Sample[], pid: number): number {
  const own = samples.filter((sample) => sample.pid === pid).map(({ bytes }) => bytes);
  if (own.length < 12) return 0;
  const third = Math.floor(own.length / 3);
  return Math.min(...own.slice(-third)) - Math.max(...own.slice(0, third));
}

describe('for a long time', () => {
  test('everything goes wrong, and is right again', { timeout: (MINUTES + 3) * 60_000 }, async () => {
    const here = stage();
    console.log(`CONNVIS_SEED=${SEED}`);
    const log = new Log(here);
    const line = await Line.start(here, {
      collector: {
        ...SHOW_ALL,
        'networks.home': HOME,
        'dns.logs': log.path,
        'dns.journal': 'no',
        'state.folder': here.path('state'),
        'limits.lookups': 20_000,
      },
    });
    await line.router.run('ip', 'link', 'add', 'home0', 'type', 'veth', 'peer', 'name', 'devices0');
    await line.router.run('ip', 'link', 'set', 'devices0', 'up');
    await line.router.run('ip', 'address', 'add', '192.0.2.126/25', 'dev', 'home0');
    await line.router.run('ip', 'link', 'set', 'home0', 'up');
    const viewer = await line.viewer(BOTH);
    const soak = new Soak(line, log, randomOf(SEED));
    const end = performance.now() + MINUTES * 60_000;
    const done: Record<string, number> = {};
    const slowest: Record<string, number> = {};
    for (let round = 0; performance.now() < end; round++) {
      log.ask(GOOD, [`good${round}.example`]);
      const name = await soak.fault();
      done[name] = (done[name] ?? 0) + 1;
      const began = performance.now();
      await exact(line, viewer, MENDED_MS).catch((error: unknown) => {
        throw new Error(`after “${name}”: ${(error as Error).message}`);
      });
      await viewer.live(MENDED_MS);
      slowest[name] = Math.max(slowest[name] ?? 0, Math.round(performance.now() - began));
      log.ask(GOOD, ['always.example']);
      await viewer.until(`the good device’s lookup after “${name}”`, MENDED_MS, (v) =>
        lookups(v).some(({ name: of, device }) => of === 'always.example' && device?.id === deviceAt(v, GOOD)?.id),
      );
      soak.measure();
    }
    console.log('faults, and the longest until all was right, ms:', done, slowest);
    for (const daemon of [line.collector, line.broadcaster]) {
      const grown = growth(soak.samples, daemon.pid) / 2 ** 20;
      console.log(`${daemon.title}: ${grown.toFixed(1)} MiB more`);
      expect(grown).toBeLessThan(8);
    }
  });
});
