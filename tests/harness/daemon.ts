// SPDX-License-Identifier: MIT
// Programs that run beside the test: started, listened to, ended by their process id. None outlives the test's
// process, whatever ends that (prctl(2), PR_SET_PDEATHSIG).

import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { timesOf } from './sharing';
import { until, within } from './wait';

const OUTPUT_MAX = 1024 * 1024;
const SANITIZER = /Sanitizer|runtime error:/;
const END_MS = 15_000;
/** Freed memory is soon given back, so that what a daemon holds can be measured. Another clock is preloaded. */
const ASAN_OPTIONS =
  'detect_leaks=1:quarantine_size_mb=1:thread_local_quarantine_size_kb=64:allocator_release_to_os_interval_ms=200:verify_asan_link_order=0';

export interface DaemonOptions {
  /** /proc/PID/ns/net of the network namespace to run in. */
  readonly namespace?: string;
  /** Run as this user and with no capability. */
  readonly user?: number;
  /** More of the environment; its ASAN_OPTIONS come after ours. */
  readonly env?: Readonly<Record<string, string>>;
  readonly title?: string;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Is the thread stopped, or gone? */
function standsStill(thread: string): boolean {
  try {
    return /^State:\s+T/m.test(readFileSync(`${thread}/status`, 'utf8'));
  } catch {
    return true;
  }
}

export class Daemon {
  readonly title: string;
  /** What it has written so far, standard output and error together. */
  output = '';
  ending: Ending | undefined;
  /** What the test has seen to and does not want to hear of again when the stage is taken down. */
  excused = false;

  readonly #child: ChildProcess;
  readonly #ended: Promise<Ending>;

  constructor(program: string, args: readonly string[], options: DaemonOptions = {}) {
    const command = ['setpriv', '--pdeathsig', 'KILL'];
    if (options.namespace) command.push('nsenter', `--net=${options.namespace}`);
    if (options.user !== undefined) {
      const id = String(options.user);
      command.push('setpriv', '--reuid', id, '--regid', id, '--clear-groups', '--inh-caps=-all', '--bounding-set=-all');
      command.push('--pdeathsig', 'KILL');
    }
    command.push(program, ...args);
    this.title = options.title ?? basename(program);
    this.#child = spawn(command[0] as string, command.slice(1), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        UBSAN_OPTIONS: 'print_stacktrace=1',
        ...options.env,
        ASAN_OPTIONS: [ASAN_OPTIONS, options.env?.ASAN_OPTIONS].filter(Boolean).join(':'),
      },
    });
    const listen = (piece: Buffer): void => {
      this.output = (this.output + piece.toString()).slice(-OUTPUT_MAX);
    };
    this.#child.stdout?.on('data', listen);
    this.#child.stderr?.on('data', listen);
    this.#ended = new Promise((done) => {
      this.#child.on('close', (code, signal) => {
        this.ending = { code, signal };
        done(this.ending);
      });
      this.#child.on('error', (error) => {
        this.output += `\n${error.message}\n`;
        this.ending = { code: -1, signal: null };
        done(this.ending);
      });
    });
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error(`${this.title} did not start`);
    return pid;
  }

  /** Waits until its output, from a position on, matches; the match. */
  said(pattern: RegExp, ms = 5000, from = 0): Promise<RegExpExecArray> {
    return until(
      `${this.title} to say ${pattern}`,
      ms,
      () => pattern.exec(this.output.slice(from)),
      () => `It said:\n${this.output.slice(from)}`,
    );
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Stops all its threads, and waits for that: one that is in the kernel goes on until it is out of it. SIGCONT ends it. */
  async hold(): Promise<void> {
    this.signal('SIGSTOP');
    const threads = `/proc/${this.pid}/task`;
    await until(`${this.title} to stand still`, END_MS, () =>
      readdirSync(threads).every((thread) => standsStill(`${threads}/${thread}`)),
    );
  }

  /** Waits until it has ended by itself. */
  ended(ms = END_MS): Promise<Ending> {
    return within(`${this.title} to end; it said:\n${this.output}\n`, ms, this.#ended);
  }

  /** Ends it and waits for it. What must not be is thrown: another ending than by itself with 0, a sanitizer's words. */
  async end(): Promise<void> {
    if (!this.ending) this.signal('SIGTERM');
    try {
      await this.ended();
    } catch (error) {
      this.signal('SIGKILL');
      await this.#ended;
      throw error;
    }
    if (!this.excused) this.check();
  }

  /** Ends it without a farewell. */
  async kill(): Promise<void> {
    this.excused = true;
    this.signal('SIGKILL');
    await this.#ended;
    this.checkSanitizer();
  }

  check(): void {
    this.checkSanitizer();
    if (this.ending && this.ending.code !== 0) {
      throw new Error(`${this.title} ended with ${this.ending.code ?? this.ending.signal}:\n${this.output}`);
    }
  }

  checkSanitizer(): void {
    if (SANITIZER.test(this.output)) throw new Error(`a sanitizer found a fault in ${this.title}:\n${this.output}`);
  }

  /** Milliseconds in which it ran or waited for a processor: one that turns without end has them all, however busy the machine. */
  busyMs(): number {
    const { ran, waited } = timesOf([this.pid]);
    return (ran + waited) / 1e6;
  }

  /** Bytes of resident memory, without files mapped. */
  memory(): number {
    const match = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'));
    if (!match?.[1]) throw new Error(`${this.title} has no memory`);
    return Number(match[1]) * 1024;
  }
}
