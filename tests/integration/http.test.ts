// SPDX-License-Identifier: MIT
// The broadcaster's HTTP side: the page, who may see it, the state for scripts, health and metrics.

import { connect, type Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { fetchText, sendBytes } from '../harness/http';
import { Line } from '../harness/line';
import { command } from '../harness/namespace';
import { sharedStage } from '../harness/stage';
import { until } from '../harness/wait';
import type { Viewer, ViewerOptions } from '../harness/viewer';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/** Addresses of this namespace alone: one on a home network, one outside. */
const AT_HOME = '192.168.91.5';
const OUTSIDE = '198.51.100.91';
const OUTSIDE_TOO = ['198.51.100.92', '198.51.100.93'];

const stage = sharedStage();
let line: Line;

beforeAll(async () => {
  await command('ip', 'link', 'add', 'people', 'type', 'veth', 'peer', 'name', 'others');
  stage.onClose(() => command('ip', 'link', 'delete', 'people').then(() => undefined));
  await command('ip', 'address', 'add', `${AT_HOME}/24`, 'dev', 'people');
  for (const one of [OUTSIDE, ...OUTSIDE_TOO]) await command('ip', 'address', 'add', `${one}/32`, 'dev', 'people');
  for (const name of ['people', 'others']) await command('ip', 'link', 'set', name, 'up');
  line = await Line.start(stage, {
    collector: { 'site.name': 'home' },
    broadcaster: {
      'listen.address': '0.0.0.0',
      'access.hosts': 'connvis.example',
      'limits.viewers_per_address': 3,
      'limits.viewers': 5,
    },
  });
  await line.inject('--count', '300', '--quiet');
});

const refusal = async (options: ViewerOptions): Promise<string> => {
  try {
    const viewer = await line.viewer(options);
    viewer.close();
    return 'let in';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('the page', () => {
  test('comes with a strict policy and is not stored', async () => {
    const { status, headers, body } = await line.get('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(headers['content-security-policy']).toBe(POLICY);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['etag']).toBeTruthy();
    expect(body).toContain('<html');
  });

  test('loads nothing from a third party', async () => {
    const { body } = await line.get('/');
    expect(body.match(/(?:src|href)="(?:https?:)?\/\/[^"]*"/g)).toBeNull();
  });

  test('is compressed for those who say so, and is not sent twice', async () => {
    const zipped = await line.get('/', { 'Accept-Encoding': 'gzip' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    const again = await line.get('/', { 'If-None-Match': String(zipped.headers['etag']) });
    expect(again.status).toBe(304);
    expect(again.body).toBe('');
  });

  test('its parts have lasting names', async () => {
    const { body } = await line.get('/');
    const parts = [...body.matchAll(/(?:src|href)="(\/?[^":]+\.(?:js|css))"/g)].map((match) => match[1] as string);
    for (const part of parts) {
      const { status, headers } = await line.get(new URL(part, 'http://x/').pathname);
      expect(status).toBe(200);
      // what an old browser is told by has one name for all times, and may change
      expect(headers['cache-control']).toContain(part.endsWith('too-old.js') ? 'no-cache' : 'immutable');
      expect(headers['content-security-policy']).toBe(POLICY);
    }
  });

  test('what a phone puts on its home screen has its type, and is asked for again', async () => {
    const manifest = await line.get('/manifest.webmanifest');
    const { icons } = JSON.parse(manifest.body) as { icons: { src: string; type: string }[] };
    expect(icons.length).toBeGreaterThan(2);
    const files = [
      { src: 'manifest.webmanifest', type: 'application/manifest+json' },
      { src: 'icon-180.png', type: 'image/png' },
      ...icons,
    ];
    for (const { src, type } of files) {
      const { status, headers } = await line.get(`/${src}`);
      expect([status, headers['content-type']], src).toEqual([200, type]);
      expect(headers['content-security-policy']).toBe(POLICY);
      // their names stay when they change
      expect(headers['cache-control']).toBe('no-cache');
      expect((await line.get(`/${src}`, { 'If-None-Match': String(headers['etag']) })).status, src).toBe(304);
    }
    expect((await line.get('/')).body).toContain('href="./manifest.webmanifest"');
  });

  test('nothing else is there, and nothing can be written', async () => {
    expect((await line.get('/../../etc/passwd')).status).toBe(404);
    expect((await line.get('/no-such-page')).status).toBe(404);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await fetchText(line.port, '/', { method })).status, method).toBe(405);
    }
    expect((await fetchText(line.port, '/', { method: 'HEAD' })).body).toBe('');
  });
});

describe('who may look', () => {
  test('by address', async () => {
    const atHome = await fetchText(line.port, '/', { address: AT_HOME, localAddress: AT_HOME });
    expect(atHome.status).toBe(200);
    // a browser logs an error for this one over plain HTTP
    expect(atHome.headers['cross-origin-opener-policy']).toBeUndefined();
    const refused = await fetchText(line.port, '/', { address: AT_HOME, localAddress: OUTSIDE });
    expect(refused.status).toBe(403);
    expect(refused.body).toContain(OUTSIDE);
    expect(await refusal({ address: AT_HOME, localAddress: OUTSIDE })).toContain('403');
    // nobody is believed who they say they are
    const forged = { address: AT_HOME, localAddress: OUTSIDE, headers: { 'X-Forwarded-For': AT_HOME } };
    expect((await fetchText(line.port, '/', forged)).status).toBe(403);
  });

  test('behind a proxy at loopback, this host asks for the status alone', async () => {
    const nowhere = { 'access.proxies': '127.0.0.1', 'redis.server': stage.path('nobody.sock') };
    const behind = await Line.prepare(stage, { broadcaster: nowhere });
    await behind.startBroadcaster();
    expect((await behind.get('/metrics')).status).toBe(200);
    expect((await behind.get('/healthz')).status).toBe(503); // Redis is not there
    // with the other Redis there are counts, which are not for who may come through the proxy without its header
    const counting = await Line.prepare(stage, {
      broadcaster: { 'access.proxies': '127.0.0.1', 'redis.server': line.redis.path },
    });
    await counting.startBroadcaster();
    const atHome = { 'X-Forwarded-For': AT_HOME };
    await until('the counts', 15_000, async () =>
      (await counting.get('/metrics', atHome)).body.includes('\nconnvis_collector_rows'),
    );
    const alone = (await counting.get('/metrics')).body;
    expect(alone).toContain('\nconnvis_broadcaster_viewers ');
    expect(alone).not.toContain('connvis_collector_');
    expect((await behind.get('/api/v1/state')).status).toBe(403);
    expect((await behind.get('/')).status).toBe(403);
    const outside = { 'X-Forwarded-For': '203.0.113.9' };
    for (const path of ['/metrics', '/healthz']) expect((await behind.get(path, outside)).status, path).toBe(403);
  });

  test('not through a proxy that nobody configured', async () => {
    for (const header of [
      'X-Forwarded-For',
      'X-Real-IP',
      'Forwarded',
      'Via',
      'X-Forwarded-Proto',
      'CF-Connecting-IP',
    ]) {
      const value = header === 'Forwarded' ? 'for=198.51.100.77' : '198.51.100.77';
      for (const path of ['/', '/api/v1/state', '/metrics']) {
        const { status, body } = await line.get(path, { [header]: value });
        expect(status, `${header} ${path}`).toBe(403);
        expect(body).toContain('127.0.0.1, to the option access.proxies');
      }
      expect(await refusal({ headers: { [header]: value } })).toContain('403');
    }
    const device = { address: AT_HOME, localAddress: AT_HOME };
    const outsider = { ...device, headers: { 'X-Forwarded-For': '198.51.100.77' } };
    expect((await fetchText(line.port, '/', outsider)).body).toContain('access.proxies');
  });

  test('by the name under which the page was opened', async () => {
    for (const host of ['connvis.example', `connvis.example:${line.port}`, 'localhost', '127.0.0.1', '[::1]:80']) {
      expect((await line.get('/', { Host: host })).status, host).toBe(200);
    }
    for (const host of ['evil.example', 'connvis.example.evil.example', 'localhost.evil.example']) {
      expect((await line.get('/', { Host: host })).status, host).not.toBe(200);
      expect((await line.get('/api/v1/state', { Host: host })).status, host).not.toBe(200);
    }
    for (const host of ['', 'Host: \r\n', 'Host: a b\r\n', 'Host: 127.0.0.1:x\r\n']) {
      const answer = await sendBytes(line.port, `GET / HTTP/1.1\r\n${host}\r\n`);
      expect(answer, host).not.toMatch(/^HTTP\/1.1 200/);
    }
  });

  test('by the page that opens the feed', async () => {
    expect(await refusal({ origin: 'http://evil.example' })).toContain('403');
    expect(await refusal({ origin: 'null' })).toContain('403');
    expect(await refusal({ origin: `http://127.0.0.1:${line.port + 1}` })).toContain('403');
    const upgrade = 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n';
    const rest = `Host: 127.0.0.1:${line.port}\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: connvis.v1\r\n\r\n`;
    expect(await sendBytes(line.port, `GET /feed HTTP/1.1\r\n${upgrade}${rest}`)).toMatch(/^HTTP\/1.1 403/);
    expect(await refusal({ protocol: 'something.else' })).toContain('400');
    expect(await refusal({})).toBe('let in');
  });

  test('no upgrade but to a WebSocket', async () => {
    const host = `Host: 127.0.0.1:${line.port}\r\n`;
    const h2c = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n';
    expect(await sendBytes(line.port, `GET / HTTP/1.1\r\n${host}${h2c}`)).not.toContain('101');
  });
});

describe('strangers', () => {
  test('hold few connections, not for long, and take nobody else a place', async () => {
    const open = (localAddress: string): Socket => {
      const socket = connect({ host: AT_HOME, port: line.port, localAddress });
      socket.on('error', () => undefined);
      socket.write('GET / HTTP/1.1\r\nHost: ');
      return socket;
    };
    const sockets = [OUTSIDE, ...OUTSIDE_TOO].flatMap((one) => Array.from({ length: 17 }, () => open(one)));
    const held = (): number => sockets.filter(({ closed }) => !closed).length;
    await until('the surplus to be refused', 1500, () => held() <= 32);
    expect(held()).toBeGreaterThan(16);
    expect((await fetchText(line.port, '/', { address: AT_HOME, localAddress: AT_HOME })).status).toBe(200);
    await until('the others to be closed', 15_000, () => held() === 0);
    expect((await fetchText(line.port, '/', { address: AT_HOME, localAddress: OUTSIDE })).status).toBe(403);
  });
});

describe('how many', () => {
  const closing = (viewer: Viewer): Promise<{ code: number; reason: string }> =>
    until('the viewer to be closed', 15_000, () => viewer.closed);

  test('viewers of one address, and in total', async () => {
    const first = await Promise.all([line.viewer(), line.viewer(), line.viewer()]);
    const fourth = await closing(await line.viewer());
    expect(fourth).toMatchObject({ code: 1013, reason: expect.stringContaining('this address') as string });
    const local: ViewerOptions = { address: AT_HOME, localAddress: AT_HOME };
    const others = await Promise.all([line.viewer(local), line.viewer(local)]);
    const sixth = await closing(await line.viewer(local));
    expect(sixth).toMatchObject({ code: 1013, reason: expect.stringContaining('try again later') as string });

    // those who are in are not harmed, and who leaves makes room
    await Promise.all([...first, ...others].map((viewer) => viewer.live(5000)));
    for (const viewer of [...first, ...others]) viewer.close();
    await until('them to be gone', 15_000, async () => (await line.metric(/^connvis_broadcaster_viewers /)) === 0);
    const next = await line.viewer();
    await next.live(5000);
    next.close();
    await until('it to be gone', 15_000, async () => (await line.metric(/^connvis_broadcaster_viewers /)) === 0);
  });
});

describe('for scripts', () => {
  test('the state as JSON is what a viewer decodes', async () => {
    const viewer = await line.viewer();
    await viewer.until('conversations', 15_000, (v) => v.rows('conversations').length > 50);
    const reader = viewer.reader();
    // the state moves: take both between two frames
    await until('the same moment', 10_000, async () => {
      const { status, headers, body } = await line.get('/api/v1/state?site=home&topic=overview');
      expect(status).toBe(200);
      expect(headers['content-type']).toMatch(/^application\/json/);
      const state = JSON.parse(body) as {
        sequence: number;
        time: number;
        tables: Record<string, Record<string, unknown>[]>;
      };
      if (state.sequence !== reader.sequence || state.time !== reader.time) return false;
      expect(Object.keys(state.tables).sort()).toEqual(reader.tables.map(({ name }) => name).sort());
      for (const { name } of reader.tables) {
        const rows = viewer.rows(name);
        const told = new Map(state.tables[name]?.map((row) => [row.id, row]));
        expect(told.size, name).toBe(rows.length);
        for (const row of rows) {
          const other = told.get(row.id);
          for (const [column, value] of Object.entries(row)) {
            if (value instanceof Uint8Array) expect(typeof other?.[column]).toBe('string');
            else expect(other?.[column] ?? null, `${name} ${row.id} ${column}`).toEqual(value);
          }
        }
      }
      return true;
    });
    viewer.close();
  });

  test('the state has defaults, writes addresses as text, and knows what it has not', async () => {
    const { body } = await line.get('/api/v1/state');
    const state = JSON.parse(body) as { site: string; topic: string; tables: { remotes: { address: string }[] } };
    expect([state.site, state.topic]).toEqual(['home', 'overview']);
    const addresses = state.tables.remotes.map(({ address }) => address);
    expect(addresses).toContainEqual(expect.stringMatching(/^(198\.51\.100|203\.0\.113)\.\d+$/));
    expect(addresses).toContainEqual(expect.stringMatching(/^2001:db8:1000::[0-9a-f]+$/));
    expect((await line.get('/api/v1/state?site=elsewhere')).status).toBe(404);
    expect((await line.get('/api/v1/state?topic=nothing')).status).toBe(404);
  });

  test('health and metrics', async () => {
    const health = await line.get('/healthz');
    expect(health.status).toBe(200);
    expect(JSON.parse(health.body)).toMatchObject({ healthy: true, redis: true });
    const { topics } = JSON.parse(health.body) as { topics: unknown[] };
    expect(topics).toContainEqual(expect.objectContaining({ topic: 'overview', subscribed: true, unlisted: 0 }));
    const { status, headers, body } = await line.get('/metrics');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/plain/);
    const samples = body.split('\n').filter((row) => row !== '' && !row.startsWith('#'));
    for (const sample of samples) expect(sample).toMatch(/^[a-z_]+(\{[^}]*\})? -?[0-9.]+$/);
    expect(await line.metric(/frames_received_total.*overview.*kind="delta"/)).toBeGreaterThan(0);
  });

  test('what the collector counts', async () => {
    const count = (name: string): Promise<number> => line.metric(new RegExp(`^connvis_collector_${name} `));
    const rows = (table: string): string => `rows{site="home",table="${table}"}`;
    await until('it to say so', 15_000, async () => (await count(rows('connections'))) > 0);
    const state = JSON.parse((await line.get('/api/v1/state')).body) as { tables: Record<string, unknown[]> };
    expect(await count(rows('devices'))).toBe(state.tables.devices?.length);
    expect(await count('accounting{site="home"}')).toBe(1);
    expect(await count('dump_cost_seconds{site="home"}')).toBeGreaterThan(0);
    expect(await count('dump_interval_seconds{site="home"}')).toBe(1);
    // the heads come once, each before its samples
    const { body } = await line.get('/metrics');
    const heads = body.split('\n').filter((row) => row.startsWith('# TYPE '));
    expect(new Set(heads.map((row) => row.split(' ')[2])).size).toBe(heads.length);
  });
});
