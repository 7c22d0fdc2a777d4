// SPDX-License-Identifier: MIT
// Debian's Firefox without a window, spoken to by WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/).

import { mkdirSync } from 'node:fs';
import WebSocket from 'ws';
import { keyActions, type Engine, type Key, type Size } from './engine';
import { find } from './paths';
import type { Stage } from './stage';
import { within } from './wait';

const START_MS = 60_000;
const ANSWER_MS = 20_000;

interface Message {
  readonly id?: number;
  readonly type?: string;
  readonly method?: string;
  readonly message?: string;
  readonly result?: unknown;
  readonly params?: unknown;
}

interface LogEntry {
  readonly level: string;
  readonly text: string | null;
}

/** One browser with one page. */
export class Firefox implements Engine {
  readonly complaints: string[] = [];
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { done: (result: unknown) => void; fail: (error: Error) => void }>();
  #context = '';
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#take(JSON.parse((data as Buffer).toString()) as Message));
  }

  static async open(stage: Stage): Promise<Firefox> {
    const program = find('firefox-esr');
    if (program === undefined) throw new Error('There is no firefox-esr here.');
    const home = stage.path('firefox');
    mkdirSync(home);
    const args = ['--headless', '--no-remote', '--profile', home, '--remote-debugging-port', '0', 'about:blank'];
    const process = stage.start(program, args, { env: { HOME: home, MOZ_DISABLE_CONTENT_SANDBOX: '1' } });
    process.excused = true;
    const [, url] = await process.said(/WebDriver BiDi listening on (ws:\/\/\S+)/, START_MS);
    const socket = new WebSocket(`${url}/session`, { perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 });
    stage.onClose(() => socket.close());
    const firefox = new Firefox(socket);
    await within('Firefox to answer', ANSWER_MS, new Promise((done) => socket.once('open', done)));
    await firefox.#ask('session.new', { capabilities: {} }, START_MS);
    await firefox.#ask('session.subscribe', { events: ['log.entryAdded'] });
    const { contexts } = (await firefox.#ask('browsingContext.getTree', {})) as { contexts: { context: string }[] };
    firefox.#context = contexts[0]?.context ?? '';
    return firefox;
  }

  async show(url: string, size: Size): Promise<void> {
    await this.resize(size);
    await this.#ask('browsingContext.navigate', { context: this.#context, url, wait: 'complete' });
  }

  async resize({ width, height }: Size): Promise<void> {
    await this.#ask('browsingContext.setViewport', { context: this.#context, viewport: { width, height } });
  }

  async evaluate<T>(expression: string): Promise<T> {
    const answer = (await this.#ask('script.evaluate', {
      expression: `(async () => JSON.stringify(await (${expression})))()`,
      target: { context: this.#context },
      awaitPromise: true,
    })) as { type: string; result?: { value?: string }; exceptionDetails?: { text: string } };
    if (answer.type !== 'success') throw new Error(answer.exceptionDetails?.text ?? 'the page threw');
    return JSON.parse(answer.result?.value ?? 'null') as T;
  }

  async press(key: Key): Promise<void> {
    await this.#ask('input.performActions', { context: this.#context, actions: keyActions(key) });
  }

  #ask(method: string, params: unknown, ms = ANSWER_MS): Promise<unknown> {
    const id = ++this.#last;
    const answer = new Promise<unknown>((done, fail) => this.#waiting.set(id, { done, fail }));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return within(`${method} of Firefox`, ms, answer);
  }

  #take({ id, type, method, message, result, params }: Message): void {
    if (method === 'log.entryAdded') {
      const { level, text } = params as LogEntry;
      if (level === 'error') this.complaints.push(text ?? '');
    }
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || !waiting) return;
    this.#waiting.delete(id);
    if (type === 'error') waiting.fail(new Error(message));
    else waiting.done(result);
  }
}
