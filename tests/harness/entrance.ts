// SPDX-License-Identifier: MIT
// All the ways to a broadcaster: from home, from its own host and from elsewhere; with each cookie that there is, or none;
// by TLS, beside it, and where there is none.

import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { fetchText, type Answer } from './http';
import { asArguments, freePort, Line, type LineOptions, type Settings } from './line';
import { command } from './namespace';
import { programs } from './paths';
import { Browser, PASSPHRASE, setPassphrase } from './signing';
import type { Stage } from './stage';
import { until } from './wait';
import { Viewer, type ViewerOptions } from './viewer';

const SOON_MS = 20_000;
/** To check a passphrase, and to write a page, on a machine that has much else to do. */
const PATIENCE_MS = 60_000;

export const AT_HOME = '192.168.92.5';
export const HOME_NETWORK = '192.168.92.0/24';
const ELSEWHERE = '198.51.100.92';

/** As PROTOCOL.md calls the columns of "Who one is": where a request goes to, and comes from. */
export const PLACES = {
  'at home': { address: AT_HOME, localAddress: AT_HOME },
  'this host': { address: '127.0.0.1', localAddress: '127.0.0.1' },
  elsewhere: { address: AT_HOME, localAddress: ELSEWHERE },
} as const;
export type Place = keyof typeof PLACES;
export const places = Object.keys(PLACES) as Place[];

/** As PROTOCOL.md calls the rows there. */
export const SHOWN = ['nothing', "a guest's link", "a display's link", 'the passphrase'] as const;
export type Shown = (typeof SHOWN)[number];

export type Way = 'by TLS' | 'beside TLS' | 'without TLS';

export interface Asking {
  readonly place: Place;
  readonly shown: Shown;
  readonly way: Way;
  /** The header; undefined: there is none. */
  readonly origin: string | undefined;
}

/** Addresses at home and elsewhere that are this namespace's own; more of those at home. */
async function settle(stage: Stage, more: readonly string[]): Promise<void> {
  await command('ip', 'link', 'add', 'people', 'type', 'veth', 'peer', 'name', 'others');
  stage.onClose(() => command('ip', 'link', 'delete', 'people').then(() => undefined));
  for (const one of [AT_HOME, ...more]) await command('ip', 'address', 'add', `${one}/24`, 'dev', 'people');
  await command('ip', 'address', 'add', `${ELSEWHERE}/32`, 'dev', 'people');
  for (const name of ['people', 'others']) await command('ip', 'link', 'set', name, 'up');
}

/** A certificate for where it is asked, whose authority it is itself. */
function certificate(stage: Stage): { readonly settings: Settings; readonly ca: string } {
  const [key, pem] = [stage.path('own.key'), stage.path('own.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
  const names = ['-subj', '/CN=router', '-addext', `subjectAltName=DNS:localhost,IP:127.0.0.1,IP:${AT_HOME}`];
  execFileSync('openssl', ['req', '-x509', ...kind, ...names, '-keyout', key, '-out', pem], { stdio: 'ignore' });
  chmodSync(key, 0o600);
  return { settings: { 'tls.certificate': pem, 'tls.key': key }, ca: readFileSync(pem, 'utf8') };
}

/** A broadcaster, with or without a certificate, and the cookies that it has given. */
export class Entrance {
  readonly #stage: Stage;
  readonly port: number;
  readonly #ca: string | undefined;
  readonly #cookies = new Map<Shown, string>();
  /** Of a link for guests. */
  token = '';

  private constructor(stage: Stage, port: number, ca: string | undefined) {
    this.#stage = stage;
    this.port = port;
    this.#ca = ca;
  }

  /** A line, to which open() adds broadcasters; other devices at home have these addresses. */
  static async line(stage: Stage, options: LineOptions = {}, more: readonly string[] = []): Promise<Line> {
    await settle(stage, more);
    return Line.start(stage, options);
  }

  static async open(stage: Stage, line: Line, settings: Settings = {}, tls = false): Promise<Entrance> {
    const own = tls ? certificate(stage) : undefined;
    const made = new Entrance(stage, await freePort(), own?.ca);
    const folder = stage.path(`secrets-${made.port}`);
    setPassphrase(folder);
    const daemon = stage.start(
      programs.broadcaster,
      asArguments({
        'redis.server': line.redis.path,
        'access.folder': folder,
        'listen.address': '0.0.0.0',
        'listen.port': made.port,
        'limits.viewers_per_address': 1000,
        'status.socket': '',
        ...own?.settings,
        ...settings,
      }),
    );
    await daemon.said(/Serving at/, SOON_MS);
    await until('it to be healthy', SOON_MS, async () => {
      const { status } = await fetchText(made.port, '/healthz');
      return status === 200;
    });
    return made;
  }

  #browser(place: Place): Browser {
    return new Browser(this.port, { ...PLACES[place], ...(this.#ca === undefined ? {} : { ca: this.#ca }) });
  }

  /** Of one who signs in anew. */
  async lead(): Promise<Browser> {
    const browser = this.#browser('this host');
    const said = await browser.signIn();
    if (said !== 'done') throw new Error(`signing in was refused: ${said}`);
    return browser;
  }

  /** Gives all the cookies that there are. */
  async invite(): Promise<void> {
    const leader = await this.lead();
    this.#cookies.set('the passphrase', leader.cookie);
    for (const [shown, wish] of [
      ["a guest's link", 'guest'],
      ["a display's link", 'display'],
    ] as const) {
      const { token } = JSON.parse((await leader.post('links', `make ${wish}`)).body) as { token: string };
      const browser = this.#browser('elsewhere');
      const said = await browser.ask('link', token);
      if (said !== 'done') throw new Error(`a link was refused: ${said}`);
      this.#cookies.set(shown, browser.cookie);
      if (wish === 'guest') this.token = token;
    }
  }

  #headers(shown: Shown, cookie = this.#cookies.get(shown)): Record<string, string> {
    return cookie === undefined ? {} : { cookie };
  }

  /** The page's own. */
  origin({ place, way }: Pick<Asking, 'place' | 'way'>): string {
    return `${way === 'by TLS' ? 'https' : 'http'}://${PLACES[place].address}:${this.port}`;
  }

  /** The answer to a request as PROTOCOL.md writes it: "GET /feed". Whoever would be signed out by it comes with a cookie
   * of their own. */
  ask(request: string, { place, shown, way, origin }: Asking, cookie?: string): Promise<Answer> {
    const [method = '', path = ''] = request.split(' ');
    const bodies: Readonly<Record<string, string>> = {
      '/api/v1/sign-in': PASSPHRASE,
      '/api/v1/sign-out': 'here',
      '/api/v1/link': this.token === '' ? 'A'.repeat(43) : this.token,
      '/api/v1/links': 'list',
    };
    const socket = {
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-protocol': 'connvis.v1',
    };
    const body = method === 'POST' ? (bodies[path] ?? 'nothing') : undefined;
    const answer = fetchText(this.port, path, {
      ...PLACES[place],
      ...(way === 'by TLS' && this.#ca !== undefined ? { ca: this.#ca } : {}),
      method,
      patience: PATIENCE_MS,
      ...(body === undefined ? {} : { body }),
      headers: {
        ...this.#headers(shown, cookie),
        ...(origin === undefined ? {} : { origin }),
        ...(path === '/feed' ? socket : {}),
        ...(method === 'POST' ? { 'content-type': 'application/x-connvis' } : {}),
      },
    });
    return answer.catch((error: unknown) => {
      throw new Error(`${request} was not answered: ${JSON.stringify({ place, shown, way, origin })}`, {
        cause: error,
      });
    });
  }

  /** Whoever has shown this, by TLS if there is any. */
  watch(shown: Shown, place: Place, options: ViewerOptions = {}): Promise<Viewer> {
    return Viewer.open(this.#stage, this.port, {
      ...PLACES[place],
      ...(this.#ca === undefined ? {} : { ca: this.#ca }),
      ...options,
      origin: this.origin({ place, way: this.#ca === undefined ? 'without TLS' : 'by TLS' }),
      headers: this.#headers(shown),
    });
  }
}
