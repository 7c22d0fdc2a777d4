// SPDX-License-Identifier: MIT
// Looks at a page in Chromium: how busy its thread is, how long its tasks are, how soon it answers, how much it holds.

import type { CDPSession, Page } from 'playwright-core';
import { sleep } from '../../harness/wait';

export interface Busy {
  /** Share of the time in which the page's thread had something to do: time of its CPU, so that what else the machine does is no part of it. */
  readonly busy: number;
  /** The same as it passed on the clock. */
  readonly clock: number;
  /** The longest task, in milliseconds of CPU. */
  readonly longest: number;
  /** How many took over 50 ms of CPU. */
  readonly long: number;
}

interface Timed {
  readonly name: string;
  readonly ph: string;
  readonly dur?: number;
  /** Of the thread's CPU. */
  readonly tdur?: number;
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
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
    transferMode: 'ReportEvents',
  });
  await sleep(ms);
  const ended = new Promise((done) => session.once('Tracing.tracingComplete', done));
  const end = await metrics(session);
  await session.send('Tracing.end');
  await ended;
  session.off('Tracing.dataCollected', collect);
  const main = new Set(
    events
      .filter((one) => one.name === 'thread_name' && one.args?.name === 'CrRendererMain')
      .map((one) => `${one.pid}/${one.tid}`),
  );
  const tasks = events.filter((one) => one.name === 'RunTask' && one.ph === 'X' && main.has(`${one.pid}/${one.tid}`));
  const cpu = tasks.map(({ tdur }) => {
    if (tdur === undefined) throw new Error('Chromium does not say how long a task had the CPU.');
    return tdur / 1000;
  });
  const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
  const passed = ((end.Timestamp ?? 0) - (begin.Timestamp ?? 0)) * 1000;
  return {
    busy: sum(cpu) / passed,
    clock: sum(tasks.map((one) => (one.dur ?? 0) / 1000)) / passed,
    longest: Math.max(0, ...cpu),
    long: cpu.filter((task) => task > 50).length,
  };
}

/** Bytes of live objects of the page, without the worker's. */
export async function heapOf(session: CDPSession): Promise<number> {
  await session.send('Performance.enable');
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
