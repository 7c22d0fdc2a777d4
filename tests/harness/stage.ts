// SPDX-License-Identifier: MIT
// What one test (or the tests of one file) builds: a temporary folder, and things to take down in reverse order.

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, onTestFailed, onTestFinished } from 'vitest';
import { Daemon, type DaemonOptions } from './daemon';
import { makeFolder } from './folder';

export class Stage {
  /** Readable for every user. */
  readonly folder: string;
  readonly #daemons: Daemon[] = [];
  readonly #closers: (() => void | Promise<void>)[] = [];

  constructor() {
    this.folder = makeFolder();
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  file(name: string, text: string | Uint8Array): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  start(program: string, args: readonly string[], options: DaemonOptions = {}): Daemon {
    const daemon = new Daemon(program, args, options);
    this.#daemons.push(daemon);
    this.onClose(() => daemon.end());
    return daemon;
  }

  onClose(close: () => void | Promise<void>): void {
    this.#closers.push(close);
  }

  /** Takes all down, last things first, and throws what went wrong. */
  async close(): Promise<void> {
    const problems: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        problems.push(error);
      }
    }
    rmSync(this.folder, { recursive: true, force: true });
    if (problems.length > 0) throw problems[0];
  }

  /** What all daemons have said. */
  report(): string {
    return this.#daemons.map((d) => `--- ${d.title} (${d.ending ? 'ended' : 'runs'})\n${d.output}`).join('\n');
  }
}

/** A stage for the test that runs now. */
export function stage(): Stage {
  const made = new Stage();
  onTestFinished(() => made.close());
  onTestFailed(() => console.error(made.report()));
  return made;
}

/** A stage for all tests of a file or describe block: to be called there. */
export function sharedStage(): Stage {
  const made = new Stage();
  afterEach((context) => {
    if (context.task.result?.state === 'fail') console.error(made.report());
  });
  afterAll(() => made.close());
  return made;
}
