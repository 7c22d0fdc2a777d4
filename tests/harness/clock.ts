// SPDX-License-Identifier: MIT
// A clock of both daemons that is set while they run (clock/clock.c).

import { closeSync, copyFileSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { clockLibrary } from './paths';
import type { Stage } from './stage';

const WIDTH = 24;

/** It is not made for machines of 32 bits. */
export const hasClock = !['arm', 'ia32', 'mipsel'].includes(process.arch);

export class Clock {
  readonly env: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor(here: Stage) {
    const folder = here.path('clock');
    mkdirSync(folder);
    const library = join(folder, 'clock.so');
    copyFileSync(clockLibrary, library);
    this.#file = join(folder, 'shift');
    writeFileSync(this.#file, '0'.padEnd(WIDTH));
    this.env = { LD_PRELOAD: library };
  }

  /** Seconds from the machine's own clock. In place: it is read all the time. */
  set(seconds: number): void {
    const file = openSync(this.#file, 'r+');
    writeSync(file, `${seconds}000000000`.padEnd(WIDTH), 0);
    closeSync(file);
  }
}
