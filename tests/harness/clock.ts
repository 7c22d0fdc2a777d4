// SPDX-License-Identifier: MIT
// A clock of both daemons that is set while they run (clock/clock.c).

import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clockLibrary } from './paths';
import type { Stage } from './stage';

const WIDTH = 24;

/** It is not made for machines of 32 bits. */
export const hasClock = !['arm', 'ia32', 'mipsel'].includes(process.arch);

/** Nanoseconds by which the tests' own clock is moved. */
function ownShift(): bigint {
  const library = process.env.LD_PRELOAD;
  return library === undefined ? 0n : BigInt(readFileSync(join(dirname(library), 'shift'), 'utf8').trim());
}

export class Clock {
  readonly env: Readonly<Record<string, string>>;
  readonly #file: string;

  constructor(here: Stage) {
    const folder = here.path('clock');
    mkdirSync(folder);
    const library = join(folder, 'clock.so');
    copyFileSync(clockLibrary, library);
    this.#file = join(folder, 'shift');
    writeFileSync(this.#file, String(ownShift()).padEnd(WIDTH));
    this.env = { LD_PRELOAD: library };
  }

  /** Whole seconds from the tests' own clock. In place: it is read all the time. */
  set(seconds: number): void {
    const file = openSync(this.#file, 'r+');
    writeSync(file, String(ownShift() + BigInt(seconds) * 1_000_000_000n).padEnd(WIDTH), 0);
    closeSync(file);
  }
}
