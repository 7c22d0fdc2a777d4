// SPDX-License-Identifier: MIT
// A real browser that opens the page, and an eye on what it asks for and complains about.

import { createHash } from 'node:crypto';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { find } from '../harness/paths';
import type { Browser as Visitor } from '../harness/signing';
import type { Stage } from '../harness/stage';

/** Chromium without what surrounds a page, which takes half the work. Pages are the same. */
export function openBrowser(stage: Stage, ...more: readonly string[]): Promise<Browser> {
  return openBrowserOf(stage, find('chromium-headless-shell'), ...more);
}

/** As people have it. */
export const openWholeBrowser = (stage: Stage): Promise<Browser> => openBrowserOf(stage, find('chromium'));

/** executablePath: a program that is Chromium, whole or not. */
export async function openBrowserOf(
  stage: Stage,
  executablePath: string | undefined,
  ...more: readonly string[]
): Promise<Browser> {
  if (executablePath === undefined) throw new Error('There is no chromium here.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', ...more] });
  stage.onClose(() => browser.close());
  return browser;
}

/** Somebody who comes with the cookie that the visitor was given. */
export async function visit(
  browser: Browser,
  visitor: Visitor,
  more: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const [name = '', value = ''] = visitor.cookie.split('=');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en', ...more });
  await context.addCookies([{ name, value, url: visitor.origin, httpOnly: true, sameSite: 'Strict' }]);
  return context;
}

/** What a page of a room under load may take. */
const SOON = { timeout: 30_000 };

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click(SOON);

/** All of them show this. */
export async function allShow(pages: readonly Page[], part: string): Promise<void> {
  await Promise.all(pages.map((page) => page.getByText(part).first().waitFor(SOON)));
}

/** The rows of the flows' table: "device > destination", in order. */
export async function flowsOf(page: Page): Promise<string[]> {
  const rows = await page.locator('.as-table tbody tr:not(.gone)').evaluateAll((found) =>
    found.map((row) =>
      [...row.children]
        .slice(0, 2)
        .map((cell) => (cell as HTMLElement).innerText.trim())
        .join(' > '),
    ),
  );
  return rows.sort();
}

export class Watcher {
  readonly page: Page;
  /** Where requests went, as host:port. */
  readonly hosts = new Set<string>();
  /** Errors of the page, of its scripts and of its content security policy. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<Watcher> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en', ...options });
    const watcher = new Watcher(await context.newPage());
    await watcher.#listen();
    return watcher;
  }

  async #listen(): Promise<void> {
    const { page } = this;
    const complain = (text: string): void => void this.complaints.push(text);
    await page.exposeFunction('connvisTestComplain', complain);
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const tell = (globalThis as unknown as { connvisTestComplain: (text: string) => void }).connvisTestComplain;
        tell(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    page.on('pageerror', (error) => complain(`script: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complain(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.protocol !== 'blob:') this.hosts.add(url.host);
    });
    page.on('websocket', (socket) => this.hosts.add(new URL(socket.url()).host));
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url, { waitUntil: 'load' });
    await this.page.locator('.view > section').first().waitFor({ timeout: 30_000 });
  }

  /** Names what a person sees now in the view that is open: the same only when no dot differs. */
  async picture(): Promise<string> {
    const view = this.page.locator('.view > section').first();
    return createHash('sha256')
      .update(await view.screenshot())
      .digest('hex');
  }

  /** How many different pictures there are to be seen in a while. */
  async pictures(ms: number): Promise<number> {
    const seen = new Set<string>();
    const end = performance.now() + ms;
    while (performance.now() < end) {
      seen.add(await this.picture());
    }
    return seen.size;
  }

  flows(): Promise<string[]> {
    return flowsOf(this.page);
  }
}
