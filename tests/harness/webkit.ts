// SPDX-License-Identifier: MIT
// WebKit as Debian has it, on a screen that is nowhere, spoken to by WebDriver (https://www.w3.org/TR/webdriver2/).

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyActions, type Engine, type Key, type Size } from './engine';
import { freePort } from './line';
import { find } from './paths';
import type { Stage } from './stage';
import { until } from './wait';

const START_MS = 30_000;
const ANSWER_MS = 40_000;

interface Answer {
  readonly value?: unknown;
}

/** /usr/lib/TRIPLET/webkit2gtk-4.1/MiniBrowser, or that of another version. */
function findBrowser(): string | undefined {
  return readdirSync('/usr/lib')
    .map((folder) => join('/usr/lib', folder))
    .filter((folder) => folder.endsWith('-linux-gnu'))
    .flatMap((folder) => readdirSync(folder).flatMap((name) => (name.startsWith('webkit') ? [join(folder, name)] : [])))
    .map((folder) => join(folder, 'MiniBrowser'))
    .find((path) => existsSync(path));
}

/** One browser with one page. */
export class WebKit implements Engine {
  readonly #url: string;
  /** What the browser wrote. */
  readonly #log: string;

  private constructor(url: string, log: string) {
    this.#url = url;
    this.#log = log;
  }

  static async open(stage: Stage): Promise<WebKit> {
    const [driver, screen, browser] = [find('WebKitWebDriver'), find('Xvfb'), findBrowser()];
    if (driver === undefined || screen === undefined || browser === undefined)
      throw new Error('There is no WebKitWebDriver, no MiniBrowser or no Xvfb here.');
    const home = stage.path('webkit');
    mkdirSync(home);
    const xvfb = stage.start(screen, ['-displayfd', '1', '-screen', '0', '3000x2000x24', '-nolisten', 'tcp']);
    const [, display] = await xvfb.said(/^(\d+)$/m, START_MS);
    const port = await freePort();
    const log = stage.file('webkit.log', '');
    // the driver throws away what the browser writes
    const program = stage.file('webkit.sh', `#!/bin/sh\nexec "${browser}" "$@" >"${log}" 2>&1\n`);
    chmodSync(program, 0o755);
    // pictures are put together without a graphics card, which would be played by the processor at a multiple of the cost
    const look = { DISPLAY: `:${display}`, GDK_BACKEND: 'x11', WEBKIT_DISABLE_COMPOSITING_MODE: '1' };
    const env = { HOME: home, NO_AT_BRIDGE: '1', ...look };
    const daemon = stage.start(driver, ['--host=127.0.0.1', `--port=${port}`], { env });
    daemon.excused = true;
    const address = `http://127.0.0.1:${port}`;
    await until('WebKitWebDriver to answer', START_MS, () => fetch(`${address}/status`).catch(() => undefined));
    const args = ['--automation', '--enable-write-console-messages-to-stdout=true'];
    const options = { 'webkitgtk:browserOptions': { binary: program, args } };
    const { sessionId } = (await ask('POST', `${address}/session`, { capabilities: { alwaysMatch: options } })) as {
      sessionId: string;
    };
    const url = `${address}/session/${sessionId}`;
    stage.onClose(() => ask('DELETE', url).then(() => undefined));
    return new WebKit(url, log);
  }

  get complaints(): readonly string[] {
    const lines = readFileSync(this.#log, 'utf8').split('\n');
    return lines.flatMap((line) => /CONSOLE (?:\w+ )*ERROR (.*)/.exec(line)?.[1] ?? []);
  }

  async show(url: string, size: Size): Promise<void> {
    await this.resize(size);
    await ask('POST', `${this.#url}/url`, { url });
  }

  async resize(size: Size): Promise<void> {
    // of the window, which has a bar above
    const inner = '[outerWidth - innerWidth, outerHeight - innerHeight]';
    const [across, above] = await this.evaluate<[number, number]>(inner);
    await ask('POST', `${this.#url}/window/rect`, { width: size.width + across, height: size.height + above });
  }

  async evaluate<T>(expression: string): Promise<T> {
    const script = `const done = arguments[0];
      (async () => JSON.stringify({ value: await (${expression}) }))().then(done, (error) => done(JSON.stringify({ error: String(error) })))`;
    const text = (await ask('POST', `${this.#url}/execute/async`, { script, args: [] })) as string;
    const { value, error } = JSON.parse(text) as { value: T; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  }

  async press(key: Key): Promise<void> {
    await ask('POST', `${this.#url}/actions`, { actions: keyActions(key) });
  }
}

async function ask(method: string, url: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const { value } = (await answer.json()) as Answer;
  if (!answer.ok) throw new Error(`WebKitWebDriver to ${method} ${url}: ${JSON.stringify(value)}`);
  return value;
}
