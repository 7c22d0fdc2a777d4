// SPDX-License-Identifier: MIT
// A whole room for a browser: the lab's household with its traffic, and connvis watching its router.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { asArguments, freePort } from './line';
import type { Daemon } from './daemon';
import { fetchText } from './http';
import { command } from './namespace';
import { programs, root } from './paths';
import { Redis } from './redis';
import type { Stage } from './stage';
import { until } from './wait';

const lab = join(root, 'tests/lab/lab');
const hosts = join(root, 'tests/lab/household/hosts');
const traffic = join(programs.inject, '../../traffic/connvis-lab-traffic');

let rooms = 0;

interface State {
  readonly tables: {
    readonly devices?: readonly { readonly id: number; readonly alias: string }[];
    readonly identities?: readonly { readonly id: number; readonly mac: string | null }[];
  };
}

export class Room {
  readonly name: string;
  readonly port: number;
  readonly redis: Redis;
  collector!: Daemon;
  broadcaster!: Daemon;
  readonly #stage: Stage;

  private constructor(stage: Stage, port: number) {
    rooms += 1;
    this.name = `b${process.pid}x${rooms}`;
    this.#stage = stage;
    this.port = port;
    this.redis = new Redis(stage);
  }

  /** busy: the devices talk. */
  static async open(stage: Stage, busy: boolean): Promise<Room> {
    const room = new Room(stage, await freePort());
    stage.onClose(() => command(lab, 'down', room.name).then(() => undefined));
    await command(lab, 'up', room.name, '--owner', String(process.pid), ...(busy ? ['--traffic', traffic] : []));
    await command(programs.makeMmdb, 'lab', hosts, stage.folder);
    await room.redis.start();
    room.startCollector();
    await room.startBroadcaster();
    return room;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  startCollector(): void {
    const settings = {
      'redis.server': this.redis.path,
      'geo.city': this.#stage.path('city.mmdb'),
      'geo.asn': this.#stage.path('asn.mmdb'),
      'geo.copy_folder': this.#stage.folder,
      'dns.journal': 'no',
      'dns.logs': `/run/connvis-lab/${this.name}/dnsmasq.log`,
      'devices.leases': `/run/connvis-lab/${this.name}/leases`,
    };
    this.collector = this.#stage.start(programs.collector, asArguments(settings), {
      namespace: `/run/netns/connvis-${this.name}-router`,
    });
  }

  /** Resolves when frames arrive at it. */
  async startBroadcaster(): Promise<void> {
    const settings = { 'redis.server': this.redis.path, 'listen.port': this.port };
    this.broadcaster = this.#stage.start(programs.broadcaster, asArguments(settings));
    await until(
      'the broadcaster to be healthy',
      15_000,
      async () => {
        const answer = await fetchText(this.port, '/healthz').catch(() => undefined);
        return answer?.status === 200;
      },
      () => this.broadcaster.output,
    );
  }

  /** What the page calls the device with this MAC. */
  async alias(mac: string): Promise<string> {
    return until(`a device with the MAC ${mac}`, 10_000, async () => {
      const { identities } = await this.#state('identities');
      const found = identities?.find((one) => one.mac === mac);
      const { devices } = await this.#state('overview');
      return devices?.find(({ id }) => id === found?.id)?.alias;
    });
  }

  async #state(topic: string): Promise<State['tables']> {
    const { body } = await fetchText(this.port, `/api/v1/state?topic=${topic}`);
    return (JSON.parse(body) as State).tables;
  }

  /** A connection of a device that stays open, over which nothing is sent. Close it with the function given back. */
  connect(device: string, address: string, port: number): () => void {
    const script = `exec 3<>/dev/tcp/${address}/${port}; exec sleep 300`;
    const child = spawn(lab, ['exec', this.name, device, 'bash', '-c', script], { stdio: 'ignore' });
    const close = (): void => void child.kill();
    this.#stage.onClose(close);
    return close;
  }
}
