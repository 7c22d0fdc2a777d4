// SPDX-License-Identifier: MIT
// A broadcaster to which nothing comes from any collector: for who may watch, and as whom.

import { expect } from 'vitest';
import type { Daemon } from './daemon';
import { fetchText } from './http';
import { asArguments, freePort, type Settings } from './line';
import { programs } from './paths';
import { Browser } from './signing';
import type { Stage } from './stage';
import { Viewer, type ViewerOptions } from './viewer';
import { until } from './wait';

const SOON_MS = 20_000;
/** A viewer is to be closed in 2 s; on a machine that has much else to do that takes longer. */
const CLOSED_MS = 20_000;
/** The close code for who was let in by what has ended. */
const ENDED = 4000;

export class SigningRoom {
  daemon!: Daemon;
  readonly here: Stage;
  readonly port: number;
  readonly #settings: Settings;
  readonly #address: string;

  private constructor(here: Stage, port: number, settings: Settings, address: string) {
    this.here = here;
    this.port = port;
    this.#settings = settings;
    this.#address = address;
  }

  /** Its secrets are in the folder `secrets` of the stage. */
  static async open(here: Stage, settings: Settings = {}, address = '127.0.0.1'): Promise<SigningRoom> {
    const room = new SigningRoom(here, await freePort(), settings, address);
    await room.#start();
    return room;
  }

  async #start(): Promise<void> {
    this.daemon = this.here.start(
      programs.broadcaster,
      asArguments({
        'redis.server': this.here.path('none.sock'),
        'access.folder': this.here.path('secrets'),
        'listen.port': this.port,
        'listen.address': this.#address,
        'status.socket': '',
        ...this.#settings,
      }),
    );
    await this.daemon.said(/Serving at/, SOON_MS);
  }

  async restart(): Promise<void> {
    await this.daemon.end();
    await this.#start();
  }

  browser(from: { readonly localAddress?: string; readonly ca?: string } = {}): Browser {
    return new Browser(this.port, { address: this.#address, ...from });
  }

  async watch(browser: Browser, options: ViewerOptions = {}): Promise<Viewer> {
    const viewer = await Viewer.open(this.here, this.port, {
      address: this.#address,
      ...options,
      headers: { ...browser.headers, ...options.headers },
    });
    await until('the hello', SOON_MS, () => viewer.hello);
    return viewer;
  }

  async metric(line: string): Promise<number> {
    const { body } = await fetchText(this.port, '/metrics', { address: this.#address });
    const found = body.split('\n').find((one) => one.startsWith(`connvis_broadcaster_${line} `));
    return Number(found?.split(' ').at(-1) ?? Number.NaN);
  }
}

/** How long it took until the viewer was closed as one who may not be here any more. Milliseconds. */
export async function closed(viewer: Viewer, since: number): Promise<number> {
  await until('the viewer to be closed', CLOSED_MS, () => viewer.closed);
  expect(viewer.closed?.code).toBe(ENDED);
  return performance.now() - since;
}
