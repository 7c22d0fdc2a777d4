// SPDX-License-Identifier: MIT
// A home whose collector keeps what outlives it, and is started again and again.

import { mkdirSync } from 'node:fs';
import { DEVICE, HOME_NETWORKS, Home } from './home';
import { Line, type Settings } from './line';
import type { Stage } from './stage';
import type { Viewer } from './viewer';

const ARRIVES_MS = 20_000;

export interface KeptHome {
  readonly line: Line;
  readonly state: string;
  /** Starts the collector; a viewer who has its state, and not that of the one before. */
  start(more?: Settings): Promise<Viewer>;
  /** Ends the collector. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Somebody who comes now. */
  late(): Promise<Viewer>;
  /** All bytes that the kernel has counted of the device's TCP: entries of what has ended stay for two minutes. */
  counted(): Promise<number>;
}

/** topic and table: of what is kept; a table of one row. Viewers watch topics, by default all that a page does. */
export async function keptHome(
  here: Stage,
  topic: string,
  table: string,
  topics?: readonly string[],
): Promise<KeptHome> {
  const home = await Home.make(here);
  const state = here.path('state');
  mkdirSync(state);
  const line = await Line.prepare(here, {
    router: home.router,
    collector: { 'networks.home': HOME_NETWORKS, 'state.folder': state },
  });
  await line.redis.start();
  await line.startBroadcaster();
  let epoch: number | undefined;
  const epochOf = (v: Viewer): number | undefined => v.readers.get(topic)?.epoch?.random;
  const late = (): Promise<Viewer> => line.viewer(topics ? { topics } : {});
  return {
    line,
    state,
    late,
    start: async (more) => {
      line.startCollector(more);
      await line.healthy();
      const viewer = await late();
      await viewer.until(
        'this collector’s state',
        ARRIVES_MS,
        (v) => v.rows(table).length === 1 && epochOf(v) !== epoch,
      );
      epoch = epochOf(viewer);
      return viewer;
    },
    end: async (signal) => {
      line.collector.excused = true;
      line.collector.signal(signal);
      await line.collector.ended(10_000);
    },
    counted: async () => {
      const listed = await home.router.run('conntrack', '-L', '-f', 'ipv4', '-s', DEVICE.ipv4, '-p', 'tcp');
      return [...listed.matchAll(/bytes=(\d+)/g)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
    },
  };
}
