// SPDX-License-Identifier: MIT
// What our examples for Prometheus and Grafana ask for is what the broadcaster's /metrics has.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Line } from '../harness/line';
import { root } from '../harness/paths';
import { sharedStage } from '../harness/stage';
import { until } from '../harness/wait';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}

const example = (name: string): string => readFileSync(join(root, 'deploy/examples', name), 'utf8');
const dashboard = JSON.parse(example('grafana.json')) as {
  panels: Panel[];
  templating: { list: { name: string; query: string }[] };
};
const queries = dashboard.panels.flatMap(({ targets }) => targets ?? []);
const stage = sharedStage();
let samples: Sample[];
let counters: string[];

const labelled = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/(\w+)=~?["']([^"']*)["']/g)].map(([, name, value]) => [name, value]));

beforeAll(async () => {
  const line = await Line.start(stage);
  await line.inject('--count', '20', '--quiet');
  await line.viewer();
  await until(
    'the collector to tell its counts',
    15_000,
    async () => (await line.metric(/^connvis_collector_rows/)) > 0,
  );
  const { body } = await line.get('/metrics');
  counters = [...body.matchAll(/^# TYPE (\w+) counter$/gm)].map(([, name = '']) => name);
  samples = [...body.matchAll(/^(\w+)(?:\{(.*)\})? /gm)].map(([, name = '', labels = '']) => ({
    name,
    labels: labelled(labels),
  }));
});

/** Whether a selector, as "name{label='value'}", finds something. $site stands for any. */
function finds(name: string, asked: Readonly<Record<string, string>>): boolean {
  return samples.some(
    (sample) =>
      sample.name === name &&
      Object.entries(asked).every(([label, value]) => {
        const has = sample.labels[label];
        return value === '$site' ? has !== undefined : has === value;
      }),
  );
}

const hasLabel = (name: string, label: string): boolean =>
  samples.some((sample) => sample.name === name && label in sample.labels);

const selectors = (text: string): [string, Record<string, string>][] =>
  [...text.matchAll(/\b(connvis_\w+)(?:\{([^}]*)\})?/g)].map(([, name = '', labels = '']) => [name, labelled(labels)]);

/** What only grows is asked by how much it has: its value as such says nothing of now. */
function expectGrowthOfCounters(expr: string): void {
  const growing = [...expr.matchAll(/\b(?:increase|rate)\((\w+)/g)].map(([, name = '']) => name);
  const names = selectors(expr).map(([name]) => name);
  expect(
    names.filter((name) => counters.includes(name)),
    expr,
  ).toEqual(growing);
}

describe('the Grafana dashboard', () => {
  test('asks for nothing but what there is', () => {
    expect(queries.length).toBeGreaterThan(30);
    for (const { expr } of queries) {
      expect(selectors(expr).length, expr).toBeGreaterThan(0);
      for (const [name, labels] of selectors(expr)) expect(finds(name, labels), expr).toBe(true);
      expectGrowthOfCounters(expr);
    }
    for (const { query } of dashboard.templating.list)
      for (const [name, labels] of selectors(query)) expect(finds(name, labels), query).toBe(true);
  });

  test('has its own variables, and labels that its queries keep', () => {
    const variables = dashboard.templating.list.map(({ name }) => name);
    for (const { expr, legendFormat } of queries) {
      for (const [, name = ''] of expr.matchAll(/\$(\w+)/g)) expect([...variables, '__rate_interval']).toContain(name);
      const kept = /\bby \(([^)]*)\)/.exec(expr)?.[1]?.split(', ');
      for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
        if (kept) expect(kept, expr).toContain(label);
        // Prometheus itself adds the instance
        else if (label !== 'instance')
          for (const [name] of selectors(expr)) expect(hasLabel(name, label), expr).toBe(true);
      }
    }
    for (const { datasource, targets } of dashboard.panels) if (targets) expect(datasource?.uid).toBe('${source}');
  });

  test('has panels that do not lie on each other', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const { title, gridPos } of panels) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let { x } = gridPos; x < gridPos.x + gridPos.w; x++)
        for (let { y } = gridPos; y < gridPos.y + gridPos.h; y++) {
          expect(taken, title).not.toContain(`${x},${y}`);
          taken.add(`${x},${y}`);
        }
    }
  });
});

test('the alerts of Prometheus ask for nothing but what there is', () => {
  const expressions = example('alerts.yml').replace(/^ *(summary:|#).*$/gm, '');
  const asked = selectors(expressions);
  expect(asked.length).toBeGreaterThan(8);
  for (const [name, labels] of asked) expect(finds(name, labels), name).toBe(true);
  expectGrowthOfCounters(expressions);
});
