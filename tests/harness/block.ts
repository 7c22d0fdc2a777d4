// SPDX-License-Identifier: MIT
// A street of devices whose holders can open the page: a broadcaster on their router, and another one beside it.

import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Daemon } from './daemon';
import { deviceOf } from './feed';
import { asArguments, Line, type Settings } from './line';
import { find, programs } from './paths';
import type { Stage } from './stage';
import { Street, type Device } from './street';
import type { Town } from './town';
import type { Viewer } from './viewer';

export const MACS = ['3c:a9:f4:10:20:21', '9e:77:02:10:20:32', '5a:31:9c:10:20:31'] as const;
export const REMOTE = '198.51.100.7';
export const SOON_MS = 15_000;
const PORT = 8088;

/** Of the device of that number. */
export const addressOf = (i: number): string => `192.168.77.${10 + i}`;

const doorway = fileURLToPath(new URL('./doorway.ts', import.meta.url));

interface BlockOptions {
  readonly collector?: Settings;
  /** Of the broadcaster on the router. */
  readonly onRouter?: Settings;
  /** Of the one beside it. */
  readonly beside?: Settings;
  /** Whose street it is; without one it has three devices, and nothing behind the router. */
  readonly town?: Town;
}

/** Each device has an address, of which the router knows. */
async function settle(street: Street, town: Town | undefined): Promise<void> {
  for (const [i, device] of street.devices.entries()) {
    const address = addressOf(i);
    const resident = town?.residents[i];
    if (resident) {
      await town.give(resident, address);
      await town.introduce(resident, address);
    } else await device.move(address);
    await street.connect(address, REMOTE, 500 + i);
  }
}

export class Block {
  readonly street: Street;
  readonly line: Line;
  readonly router: Daemon;
  readonly #here: Stage;

  private constructor(here: Stage, street: Street, line: Line, router: Daemon) {
    this.#here = here;
    this.street = street;
    this.line = line;
    this.router = router;
  }

  static async make(here: Stage, options: BlockOptions = {}): Promise<Block> {
    const { collector = {}, onRouter = {}, beside = {}, town } = options;
    const street = town?.street ?? (await Street.make(here, MACS));
    const line = await Line.start(here, {
      router: street.router,
      collector: { ...street.settings, ...collector },
      broadcaster: beside,
    });
    const own = { 'redis.server': line.redis.path, 'listen.address': '192.168.77.1', 'listen.port': PORT };
    const settings = { ...own, ...onRouter };
    const router = here.start(programs.broadcaster, asArguments(settings), { namespace: street.router.path });
    await router.said(/Serving at/, SOON_MS);
    const block = new Block(here, street, line, router);
    await settle(street, town);
    for (const device of street.devices) {
      const name = block.#socket(device);
      const door = here.start(programs.viteNode, [doorway, name, '192.168.77.1', String(PORT)], {
        namespace: device.namespace.path,
        title: 'doorway',
      });
      await door.said(/ready/, 20_000);
    }
    return block;
  }

  #socket(device: Device): string {
    return this.#here.path(`${device.mac.replaceAll(':', '')}.sock`);
  }

  device(i: number): Device {
    return this.street.devices[i] as Device;
  }

  /** Whoever holds the device watches these topics. */
  watcher(i: number, topics: readonly string[]): Promise<Viewer> {
    return this.line.viewer({ through: this.#socket(this.device(i)), topics });
  }

  /** Whoever holds the device opens the page, which knows all devices. */
  async holder(i: number): Promise<Viewer> {
    const viewer = await this.line.viewer({ through: this.#socket(this.device(i)) });
    await viewer.until('all devices', SOON_MS, (v) => MACS.every((mac) => deviceOf(v, mac)));
    return viewer;
  }

  /** Of the page on the router, for whoever is on the street. */
  get url(): string {
    return `http://192.168.77.1:${PORT}/`;
  }

  /** A program that is Chromium on that device. */
  chromium(i: number): string {
    const { pid } = this.device(i).namespace;
    const script = `#!/bin/sh\nexec nsenter --target ${pid} --net '${find('chromium-headless-shell')}' "$@"\n`;
    const path = this.#here.file(`chromium-${i}`, script);
    chmodSync(path, 0o755);
    return path;
  }

  /** What the broadcaster on the router counts. */
  async count(name: string): Promise<number> {
    const url = `${this.url}metrics`;
    const text = await this.device(2).namespace.run('curl', '-sS', '--max-time', '10', url);
    const line = text.split('\n').find((one) => one.startsWith(`connvis_broadcaster_${name} `));
    return Number(line?.split(' ')[1] ?? Number.NaN);
  }
}
