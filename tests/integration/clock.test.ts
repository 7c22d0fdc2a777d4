// SPDX-License-Identifier: MIT
// Clocks that jump, as at a router without one of its own: while the daemons run, and over a restart. All that is said
// stays right within moments, and nobody speaks of two collectors.

import { expect, test } from 'vitest';
import { Clock, hasClock } from '../harness/clock';
import { exact } from '../harness/exact';
import { Line, SHOW_ALL } from '../harness/line';
import { stage } from '../harness/stage';
import { sleep } from '../harness/wait';
import type { Viewer } from '../harness/viewer';

const MENDED_MS = 4000;
const HOUR_S = 3600;
const RIVALS = /two collectors|another collector/i;
async function running(): Promise<[Line, Viewer, Clock]> {
  const here = stage();
  const clock = new Clock(here);
  const line = await Line.start(here, { collector: { ...SHOW_ALL, 'log.level': 'info' }, env: clock.env });
  await line.inject('--count', '500', '--quiet');
  const viewer = await line.viewer({ topics: ['overview', 'connections'] });
  await exact(line, viewer, MENDED_MS);
  return [line, viewer, clock];
}

const said = ({ collector, broadcaster }: Line): string => collector.output + broadcaster.output;

test.runIf(hasClock)('a clock that jumps while both run changes nothing', async () => {
  const [line, viewer, clock] = await running();
  let first = 1000;
  for (const seconds of [-2 * HOUR_S, HOUR_S / 2, 400 * 24 * HOUR_S, -400 * 24 * HOUR_S, 0]) {
    clock.set(seconds);
    await line.inject('--count', '50', '--first', String(first), '--quiet');
    first += 50;
    await exact(line, viewer, MENDED_MS);
    expect(viewer.site().rivals, `${seconds}`).toBe(false);
  }
  expect(viewer.connects).toBe(1);
  expect(said(line)).not.toMatch(RIVALS);
  await line.healthy();
});

test.runIf(hasClock)(
  'a collector that starts in the past of the one before is believed, and is nobody’s rival',
  async () => {
    const [line, viewer, clock] = await running();
    let output = '';
    let start = viewer.reader().epoch?.start ?? 0;
    let last = 0;
    for (const seconds of [-HOUR_S, HOUR_S, 0]) {
      await line.collector.kill();
      output += line.collector.output;
      clock.set(seconds);
      line.startCollector();
      const before = start;
      await viewer.until('the new epoch', MENDED_MS, (v) => v.reader().epoch?.start !== before);
      start = viewer.reader().epoch?.start ?? 0;
      // it is another clock indeed
      expect(Math.abs(start - before - (seconds - last) * 1000)).toBeLessThan(60_000);
      last = seconds;
      await exact(line, viewer, MENDED_MS);
      await sleep(1000);
      expect(viewer.site().rivals, `${seconds}`).toBe(false);
    }
    expect(output + said(line)).not.toMatch(RIVALS);
  },
);
