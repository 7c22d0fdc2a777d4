// SPDX-License-Identifier: MIT
// Drawing in a worker that fails: the page says so once, and the same true picture is drawn by the page.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { Chromium } from '../harness/chromium';
import { sharedStage } from '../harness/stage';
import { flowsAreTrue, FLOWS, look, MAP, mapIsTrue, SOON } from './drawn';
import { household, type Made } from './made';

const SIZE = { width: 1366, height: 768 };
const DRAWING = /\/assets\/(flow-worker|layers-worker)-.*\.js/;

const stage = sharedStage();
let browser: Browser;
let made: Made;

beforeAll(async () => {
  ({ made, browser } = await household(stage));
}, 60_000);

const SCRIPT = { contentType: 'text/javascript' };

interface Fault {
  readonly cause: (page: Page) => Promise<void>;
  /** What is said of it in the console; nothing where the browser has never had it. */
  readonly said: RegExp | null;
}

const FAULTS: Readonly<Record<string, Fault>> = {
  'throws at its second picture': {
    cause: (page) =>
      page.route(DRAWING, async (route) => {
        const body = await (await route.fetch()).text();
        const end = `const draw = self.onmessage; let left = 2; self.onmessage = (event) => {
          if (--left < 0) throw new Error('broken by a test'); draw(event); };`;
        await route.fulfill({ ...SCRIPT, body: `${body};{${end}}` });
      }),
    said: /Drawing in a worker has failed.*broken by a test/,
  },
  'is not there': {
    cause: (page) => page.route(DRAWING, (route) => route.fulfill({ status: 404, body: '' })),
    said: /Drawing in a worker has failed.*could not be loaded/,
  },
  'may not be started': {
    cause: (page) =>
      page.addInitScript(`globalThis.Worker = class extends Worker {
        constructor(url, options) {
          if (/(flow|layers)-worker/.test(url)) throw new DOMException('refused by a test', 'SecurityError');
          super(url, options);
        }
      }`),
    said: /Drawing in a worker has failed.*refused by a test/,
  },
  'can be given no canvas': {
    cause: (page) => page.addInitScript('delete HTMLCanvasElement.prototype.transferControlToOffscreen'),
    said: null,
  },
};

describe.each(Object.keys(FAULTS))('a drawing worker that %s', (name) => {
  it.each([
    ['flows', 'view=flows&by=country&width=total&show=all', FLOWS, flowsAreTrue],
    ['map', 'view=map', MAP, mapIsTrue],
  ] as const)('leaves %s to the page', async (_, part, canvas, isTrue) => {
    const { cause, said } = FAULTS[name] as Fault;
    const engine = await Chromium.open(browser);
    await cause(engine.page);
    await engine.show(`${made.server.url}#${part}`, SIZE);
    await expect.poll(() => look(engine, canvas), SOON).toMatchObject({ fits: true });
    await isTrue(engine, part);
    const before = await look(engine, canvas);
    await expect.poll(() => look(engine, canvas), SOON).not.toEqual(before);
    const told = engine.complaints.filter((text) => !/status of 404/.test(text));
    if (said === null) expect(told).toEqual([]);
    else expect(told).toEqual([expect.stringMatching(said)]);
    await engine.page.context().close();
  });
});
