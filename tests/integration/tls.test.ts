// SPDX-License-Identifier: MIT
// The page by TLS: with certificates of an authority and self-signed ones, renewed while somebody watches, and wrong ones.

import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { hostname } from 'node:os';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { sendBytes } from '../harness/http';
import { asArguments, Line, SHOW_ALL, type Settings } from '../harness/line';
import { programs } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';
import { until, within } from '../harness/wait';
import { sameMoment, Viewer } from '../harness/viewer';

const NOBODY = 65534;
const SOON_MS = 5000;
/** Files are looked at every 5 s, and taken when they were the same twice. */
const SEEN_MS = 30_000;
const WRONG = 2,
  FAILED = 1;
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const RSA = ['-newkey', 'rsa:2048'];

/** A folder with an authority, and what it signs. */
class Authority {
  readonly #here: Stage;
  readonly certificate: string;
  readonly key: string;

  constructor(here: Stage) {
    this.#here = here;
    this.certificate = here.path('own.pem');
    this.key = here.path('own.key');
    this.#openssl('req', '-x509', ...EC, '-nodes', '-subj', '/CN=authority', '-days', '30', ...this.#out('ca'));
  }

  get ca(): string {
    return readFileSync(this.#here.path('ca.pem'), 'utf8');
  }

  get settings(): Settings {
    return { 'tls.certificate': this.certificate, 'tls.key': this.key };
  }

  #openssl(...words: string[]): string {
    return execFileSync('openssl', words, { cwd: this.#here.folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  }

  #out(name: string): string[] {
    return ['-keyout', `${name}.key`, '-out', `${name}.pem`];
  }

  /** Puts a new certificate and its key in the place of those before, as a renewal does; its fingerprint. */
  renew(kind: string[] = EC, selfSigned = false): string {
    const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const by = selfSigned ? [] : ['-CA', 'ca.pem', '-CAkey', 'ca.key'];
    this.#openssl(
      'req',
      '-x509',
      ...kind,
      '-nodes',
      '-subj',
      '/CN=router',
      '-days',
      '30',
      ...names,
      ...by,
      ...this.#out('new'),
    );
    renameSync(this.#here.path('new.pem'), this.certificate);
    renameSync(this.#here.path('new.key'), this.key);
    return (
      this.#openssl('x509', '-in', this.certificate, '-noout', '-fingerprint', '-sha256').trim().split('=')[1] ?? ''
    );
  }
}

/** A finished handshake. */
async function shake(here: Stage, port: number, options: ConnectionOptions): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ...options });
  here.onClose(() => void socket.destroy());
  await within(
    'a handshake',
    10_000,
    new Promise<void>((done, fail) => {
      socket.on('secureConnect', done);
      socket.on('error', fail);
    }),
  );
  return socket;
}

/** The fingerprint of the certificate that a new connection is shown. */
async function shown(here: Stage, port: number): Promise<string> {
  const socket = await shake(here, port, { rejectUnauthorized: false });
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

const get = (port: number, ca: string, path = '/'): Promise<{ status: number; headers: IncomingHttpHeaders }> =>
  new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, path, ca, agent: false, timeout: 10_000 }, (answer) => {
      answer.resume();
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers }));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', fail);
    sent.end();
  });

/** A line whose broadcaster reads a file. */
async function startLine(here: Stage, settings: Settings): Promise<Line> {
  const line = await Line.prepare(here, { collector: SHOW_ALL });
  await line.redis.start();
  line.startCollector();
  configure(here, line, settings);
  line.broadcaster = here.start(programs.broadcaster, ['--config', here.path('broadcaster.conf')]);
  await until('the broadcaster to be healthy', 20_000, async () => {
    const answer = await line.get('/healthz').catch(() => undefined);
    return answer?.status === 200;
  });
  return line;
}

function configure(here: Stage, line: Line, settings: Settings): void {
  const all: Settings = {
    'redis.server': line.redis.path,
    'listen.port': line.port,
    'log.level': 'debug',
    ...settings,
  };
  const text = Object.entries(all).map(([name, value]) => `[${name.replace('.', ']\n')} = ${value}\n`);
  writeFileSync(here.path('broadcaster.conf'), text.join(''));
}

async function reload(here: Stage, line: Line, settings: Settings): Promise<string> {
  const from = line.broadcaster.output.length;
  configure(here, line, settings);
  line.broadcaster.signal('SIGHUP');
  await line.broadcaster.said(/The configuration was read again.*\n/, SOON_MS, from);
  return line.broadcaster.output.slice(from);
}

test('a certificate of an authority serves the page and the feed', async () => {
  const here = stage();
  const authority = new Authority(here);
  const fingerprint = authority.renew();
  const { port, broadcaster } = await startLine(here, authority.settings);
  const { ca } = authority;
  expect(broadcaster.output).toContain(`fingerprint of its certificate is ${fingerprint}.`);
  const { status, headers } = await get(port, ca);
  expect(status).toBe(200);
  expect(headers['strict-transport-security']).toBe(`max-age=${180 * 86_400}`);
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');

  const viewer = await Viewer.open(here, port, { ca });
  await viewer.live(SOON_MS);
  // no browser asks whether to trust it
  expect(viewer.hello?.certificate).toBe('');
  for (const origin of [`http://127.0.0.1:${port}`, 'https://127.0.0.1', 'https://evil.example']) {
    await expect(Viewer.open(here, port, { ca, origin })).rejects.toThrow('403');
  }
  await expect(Viewer.open(here, port, { ca, headers: { host: 'evil.example' } })).rejects.toThrow('421');
});

test('HTTP/1.1 and TLS from 1.2 on are all that is offered', async () => {
  const here = stage();
  const authority = new Authority(here);
  authority.renew();
  const { port } = await startLine(here, authority.settings);
  const { ca } = authority;
  const offer = async (...protocols: string[]): Promise<string | false | null> =>
    (await shake(here, port, { ca, ALPNProtocols: protocols })).alpnProtocol;
  expect(await offer('h2', 'http/1.1')).toBe('http/1.1');
  expect(await offer('h2')).toBe(false);
  expect((await shake(here, port, { ca })).getProtocol()).toBe('TLSv1.3');
  expect((await shake(here, port, { ca, maxVersion: 'TLSv1.2' })).getProtocol()).toBe('TLSv1.2');
  // the client's own security level would refuse it before the server does
  const old = { ca, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;
  await expect(shake(here, port, old)).rejects.toThrow(/alert protocol version/);
  // any other name than that of a page of ours gets the same certificate, and no page
  expect(
    (await shake(here, port, { ca, servername: 'default', checkServerIdentity: () => undefined })).authorized,
  ).toBe(true);

  const ask = async (text: string): Promise<string> => {
    const socket = await shake(here, port, { ca });
    return within(
      'an answer',
      SOON_MS,
      new Promise((done) => {
        let answer = '';
        socket.on('data', (piece: Buffer) => (answer += piece.toString('latin1')));
        socket.on('close', () => done(answer));
        socket.write(text);
      }),
    );
  };
  const h2c = 'Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n';
  expect(await ask(`GET / HTTP/1.1\r\nHost: localhost\r\n${h2c}`)).toMatch(/^HTTP\/1\.1 400 /);
});

test('without TLS there is only the way to it', async () => {
  const here = stage();
  const authority = new Authority(here);
  authority.renew();
  const line = await startLine(here, authority.settings);
  const page = await line.get('/flows');
  expect(page.status).toBe(307);
  expect(page.headers.location).toBe(`https://127.0.0.1:${line.port}/`);
  expect(page.headers['strict-transport-security']).toBeUndefined();
  expect(page.body).toBe('');
  expect((await line.get('/api/v1/state')).status).toBe(307);
  expect((await line.get('/', { host: 'evil.example' })).status).toBe(421);
  expect((await line.get('/', { host: 'evil.example' })).body).toContain(`https://127.0.0.1:${line.port}/`);
  await expect(Viewer.open(here, line.port)).rejects.toThrow('307');
  // a check on this host
  expect((await line.get('/healthz')).status).toBe(200);
  for (const bytes of ['\r\n\r\n', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', Buffer.from([22, 3, 1, 255, 255, 0, 0])]) {
    expect(await sendBytes(line.port, bytes, 1000)).not.toMatch(/HTTP\/1\.1 (101|2)/);
  }
  await line.healthy();
});

test('a renewed certificate is taken while somebody watches', async () => {
  const here = stage();
  const authority = new Authority(here);
  const first = authority.renew();
  const line = await startLine(here, authority.settings);
  const viewer = await Viewer.open(here, line.port, { ca: authority.ca });
  await viewer.live(SOON_MS);
  expect(await shown(here, line.port)).toBe(first);

  // asked for; with another kind of key, of which the one before must not stay
  const second = authority.renew(RSA);
  await reload(here, line, authority.settings);
  await line.broadcaster.said(new RegExp(`fingerprint of its certificate is ${second}`));
  expect(await shown(here, line.port)).toBe(second);
  expect((await get(line.port, authority.ca)).status).toBe(200);
  // seen by itself
  const third = authority.renew();
  await until('the new certificate', SEEN_MS, async () => (await shown(here, line.port)) === third);
  await line.broadcaster.said(new RegExp(`fingerprint of its certificate is ${third}`));
  // one that is not whole changes nothing
  const from = line.broadcaster.output.length;
  writeFileSync(authority.key, 'not a key\n');
  await line.broadcaster.said(
    /tls\.key is "[^"]*own\.key", which holds no private key in PEM form; the certificate of before stays\./,
    SEEN_MS,
    from,
  );
  expect(await shown(here, line.port)).toBe(third);
  expect(await reload(here, line, authority.settings)).toContain('everything stays as it was');
  expect(await shown(here, line.port)).toBe(third);
  expect((await get(line.port, authority.ca)).status).toBe(200);

  await viewer.live(SOON_MS);
  expect(viewer.connects).toBe(1);
  expect(viewer.closed).toBeUndefined();
});

test('TLS begins and ends by a reload, and who watches stays and sees the same', async () => {
  const here = stage();
  const authority = new Authority(here);
  authority.renew();
  const line = await startLine(here, {});
  await line.inject('--count', '5000', '--quiet');
  const plain = await Viewer.open(here, line.port);
  await plain.until('the entries', 20_000, (viewer) => viewer.site().connections === 5000);
  expect(await reload(here, line, authority.settings)).toContain('changed at once are tls.certificate, tls.key');
  expect((await line.get('/')).status).toBe(307);
  const secret = await Viewer.open(here, line.port, { ca: authority.ca });
  await secret.live(20_000);
  await plain.live(SOON_MS);
  const [one, other] = await sameMoment([plain, secret]);
  expect(other).toBe(one);

  expect(await reload(here, line, {})).toContain('changed at once are tls.certificate, tls.key');
  await line.broadcaster.said(/The page is served without TLS\./);
  expect((await line.get('/')).status).toBe(200);
  const { headers } = await line.get('/');
  expect(headers['strict-transport-security']).toBeUndefined();
  await secret.live(SOON_MS);
  expect(secret.closed).toBeUndefined();
  expect(plain.closed).toBeUndefined();
});

test('only browsers that can trust it are told to come back by TLS', async () => {
  const here = stage();
  const authority = new Authority(here);
  authority.renew(EC, true);
  const line = await startLine(here, authority.settings);
  const hsts = async (): Promise<unknown> =>
    (await get(line.port, readFileSync(authority.certificate, 'utf8') + authority.ca)).headers[
      'strict-transport-security'
    ];
  expect(await hsts()).toBeUndefined();
  authority.renew();
  await reload(here, line, { ...authority.settings, 'tls.hsts_days': 1 });
  expect(await hsts()).toBe('max-age=86400');
  await reload(here, line, { ...authority.settings, 'tls.hsts_days': 0 });
  expect(await hsts()).toBeUndefined();
});

test('a page that is wanted in pieces comes whole', async () => {
  const here = stage();
  const authority = new Authority(here);
  authority.renew();
  const line = await startLine(here, authority.settings);
  await line.inject('--count', '5000', '--quiet');
  const viewer = await Viewer.open(here, line.port, { ca: authority.ca });
  await viewer.until('the entries', 20_000, (one) => one.site().connections === 5000);
  // one after the other on the same connection, the second of which is large and read slowly
  const socket = await shake(here, line.port, { ca: authority.ca });
  let answer = '';
  socket.on('data', (piece: Buffer) => {
    answer += piece.toString('latin1');
    socket.pause();
    setTimeout(() => socket.resume(), 1);
  });
  const lengths: number[] = [];
  let at = 0;
  const isWhole = (): boolean => {
    const [head = '', length] =
      /^HTTP\/1\.1 200 OK\r\n[^]*?Content-Length: (\d+)[^]*?\r\n\r\n/.exec(answer.slice(at)) ?? [];
    const end = at + head.length + Number(length);
    if (!(answer.length >= end)) return false;
    lengths.push(Number(length));
    at = end;
    return true;
  };
  for (const path of ['/healthz', '/api/v1/state', '/healthz']) {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await until(`the answer to ${path}`, 50_000, isWhole, () => answer.slice(-500));
  }
  expect(lengths[1]).toBeGreaterThan(500_000);
  expect(answer.length).toBe(at);
});

test('a self-signed certificate is made once, and its fingerprint is told', async () => {
  const here = stage();
  const settings = { 'tls.certificate': 'self-signed', 'tls.folder': here.folder };
  const check = asArguments({ 'redis.server': here.path('redis'), ...settings });
  expect(execFileSync(programs.broadcaster, ['--check-config', ...check]).toString()).toBe(
    'The configuration is good.\n',
  );
  expect(existsSync(here.path('certificate.pem'))).toBe(false);

  const line = await startLine(here, { ...settings, 'status.socket': here.path('status') });
  const fingerprint = await shown(here, line.port);
  expect(line.broadcaster.output).toContain(`fingerprint of its certificate is ${fingerprint}.`);
  const asked = execFileSync(programs.broadcaster, ['--config', here.path('broadcaster.conf'), '--status']).toString();
  expect(asked).toContain(`fingerprint is ${fingerprint}.`);
  for (const name of ['certificate.pem', 'key.pem']) expect(statSync(here.path(name)).mode & 0o777).toBe(0o600);
  const certificate = new X509Certificate(readFileSync(here.path('certificate.pem')));
  expect(certificate.fingerprint256).toBe(fingerprint);
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkHost(`${hostname()}.local`)).toBeDefined();
  const years = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / (365.25 * 86_400_000);
  expect(Math.round(years)).toBe(10);

  const viewer = await Viewer.open(here, line.port, { ca: certificate.toString() });
  await viewer.live(SOON_MS);
  expect(viewer.hello?.certificate).toBe(fingerprint);
  await line.broadcaster.end();
  line.broadcaster = here.start(programs.broadcaster, ['--config', here.path('broadcaster.conf')]);
  await line.broadcaster.said(new RegExp(`fingerprint of its certificate is ${fingerprint}`));
});

test('a self-signed certificate that cannot be kept is no start', async () => {
  const here = stage();
  const args = asArguments({
    'redis.server': here.path('redis'),
    'tls.certificate': 'self-signed',
    'tls.folder': '/nowhere',
  });
  const daemon = here.start(programs.broadcaster, args);
  daemon.excused = true;
  expect((await daemon.ended(10_000)).code).toBe(FAILED);
  expect(daemon.output).toContain(
    'No self-signed certificate can be kept in /nowhere, of tls.folder: No such file or directory.',
  );
});

describe('wrong files are named', () => {
  const refusal = async (here: Stage, settings: Settings, ...more: string[]): Promise<string> => {
    const args = [...asArguments({ 'redis.server': here.path('redis'), ...settings }), ...more];
    const daemon = here.start(programs.broadcaster, args, { user: NOBODY });
    daemon.excused = true;
    expect((await daemon.ended(10_000)).code).toBe(WRONG);
    return daemon.output.trim();
  };

  test.each([
    ['at the start', []],
    ['by --check-config', ['--check-config']],
  ])('%s', async (_, more) => {
    const here = stage();
    const authority = new Authority(here);
    authority.renew();
    const { certificate, key } = authority;
    const say = (settings: Settings): Promise<string> => refusal(here, settings, ...more);
    const start = 'connvis-broadcaster: command line: ';
    expect(await say({ 'tls.certificate': certificate })).toBe(
      `${start}tls.key is empty, but tls.certificate is not: TLS needs both`,
    );
    expect(await say({ 'tls.key': key })).toBe(`${start}tls.certificate is empty, but tls.key is not: TLS needs both`);
    expect(await say({ 'tls.certificate': 'own.pem', 'tls.key': key })).toBe(
      `${start}tls.certificate is "own.pem", but must be the absolute path of a file, or self-signed`,
    );
    expect(await say({ ...authority.settings, 'tls.certificate': here.path('none') })).toBe(
      `${start}tls.certificate is "${here.path('none')}", which cannot be read: No such file or directory`,
    );
    expect(await say({ ...authority.settings, 'tls.certificate': 'self-signed' })).toBe(
      `${start}tls.key is set, but a self-signed certificate has a key of its own: leave it empty`,
    );
    chmodSync(key, 0o600);
    expect(await say(authority.settings)).toBe(`${start}tls.key is "${key}", which cannot be read: Permission denied`);
    chmodSync(here.path('ca.key'), 0o644);
    expect(await say({ ...authority.settings, 'tls.key': here.path('ca.key') })).toBe(
      `${start}tls.key is "${here.path('ca.key')}", which is not the key of the certificate in ${certificate}`,
    );
  });
});
