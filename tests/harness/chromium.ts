// SPDX-License-Identifier: MIT
// Chromium, as the engine that tests are written for that run in all.

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Engine, Key, Size } from './engine';

export class Chromium implements Engine {
  readonly page: Page;
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<Chromium> {
    const context = await browser.newContext({ locale: 'en', ...options });
    return new Chromium(await context.newPage());
  }

  async show(url: string, size: Size): Promise<void> {
    await this.resize(size);
    await this.page.goto(url, { waitUntil: 'load' });
  }

  resize(size: Size): Promise<void> {
    return this.page.setViewportSize(size);
  }

  async evaluate<T>(expression: string): Promise<T> {
    return (await this.page.evaluate(expression)) as T;
  }

  press(key: Key): Promise<void> {
    return this.page.keyboard.press(key);
  }
}
