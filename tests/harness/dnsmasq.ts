// SPDX-License-Identifier: MIT
// A real dnsmasq in a network namespace.

import { readFileSync } from 'node:fs';
import type { Daemon } from './daemon';
import type { Namespace } from './namespace';
import type { Stage } from './stage';
import { until } from './wait';

export interface DnsmasqOptions {
  /** Lines of its configuration. */
  readonly lines: readonly string[];
  /** File for what it logs; without, it writes to its output. */
  readonly log?: string;
  readonly title?: string;
}

/** Serves when it is given back. It ends with the stage. */
export async function startDnsmasq(
  stage: Stage,
  namespace: Pick<Namespace, 'path'>,
  name: string,
  options: DnsmasqOptions,
): Promise<Daemon> {
  const common = [
    'no-resolv',
    'no-hosts',
    'keep-in-foreground',
    'user=root',
    'pid-file=',
    `log-facility=${options.log ?? '-'}`,
  ];
  const configuration = stage.file(`${name}.conf`, `${[...common, ...options.lines].join('\n')}\n`);
  const before = options.log === undefined ? 0 : starts(options.log);
  const daemon = stage.start('dnsmasq', [`--conf-file=${configuration}`], { namespace: namespace.path, title: name });
  const { log } = options;
  if (log === undefined) await daemon.said(/started, version/);
  else
    await until(
      'dnsmasq to start',
      5000,
      () => starts(log) > before,
      () => daemon.output,
    );
  return daemon;
}

function starts(log: string): number {
  try {
    return readFileSync(log, 'utf8').split('started, version').length - 1;
  } catch {
    return 0;
  }
}

/** What stands before a line that dnsmasq writes into its log at a time: `Nov 23 06:37:34 dnsmasq[1]: `. */
export function logPrefix(time = new Date()): string {
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][time.getMonth()];
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((n) => String(n).padStart(2, '0'))
    .join(':');
  return `${month} ${String(time.getDate()).padStart(2)} ${clock} dnsmasq[1]: `;
}
