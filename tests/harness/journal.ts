// SPDX-License-Identifier: MIT
// Journal files that systemd-journal-remote(8) writes, from lines in the journal export format
// (systemd.io/JOURNAL_EXPORT_FORMATS).

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from './stage';

const PROGRAM = '/lib/systemd/systemd-journal-remote';

const THIS_BOOT = readFileSync('/proc/sys/kernel/random/boot_id', 'ascii').replaceAll('-', '').trim();

export interface JournalOptions {
  readonly identifier?: string;
  readonly unit?: string;
  readonly ago?: number;
  readonly shift?: number;
}

export const hasJournalRemote = (): boolean => existsSync(PROGRAM);

export class JournalWriter {
  readonly folder: string;
  readonly #child: ChildProcess;
  #monotonic = 1_000_000;

  constructor(stage: Stage, name: string) {
    this.folder = stage.path(name);
    mkdirSync(this.folder);
    this.#child = spawn(PROGRAM, [`--output=${join(this.folder, 'test.journal')}`, '-'], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const ended = new Promise((done) => this.#child.on('close', done));
    stage.onClose(async () => {
      this.#child.stdin?.end();
      await ended;
    });
  }

  /**
   * One message of a program, so many milliseconds ago; shift: by a clock that many seconds from ours, in this boot. Else
   * it is as from another machine.
   */
  write(message: string, options: JournalOptions = {}): void {
    const { identifier = 'dnsmasq', unit = 'dnsmasq.service', ago = 0, shift } = options;
    this.#monotonic += 1000;
    const monotonic = shift === undefined ? this.#monotonic : Number(process.hrtime.bigint() / 1000n) - ago * 1000;
    const fields = [
      `__REALTIME_TIMESTAMP=${(Date.now() - ago + (shift ?? 0) * 1000) * 1000}`,
      `__MONOTONIC_TIMESTAMP=${monotonic}`,
      `_BOOT_ID=${shift === undefined ? '0123456789abcdef0123456789abcdef' : THIS_BOOT}`,
      '_TRANSPORT=syslog',
      'PRIORITY=6',
      `SYSLOG_IDENTIFIER=${identifier}`,
      `_SYSTEMD_UNIT=${unit}`,
      '_PID=77',
      `MESSAGE=${message}`,
    ];
    this.#child.stdin?.write(`${fields.join('\n')}\n\n`);
  }
}
