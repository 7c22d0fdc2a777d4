// SPDX-License-Identifier: MIT
// A booted systemd with a live journald, in a container whose root is this machine's own, with changes kept in memory
// (systemd-nspawn(1), --volatile=overlay). It ends with the test's process.

import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { Daemon } from './daemon';
import { Namespace, command } from './namespace';
import { find } from './paths';
import type { Stage } from './stage';
import { until } from './wait';

/** Why no container can be booted here, or undefined. */
export function whyNoContainer(): string | undefined {
  if (!find('systemd-nspawn')) return 'systemd-nspawn is not installed';
  return undefined;
}

/** The container's systemd: a child of systemd-nspawn, which has others for a moment. */
function systemdOf(pid: number): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return children.map(Number).find((child) => readFileSync(`/proc/${child}/comm`, 'utf8') === 'systemd\n');
  } catch {
    return undefined;
  }
}

/** As systemd-nspawn knows it: one at a time. */
const name = `connvis-test-${process.pid}`;

export class Container {
  /** Its systemd, as seen from here. */
  readonly pid: number;
  readonly network: Namespace;

  private constructor(pid: number) {
    this.pid = pid;
    this.network = Namespace.of(pid);
  }

  /** Booted when it is given back. The stage's folder is at /mnt in it. */
  static async boot(stage: Stage): Promise<Container> {
    const root = stage.path('root');
    mkdirSync(root);
    const arguments_ = [
      ...[
        '--quiet',
        '--directory',
        root,
        '--volatile=overlay',
        '--boot',
        '--register=no',
        '--keep-unit',
        '--private-network',
        '--link-journal=no',
      ],
      ...[
        `--machine=${name}`,
        `--uuid=${randomBytes(16).toString('hex')}`,
        '--console=pipe',
        `--bind=${stage.folder}:/mnt`,
        // another clock (tests/harness/clock) is that of all in it: services have an environment of their own
        ...(process.env.LD_PRELOAD
          ? [`--bind-ro=${stage.file('preload', process.env.LD_PRELOAD)}:/etc/ld.so.preload`]
          : []),
        'systemd.unit=sysinit.target',
      ],
    ];
    // the root folder itself is refused; a second view of it, in a mount namespace that goes with the container, is not
    const script = 'mount --bind / "$1" && shift && exec systemd-nspawn "$@"';
    const daemon = new Daemon(
      'unshare',
      ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', root, ...arguments_],
      { title: 'a container' },
    );
    // there is nothing in it to be saved; its systemd takes all its processes along, and does not always go with systemd-nspawn
    stage.onClose(() => {
      const inside = systemdOf(daemon.pid);
      if (inside !== undefined) process.kill(inside, 'SIGKILL');
      // which leaves a folder behind
      return daemon.kill().then(() => {
        rmSync(`/run/systemd/nspawn/propagate/${name}`, { recursive: true, force: true });
      });
    });
    const pid = await until(
      'the container to begin',
      10_000,
      () => {
        if (daemon.ending) throw new Error(`the container ended: ${daemon.output}`);
        return systemdOf(daemon.pid);
      },
      () => daemon.output,
    );
    const made = new Container(pid);
    await until(
      'the container to boot',
      30_000,
      async () => {
        if (daemon.ending) throw new Error(`the container ended: ${daemon.output}`);
        const state = await made.run('systemctl', 'is-active', 'sysinit.target').catch(() => '');
        return state.trim() === 'active';
      },
      () => daemon.output,
    );
    await made.run('ip', 'link', 'set', 'lo', 'up');
    return made;
  }

  /** How nsenter gets in; programs are looked for where the container has them. */
  #enter(): string[] {
    const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    return ['--target', String(this.pid), '--all', '/usr/bin/env', path];
  }

  /** Runs a command inside; its output. */
  run(program: string, ...args: string[]): Promise<string> {
    return command('nsenter', ...this.#enter(), program, ...args);
  }

  /** A program inside that runs beside the test, until the stage is taken down. How it ends cannot be told, but for a sanitizer's words. */
  start(stage: Stage, program: string, args: readonly string[]): Daemon {
    const enter = [...this.#enter(), 'setpriv', '--pdeathsig', 'TERM', program, ...args];
    const daemon = stage.start('nsenter', enter, { title: `${program.split('/').at(-1)} in the container` });
    daemon.excused = true;
    stage.onClose(async () => {
      await daemon.end();
      daemon.checkSanitizer();
    });
    return daemon;
  }
}
