// SPDX-License-Identifier: MIT
// What people come for, done as they do it: by what is written on what they touch, from the start page on, in Chromium and
// Firefox, at each size, in both languages, light and dark. No way ends in nothing.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { loadWords, translator, languageName, type Key, type Language, type Values } from '../../frontend/src/i18n';
import { Chromium } from '../harness/chromium';
import type { Engine, Size } from '../harness/engine';
import { Firefox } from '../harness/firefox';
import { sharedStage } from '../harness/stage';
import { MAP } from './drawn';
import { household } from './made';

const LONG = 120_000;

const stage = sharedStage();
let url = '';

beforeAll(async () => {
  await loadWords('fi');
  const { made, browser: opened } = await household(stage);
  ({ url } = made.server);
  browser = opened;
}, 60_000);

/** What one can touch by this name, or null: seen, not covered by something else, and not disabled. Runs in the page. */
const REACH = `(name, kinds) => {
  const called = (one) => (one.getAttribute('aria-label') ?? one.labels?.[0]?.innerText ?? one.innerText ?? '').trim();
  for (const one of document.querySelectorAll(kinds)) {
    const labels = [called(one), one.innerText?.trim(), one.closest('label')?.innerText?.trim()];
    if (!labels.some((label) => label === name || label?.split('\\n')[0] === name) || one.disabled) continue;
    one.scrollIntoView({ block: 'center', inline: 'center' });
    const box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (box.width > 0 && top && (one.contains(top) || top.contains(one) || one.closest('label')?.contains(top))) return one;
  }
  return null;
}`;

/** Somebody with a page, who reads one language. */
class Person {
  constructor(
    readonly engine: Engine,
    readonly size: Size,
    readonly language: Language,
  ) {}

  t(key: Key, values?: Values): string {
    return translator(this.language)(key, values);
  }

  async begin(dark: boolean): Promise<void> {
    await this.engine.show('about:blank', this.size);
    await this.go('landing');
    const { phone } = this;
    if (phone) await this.tap(translator('en')('more.menu'));
    await this.choose(translator('en')('app.language'), languageName(this.language));
    await this.note();
    if (dark) await this.tap(this.t('app.theme.dark'));
    if (phone) await this.tap(this.t('more.menu'));
  }

  /** What stands in the header has its place in the menu there. */
  get phone(): boolean {
    return this.size.width < 700;
  }

  /** What is in the header, or in the menu. stays: the menu stays open. */
  async tapInHeader(name: string, stays = true): Promise<void> {
    if (this.phone) await this.tap(this.t('more.menu'));
    await this.tap(name);
    if (this.phone && stays) await this.tap(this.t('more.menu'));
  }

  /** To a view by its address. Within one page some browsers say that they are there before the page has heard of it. */
  async go(view: 'landing' | 'flows', more = ''): Promise<void> {
    await this.engine.show(`${url}#view=${view}${more}`, this.size);
    const there = `document.querySelector('section.${view}') !== null`;
    await expect.poll(() => this.engine.evaluate(there), { message: `the view ${view}` }).toBe(true);
  }

  /** Notes each click and each step, for a message. */
  async note(): Promise<void> {
    await this.engine.evaluate(`(() => {
      const went = (window.wentWhere ??= []);
      const note = (what) => went.push(Math.round(performance.now()) + ' ' + what);
      for (const name of ['pushState', 'replaceState']) {
        const real = history[name].bind(history);
        history[name] = (...args) => (note(name + ' ' + args[2]), real(...args));
      }
      for (const name of ['hashchange', 'popstate']) addEventListener(name, () => note(name + ' ' + location.hash), true);
      addEventListener('click', (event) => note('click ' + event.target.outerHTML.slice(0, 100)), true);
    })()`);
  }

  async tap(name: string): Promise<void> {
    const reach = `(${REACH})(${JSON.stringify(name)}, 'button, a, summary')`;
    const touch = `((one) => one !== null && (one.click(), true))(${reach})`;
    await expect.poll(() => this.engine.evaluate(touch), { message: `"${name}" to be touched` }).toBe(true);
  }

  /** Waits for it, and unfolds what it may be folded into where there is little room. */
  async reach(name: string, kind: string): Promise<string> {
    const reach = `(${REACH})(${JSON.stringify(name)}, '${kind}')`;
    const folds = ['filter.more', 'app.options'] as const;
    await expect
      .poll(
        async () => {
          if (await this.engine.evaluate(`!!${reach}`)) return true;
          for (const fold of folds)
            await this.engine.evaluate(
              `(${REACH})(${JSON.stringify(this.t(fold))}, 'details:not([open]) > summary, .filters > [aria-expanded=false]')?.click()`,
            );
          return false;
        },
        { message: `"${name}" to be within reach` },
      )
      .toBe(true);
    return reach;
  }

  async choose(label: string, option: string): Promise<void> {
    const select = await this.reach(label, 'select');
    await this.engine.evaluate(`(() => {
      const select = ${select};
      select.value = [...select.options].find((one) => one.text === ${JSON.stringify(option)}).value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    })()`);
  }

  async type(label: string, text: string): Promise<void> {
    const field = await this.reach(label, 'input');
    await this.engine.evaluate(`(() => {
      const field = ${field};
      field.value = ${JSON.stringify(text)};
      field.dispatchEvent(new Event('input', { bubbles: true }));
    })()`);
  }

  /** The texts of what is there now. */
  texts(selector: string): Promise<string[]> {
    return this.engine.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.innerText.trim())`,
    );
  }

  /** The text of the first of them, once there is one. What the browser has not painted yet (content-visibility) has none. */
  async first(selector: string): Promise<string> {
    let text = '';
    const read = async (): Promise<string> => (text = (await this.texts(selector))[0]?.split('\n')[0] ?? '');
    await expect.poll(read, { message: `the text of a ${selector}` }).not.toBe('');
    return text;
  }

  /** Where the person is and how they came there, for a message. */
  sees(): Promise<string> {
    return this.engine.evaluate(`[
      location.hash,
      history.length + ' steps, loaded ' + Math.round(performance.now()) + ' ms ago: ' + window.wentWhere?.slice(-12).join(', '),
      document.body.innerText.replace(/\\s+/g, ' ').slice(0, 1000),
    ].join('; ')`);
  }

  async reads(selector: string, text: string | RegExp): Promise<void> {
    await expect
      .poll(async () => (await this.texts(selector)).join('\n'), { message: `${selector} to say so` })
      .toMatch(text);
  }
}

/** "1.2 kB/s" and the like as a number, in either language; nothing is 0. */
function readRate(text: string): number {
  const [, number = '0', unit = ''] = /([\d.,]+)\s*([kMG]?)[Bbt]/.exec(text.replace(/\s/g, ' ')) ?? [];
  return Number(number.replace(',', '.')) * { '': 1, k: 1e3, M: 1e6, G: 1e9 }[unit as '' | 'k' | 'M' | 'G'];
}

type Task = (person: Person) => Promise<void>;

const TASKS: Readonly<Record<string, Task>> = {
  'what is this, and is it live?': async (person) => {
    await person.reads('.what', person.t('landing.what'));
    await person.reads('.status', person.t('status.live'));
    await expect.poll(() => person.texts('.start-card .start-title')).toHaveLength(6);
  },
  'which one is mine?': async (person) => {
    const name = await person.first('.you h2');
    await person.tap(person.t('landing.yourPage'));
    await person.reads('.device-head h2', name);
  },
  'who sends most, and to whom?': async (person) => {
    await person.tap(person.t('view.devices'));
    await person.choose(person.t('devices.order'), person.t('devices.order.sends'));
    // that the order is right, devices.test.ts sees
    await expect
      .poll(async () => readRate((await person.texts('.device-card .speeds .up'))[0] ?? ''))
      .toBeGreaterThan(0);
    const first = await person.first('.device-card h2 button');
    await person.tap(first);
    await person.reads('.device-head h2', first);
    // to whom: what went out, by country and by whom
    await person.first('.share');
    await person.tap(person.t('device.way.flows'));
    await person.choose(person.t('way.label'), person.t('way.sent'));
    await expect.poll(() => person.engine.evaluate('location.hash')).toContain('way=sent');
  },
  'who gets ads money out of us?': async (person) => {
    await person.go('flows');
    await person.choose(person.t('kind.label'), person.t('kind.tracking'));
    await expect.poll(() => person.engine.evaluate('location.hash')).toContain('kind=tracking');
    await person.tap(person.t('flows.table'));
    const rows = async (): Promise<string> => (await person.texts('table tbody tr')).join('\n');
    await expect.poll(rows).toMatch(/DoubleClick|Criteo|Google Analytics|Adobe/);
    await expect.poll(rows).not.toMatch(/Netflix|Spotify/);
  },
  'where does one device send?': async (person) => {
    await person.go('landing');
    await person.tap(person.t('view.devices'));
    const name = await person.first('.device-card h2 button');
    await person.tap(name);
    await person.tap(person.t('device.way.map'));
    await expect.poll(() => person.engine.evaluate('location.hash')).toContain('view=map');
    await expect.poll(() => person.engine.evaluate(`document.querySelector('${MAP}') !== null`)).toBe(true);
  },
  'a name of which I know a part': async (person) => {
    await person.go('flows');
    await person.type(person.t('find.label'), 'doublecl');
    // either it is talked with now, or it is said where it was seen
    await expect.poll(() => person.engine.evaluate('decodeURIComponent(location.hash)')).toContain('find=doublecl');
    await person.tapInHeader(person.t('view.domains'), false);
    await person.reads('.domain', 'doubleclick.net');
    await person.tap('doubleclick.net');
    await person.reads('.asked', /./);
  },
  'how is that known?': async (person) => {
    await person.go('flows', '&table=1');
    await person.tap(await person.first('table tbody tr td:nth-of-type(1) button'));
    await person.reads('.detail', person.t('detail.how'));
  },
  'stop, and go on': async (person) => {
    await person.tapInHeader(person.t('app.pause'));
    await person.reads('.status', person.t('status.pausedSince', { time: '' }).trim());
    await person.tapInHeader(person.t('app.resume'));
    await person.reads('.status', person.t('status.live'));
  },
  'share it': async (person) => {
    await person.tap(person.t('more.menu'));
    await person.tap(person.t('link.copy'));
    await person.reads('.menu-sheet', new RegExp(`${person.t('link.yes')}|${person.t('link.byHand')}`));
    await person.tap(person.t('more.menu'));
  },
  'on the wall, and back': async (person) => {
    await person.go('landing');
    await person.tap(person.t('view.display'));
    await person.first('.wall-title h1');
    await person.engine.evaluate('void history.back()');
    await person.reads('.what', person.t('landing.what'));
  },
};

const PHONE = { width: 390, height: 844 };
const LAPTOP = { width: 1366, height: 768 };
const WALL = { width: 1920, height: 1080 };

let browser: Browser;
let oneFirefox: Promise<Engine> | undefined;
const chromium = (): Promise<Engine> => Chromium.open(browser);
const firefox = (): Promise<Engine> => (oneFirefox ??= Firefox.open(stage));

describe.each([
  ['Chromium', 'a phone', 'fi', 'dark', PHONE, chromium],
  ['Chromium', 'a laptop', 'en', 'light', LAPTOP, chromium],
  ['Chromium', 'a wall', 'en', 'dark', WALL, chromium],
  ['Firefox', 'a phone', 'en', 'light', PHONE, firefox],
  ['Firefox', 'a laptop', 'fi', 'dark', LAPTOP, firefox],
] as const)('in %s, on %s, %s, %s', (_engine, _size, language, theme, size, open) => {
  it(
    'everybody gets what they came for',
    async () => {
      const person = new Person(await open(), size, language);
      await person.begin(theme === 'dark');
      for (const [name, task] of Object.entries(TASKS)) {
        try {
          await task(person);
        } catch (error) {
          const what = error instanceof Error ? error.message : String(error);
          throw new Error(`${name}: ${what} ${await person.sees()}`, { cause: error });
        }
      }
      // a page that is left while it connects says so in Firefox
      expect(person.engine.complaints.filter((text) => !/\/feed/.test(text))).toEqual([]);
    },
    LONG,
  );
});
