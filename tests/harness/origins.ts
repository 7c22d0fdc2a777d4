// SPDX-License-Identifier: MIT
// The servers that deploy/get-data asks, as one local HTTPS server that answers for all of their names, and npm's
// registry beside it. curl is led there by its own configuration file, so what is asked are the true addresses.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import {
  createServer as createPlain,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Stage } from './stage';

/** Answers one address, given without "https://". */
export type Origin = (response: ServerResponse, request: IncomingMessage) => void;

export const sends =
  (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Origin =>
  (response) =>
    void response.writeHead(200, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);

export const redirects =
  (to: string): Origin =>
  (response) =>
    void response.writeHead(302, { location: to, 'last-modified': 'Sat, 01 Jan 2000 00:00:00 GMT' }).end();

/** Never ends, and announces no length. */
export const endless: Origin = (response) => {
  const piece = Buffer.alloc(1 << 16, 'a.example\n');
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.writeHead(200).on('drain', more);
  more();
};

/** Announces more than it sends. */
export const breaks =
  (body: Uint8Array): Origin =>
  (response) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, body.length >> 1), () => void response.destroy());
  };

const listen = (server: Server): Promise<number> =>
  new Promise((done) => server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)));

export class Origins {
  /** By address; what is not in it is not found. */
  readonly answers = new Map<string, Origin>();
  /** The addresses that were asked for. */
  readonly asked: string[] = [];
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  static async start(stage: Stage, names: readonly string[]): Promise<Origins> {
    const [key, certificate, home] = [stage.path('key.pem'), stage.path('certificate.pem'), stage.path('curl')];
    const { status, stderr } = spawnSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '36500',
        '-subj',
        '/CN=test',
        '-addext',
        `subjectAltName=${names.map((name) => `DNS:${name}`).join()}`,
        '-keyout',
        key,
        '-out',
        certificate,
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    const environment: NodeJS.ProcessEnv = { ...process.env, CURL_HOME: home };
    const origins = new Origins(environment);
    const answer: RequestListener = (request, response) => {
      const address = `${request.headers.host ?? ''}${request.url ?? ''}`;
      origins.asked.push(address);
      (origins.answers.get(address) ?? ((r) => void r.writeHead(404).end('not found\n')))(response, request);
    };
    const secure = createSecure({ key: readFileSync(key), cert: readFileSync(certificate) }, answer);
    const registry = createPlain((request, response) => {
      request.headers.host = 'npm';
      answer(request, response);
    });
    const port = await listen(secure);
    environment.npm_config_registry = `http://127.0.0.1:${await listen(registry)}/`;
    environment.npm_config_cache = stage.path('npm-cache');
    environment.npm_config_fetch_retries = '0';
    mkdirSync(home);
    stage.file('curl/.curlrc', `connect-to = "::127.0.0.1:${port}"\ncacert = "${certificate}"\nnoproxy = "*"\n`);
    for (const server of [secure, registry]) {
      stage.onClose(() => {
        // node 18 gives nothing back
        server.close();
        server.closeAllConnections();
      });
    }
    return origins;
  }

  /** Puts a package with these files into npm's registry. */
  publish(stage: Stage, name: string, version: string, folder: string, files: readonly string[]): void {
    const archive = stage.path(`${name.replace(/\W/g, '-')}.tgz`);
    const { status, stderr } = spawnSync(
      'tar',
      ['-czf', archive, '-C', folder, '--transform', 's,^,package/,', ...files],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    const bytes = readFileSync(archive);
    const path = `${name}/-/${version}.tgz`;
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const tarball = `${this.#environment.npm_config_registry ?? ''}${path}`;
    const about = {
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { name, version, dist: { tarball, integrity } } },
    };
    this.answers.set(
      `npm/${name.replace('/', '%2f')}`,
      sends(JSON.stringify(about), { 'content-type': 'application/json' }),
    );
    this.answers.set(`npm/${path}`, sends(bytes));
  }

  /** Starts a program that may ask the origins, as the leader of a process group. */
  start(program: string, ...args: string[]): ChildProcess {
    return spawn(program, args, { env: this.#environment, stdio: 'ignore', detached: true });
  }

  /** Runs a program that may ask the origins: its status, and all that it said. */
  run(program: string, ...args: string[]): Promise<{ status: number | null; said: string }> {
    return new Promise((done, fail) => {
      const child = spawn(program, args, { env: this.#environment, stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (said += text));
      child.on('error', fail).on('close', (status) => done({ status, said }));
    });
  }
}
