// SPDX-License-Identifier: MIT
// Whoever leads the room, as the page does it: the passphrase, signing in and out, the cookie.

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fetchText, type Answer } from './http';
import { programs } from './paths';

export const PASSPHRASE = 'correct horse battery staple';
/** For one's turn, and for the passphrase to be checked, on a machine that has much else to do. */
const PATIENCE_MS = 60_000;

/** Keeps it in a folder, which is made where there is none, as one would by hand. */
export function setPassphrase(folder: string, passphrase = PASSPHRASE): void {
  mkdirSync(folder, { recursive: true });
  execFileSync(programs.broadcaster, ['--set', `access.folder=${folder}`, '--set-passphrase'], {
    input: `${passphrase}\n`,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}

/** A browser with a cookie, or none yet. */
export class Browser {
  /** What it sends; empty: nothing. */
  cookie = '';
  /** The whole of what it was last given. */
  given = '';
  readonly #port: number;
  readonly #from: { readonly address?: string; readonly localAddress?: string; readonly ca?: string };

  constructor(
    port: number,
    from: { readonly address?: string; readonly localAddress?: string; readonly ca?: string } = {},
  ) {
    this.#port = port;
    this.#from = from;
  }

  /** Where the page is. */
  get origin(): string {
    const { address = '127.0.0.1', ca } = this.#from;
    return `${ca === undefined ? 'http' : 'https'}://${address}:${this.#port}`;
  }

  get headers(): Readonly<Record<string, string>> {
    return this.cookie === '' ? {} : { cookie: this.cookie };
  }

  /** Asks the broadcaster for something, and keeps the cookie that comes with the answer. */
  async post(what: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const answer = await fetchText(this.#port, `/api/v1/${what}`, {
      ...this.#from,
      method: 'POST',
      body,
      patience: PATIENCE_MS,
      headers: {
        origin: this.origin,
        'content-type': 'application/x-connvis',
        ...this.headers,
        ...headers,
      },
    });
    const [given] = [answer.headers['set-cookie'] ?? []].flat();
    if (given !== undefined) {
      this.given = given;
      const [pair = ''] = given.split(';');
      this.cookie = pair.endsWith('=') ? '' : pair;
    }
    return answer;
  }

  /** The same; why it was refused, or "done". Who may not watch at all is told nothing but the status. */
  async ask(what: string, body: string): Promise<string> {
    const { status, body: text } = await this.post(what, body);
    if (status === 200) return 'done';
    return text.startsWith('{') ? String((JSON.parse(text) as { error?: string }).error) : String(status);
  }

  signIn(passphrase = PASSPHRASE): Promise<string> {
    return this.ask('sign-in', passphrase);
  }
}

/** Whoever leads, signed in, and a display that has come by their link. */
export async function leaderAndScreen(port: number): Promise<readonly [leader: Browser, screen: Browser]> {
  const [leader, screen] = [new Browser(port), new Browser(port)];
  const signedIn = await leader.signIn();
  const { token } = JSON.parse((await leader.post('links', 'make display')).body) as { token: string };
  const joined = await screen.ask('link', token);
  if (signedIn !== 'done' || joined !== 'done') throw new Error(`signing in: ${signedIn}, the link: ${joined}`);
  return [leader, screen];
}
