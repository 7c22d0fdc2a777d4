// SPDX-License-Identifier: MIT
// Network namespaces without a name: each lives as long as a process that does nothing, which ends with the test's
// process. So nothing is ever left behind, even when that is killed.

import { execFile, execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import { Daemon } from './daemon';
import type { Stage } from './stage';
import { until } from './wait';

const run = promisify(execFile);
const OUTPUT_MAX = 64 * 1024 * 1024;

/** Runs a command in the test's own namespace; its output. Throws when it fails. */
export async function command(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(program, args, { maxBuffer: OUTPUT_MAX, timeout: 60_000 });
  return stdout;
}

function netOf(pid: number | 'self'): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return '';
  }
}

export class Namespace {
  readonly pid: number;
  readonly path: string;

  private constructor(pid: number) {
    this.pid = pid;
    this.path = `/proc/${pid}/ns/net`;
  }

  static async make(stage: Stage): Promise<Namespace> {
    const holder = new Daemon('unshare', ['--net', '--', 'sleep', 'infinity'], { title: 'a network namespace' });
    stage.onClose(() => holder.kill());
    await until('a network namespace', 5000, () => netOf(holder.pid) !== '' && netOf(holder.pid) !== netOf('self'));
    const made = new Namespace(holder.pid);
    await made.run('ip', 'link', 'set', 'lo', 'up');
    // A link-local address that is still looked for elsewhere (RFC 4862) solicits no neighbour: what is forwarded in the
    // first second would wait until it is sent again.
    await made.set('net.ipv6.conf.default.dad_transmits', '0');
    return made;
  }

  /** The network namespace of a process, which somebody else keeps alive. */
  static of(pid: number): Namespace {
    return new Namespace(pid);
  }

  run(program: string, ...args: string[]): Promise<string> {
    return command('nsenter', `--net=${this.path}`, program, ...args);
  }

  async set(name: string, value: string): Promise<void> {
    await this.run('sysctl', '-q', '-w', `${name}=${value}`);
  }

  nft(rules: string): void {
    execFileSync('nsenter', [`--net=${this.path}`, 'nft', '-f', '-'], { input: rules });
  }

  /** The kernel tracks connections here from now on, and counts their packets and bytes. */
  async track(counting = true): Promise<void> {
    this.nft(`table inet connvis_test {
      chain track {
        type filter hook forward priority filter
        ct state new accept
      }
    }`);
    await this.set('net.netfilter.nf_conntrack_acct', counting ? '1' : '0');
    await this.set('net.netfilter.nf_conntrack_timestamp', '1');
    await this.set('net.netfilter.nf_conntrack_events', '1');
  }
}
