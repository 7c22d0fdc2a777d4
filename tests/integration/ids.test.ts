// SPDX-License-Identifier: MIT
// A row id is never used twice in an epoch: when they run out, the collector begins a new one.

import { expect, test } from 'vitest';
import { exact } from '../harness/exact';
import { Line, SHOW_ALL } from '../harness/line';
import { programs } from '../harness/paths';
import { stage } from '../harness/stage';
import { until } from '../harness/wait';

test('a collector whose row ids run out begins anew, again and again', { timeout: 90_000 }, async () => {
  const here = stage();
  const line = await Line.start(here, { program: programs.fewIds, collector: { ...SHOW_ALL, 'log.level': 'debug' } });
  const viewer = await line.viewer({ topics: ['overview', 'connections'] });
  const epoch = (topic: string): number => viewer.reader(topic).epoch?.start ?? 0;
  await until('the first epoch', 10_000, () => epoch('overview') > 0);
  await line.inject('--count', '50', '--seed', '9', '--first', '90000');

  for (let times = 0; times < 2; times++) {
    const before = epoch('overview');
    // more come than there are ids, and most go
    await line.inject('--count', '500', '--rate', '1000', '--churn', '5', '--seed', String(times));
    await until('a new epoch', 20_000, () => epoch('overview') > before && epoch('connections') > before);
    expect((await exact(line, viewer, 20_000)).length).toBeGreaterThanOrEqual(50);
  }
  expect(line.collector.ending).toBeUndefined();
});
