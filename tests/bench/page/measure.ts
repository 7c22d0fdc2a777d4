// SPDX-License-Identifier: MIT
// Looks at a page in Chromium: how busy its thread is, how long its tasks are, how soon it answers, how much it holds.

import type { CDPSession, Page } from 'playwright-core';

export interface Busy {
  /** Share of the time in which the page's thread had something to do. */
  readonly busy: number;
  /** The longest tasks, in milliseconds. */
  readonly longest: number;
  /** How many lasted over 50 ms. */
  readonly long: number;
  /** Of these shares: script, layout and style. */
  readonly script: number;
  readonly layout: number;
}

interface Timed {
  readonly name: string;
  readonly ph: string;
  readonly dur?: number;
  readonly tid: number;
  readonly pid: number;
  readonly args?: { readonly name?: string };
}

async function metrics(session: CDPSession): Promise<Record<string, number>> {
  const { metrics: list } = await session.send('Performance.getMetrics');
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

/** Follows the page's thread for so long, with a trace of its tasks alone. */
export async function watchThread(session: CDPSession, ms: number): Promise<Busy> {
  await session.send('Performance.enable');
  const events: Timed[] = [];
  const collect = ({ value }: { value: unknown[] }): void => void events.push(...(value as Timed[]));
  session.on('Tracing.dataCollected', collect);
  const begin = await metrics(session);
  await session.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline'] }, transferMode: 'ReportEvents' });
  await new Promise((done) => setTimeout(done, ms));
  const ended = new Promise((done) => session.once('Tracing.tracingComplete', done));
  const end = await metrics(session);
  await session.send('Tracing.end');
  await ended;
  session.off('Tracing.dataCollected', collect);
  const main = new Set(events.filter((one) => one.name === 'thread_name' && one.args?.name === 'CrRendererMain').map((one) => `${one.pid}/${one.tid}`));
  const tasks = events.filter((one) => one.name === 'RunTask' && one.ph === 'X' && main.has(`${one.pid}/${one.tid}`)).map((one) => (one.dur ?? 0) / 1000);
  const passed = (end.Timestamp ?? 0) - (begin.Timestamp ?? 0);
  const share = (name: string): number => ((end[name] ?? 0) - (begin[name] ?? 0)) / passed;
  return {
    busy: share('TaskDuration'),
    longest: Math.max(0, ...tasks),
    long: tasks.filter((task) => task > 50).length,
    script: share('ScriptDuration'),
    layout: share('LayoutDuration') + share('RecalcStyleDuration'),
  };
}

/** Bytes of live objects of the page, without the worker's. */
export async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable');
  for (let i = 0; i < 3; i += 1) await session.send('HeapProfiler.collectGarbage');
  return (await metrics(session)).JSHeapUsedSize ?? 0;
}

/** Milliseconds from each of some inputs to the next picture that the page makes. */
export async function answerTimes(page: Page, inputs: readonly (() => Promise<void>)[]): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    (globalThis as unknown as { connvisTimes: number[] }).connvisTimes = times;
    for (const kind of ['keydown', 'pointerdown', 'pointermove', 'click']) {
      addEventListener(
        kind,
        (event) => {
          const came = event.timeStamp;
          requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - came)));
        },
        true,
      );
    }
  });
  for (const input of inputs) {
    await input();
    await page.waitForTimeout(150);
  }
  return page.evaluate(() => (globalThis as unknown as { connvisTimes: number[] }).connvisTimes);
}
