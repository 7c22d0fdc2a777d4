// SPDX-License-Identifier: MIT
// The whole line: Redis, the collector in a network namespace where connections are tracked, the broadcaster here.

import { createServer } from 'node:net';
import type { Daemon } from './daemon';
import { fetchText } from './http';
import { Namespace } from './namespace';
import { programs } from './paths';
import { Redis } from './redis';
import type { Stage } from './stage';
import { until } from './wait';
import { Viewer, type ViewerOptions } from './viewer';

export type Settings = Readonly<Record<string, string | number>>;

export const asArguments = (settings: Settings): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]);

/** The networks of connvis-inject's devices, here with an end for each interface's address. */
export const INJECT_HOME = '192.0.2.0/25, 2001:db8:77::/64';

/** What a collector is told on a router of those devices: where its Redis is, and a folder that it may write to. */
export const collectorSettings = (redis: string, folder: string): Settings => ({
  'redis.server': redis,
  'networks.mode': 'router',
  'networks.home': INJECT_HOME,
  'geo.copy_folder': folder,
});

/** What lets every entry into the feed. */
export const SHOW_ALL: Settings = { 'selection.router': 'yes', 'selection.home_dns': 'yes', 'selection.inside': 'yes' };

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

export interface LineOptions {
  readonly collector?: Settings;
  /** The collector's program, where it is not the ordinary one. */
  readonly program?: string;
  readonly broadcaster?: Settings;
  /** Where the collector runs; one is made when there is none. */
  readonly router?: Namespace;
  readonly counting?: boolean;
  /** Of several lines, which runs already; a line without has its own. */
  readonly redis?: Redis;
  /** Of both daemons. */
  readonly env?: Readonly<Record<string, string>>;
}

export class Line {
  readonly stage: Stage;
  readonly router: Namespace;
  readonly redis: Redis;
  readonly port: number;
  collector!: Daemon;
  broadcaster!: Daemon;
  readonly #options: LineOptions;

  private constructor(stage: Stage, router: Namespace, port: number, options: LineOptions) {
    this.stage = stage;
    this.router = router;
    this.redis = options.redis ?? new Redis(stage);
    this.port = port;
    this.#options = options;
  }

  /** The parts, none of which runs yet. */
  static async prepare(stage: Stage, options: LineOptions = {}): Promise<Line> {
    const router = options.router ?? (await Namespace.make(stage));
    if (!options.router) await router.track(options.counting ?? true);
    return new Line(stage, router, await freePort(), options);
  }

  static async start(stage: Stage, options: LineOptions = {}): Promise<Line> {
    const line = await Line.prepare(stage, options);
    if (!options.redis) await line.redis.start();
    line.startCollector();
    await line.startBroadcaster();
    await line.healthy();
    return line;
  }

  startCollector(more: Settings = {}): Daemon {
    const settings: Settings = {
      ...collectorSettings(this.redis.path, this.stage.folder),
      ...this.#options.collector,
      ...more,
    };
    this.collector = this.stage.start(this.#options.program ?? programs.collector, asArguments(settings), {
      namespace: this.router.path,
      env: this.#options.env ?? {},
    });
    return this.collector;
  }

  /** Resolves when it listens. */
  async startBroadcaster(more: Settings = {}): Promise<Daemon> {
    const settings: Settings = {
      'redis.server': this.redis.path,
      'listen.port': this.port,
      'limits.viewers_per_address': 1000,
      ...this.#options.broadcaster,
      ...more,
    };
    const broadcaster = this.stage.start(programs.broadcaster, asArguments(settings), {
      env: this.#options.env ?? {},
    });
    this.broadcaster = broadcaster;
    await until(
      'the broadcaster to listen',
      10_000,
      async () => {
        if (broadcaster.ending) throw new Error(`the broadcaster ended:\n${broadcaster.output}`);
        return (await this.get('/metrics').catch(() => undefined)) !== undefined;
      },
      () => broadcaster.output,
    );
    return broadcaster;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): ReturnType<typeof fetchText> {
    return fetchText(this.port, path, { headers });
  }

  /** Frames arrive at the broadcaster. */
  async healthy(ms = 10_000): Promise<void> {
    await until('the broadcaster to be healthy', ms, async () => (await this.get('/healthz')).status === 200);
  }

  viewer(options: ViewerOptions = {}): Promise<Viewer> {
    return Viewer.open(this.stage, this.port, options);
  }

  /** One number of the broadcaster's metrics: the sum over the lines whose name and labels match. */
  async metric(pattern: RegExp): Promise<number> {
    const { body } = await this.get('/metrics');
    return body
      .split('\n')
      .filter((line) => !line.startsWith('#') && pattern.test(line))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  /** Makes entries in the router's conntrack table: the options of connvis-inject. */
  inject(...options: string[]): Promise<string> {
    return this.router.run(programs.inject, ...options);
  }
}
