// SPDX-License-Identifier: MIT
// Lists, cloud ranges and all other data: taken when they come, replaced while the collector runs, and done without.

import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { logPrefix } from '../harness/dnsmasq';
import { byId, remoteAt, sources } from '../harness/feed';
import { Line, type Settings } from '../harness/line';
import { command, Namespace } from '../harness/namespace';
import { programs } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';
import type { Row, Viewer } from '../harness/viewer';

const HOME = '192.168.77.0/24';
const CLIENT = '192.168.77.10';

/** Writes it beside, and puts it in place. */
function put(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

class Scene {
  readonly line: Line;
  readonly viewer: Viewer;
  readonly #here: Stage;
  readonly #log: string;
  #serial = 0;

  private constructor(here: Stage, line: Line, viewer: Viewer, log: string) {
    this.#here = here;
    this.line = line;
    this.viewer = viewer;
    this.#log = log;
  }

  static async make(here: Stage, settings: Settings): Promise<Scene> {
    const log = here.file('dnsmasq.log', '');
    const router = await Namespace.make(here);
    await router.track();
    const line = await Line.start(here, {
      router,
      collector: { 'networks.home': HOME, 'dns.journal': 'no', 'dns.logs': log, ...settings },
    });
    return new Scene(here, line, await line.viewer(), log);
  }

  /** A device asks for names and gets an address for each, to which it then connects. */
  async look(names: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(names).flatMap(([name, address]) => {
      this.#serial += 1;
      const head = `${logPrefix()}${this.#serial} ${CLIENT}/5`;
      return [`${head} query[A] ${name} from ${CLIENT}`, `${head} reply ${name} is ${address}`];
    });
    writeFileSync(this.#log, `${lines.join('\n')}\n`, { flag: 'a' });
    await this.connect(Object.values(names));
    await this.viewer.until('the names', 10_000, (v) =>
      Object.keys(names).every((name) => v.rows('names').some((row) => row.name === name)),
    );
  }

  async connect(addresses: readonly string[]): Promise<void> {
    const entries = addresses.map((to, i) => `-I -s ${CLIENT} -d ${to} -p udp --sport ${1000 + i} --dport 443 -t 600`);
    await this.line.router.run('conntrack', '-R', this.#here.file('entries', `${entries.join('\n')}\n`));
    await this.viewer.until('the remotes', 10_000, (v) => addresses.every((address) => remoteAt(v, address)));
  }

  name(text: string): Row | undefined {
    return this.viewer.rows('names').find((row) => row.name === text);
  }

  /** Category of a name, and what people call the list that says so. */
  verdict(text: string): [unknown, unknown] {
    const row = this.name(text);
    return [row?.category, byId(this.viewer, 'sources').get(Number(row?.list))?.name ?? null];
  }

  company(row: Row | undefined): unknown {
    return byId(this.viewer, 'companies').get(Number(row?.company))?.name ?? null;
  }

  until(what: string, probe: () => boolean): Promise<void> {
    return this.viewer.until(what, 10_000, probe).catch((error: Error) => {
      const rows = ['sources', 'names'].flatMap((table) => this.viewer.rows(table).map((row) => JSON.stringify(row)));
      throw new Error(`${error.message}\n${rows.join('\n')}`);
    });
  }
}

describe("a user's list", () => {
  test('is taken when it comes, read again when it changes, and stays in use when its file goes', async () => {
    const here = stage();
    const path = here.path('mine.hosts');
    const scene = await Scene.make(here, { 'names.lists': `${path}=advertising:My list` });
    await scene.look({ 'ads.shop.example': '45.0.0.1', 'www.shop.example': '45.0.0.2', 'www.youtube.com': '45.0.0.3' });
    await scene.until('the missing list to be named', () =>
      sources(scene.viewer, 'list').some(({ state, detail }) => state === 'missing' && String(detail).includes(path)),
    );
    expect(scene.verdict('ads.shop.example')).toEqual([null, null]);
    // what is ours is known without any file
    expect(scene.company(scene.name('www.youtube.com'))).toBe('Google');
    expect(scene.verdict('www.youtube.com')[0]).toBe('video');

    put(path, '0.0.0.0 ads.shop.example\nthis line is no name at all ###\n');
    await scene.until('the list', () => scene.verdict('ads.shop.example')[0] === 'advertising');
    expect(scene.verdict('ads.shop.example')).toEqual(['advertising', 'My list']);
    expect(sources(scene.viewer, 'list')).toMatchObject([{ state: 'ok', entries: 1, broken: 1, name: 'My list' }]);
    expect(scene.verdict('www.shop.example')).toEqual([null, null]);

    put(path, '||shop.example^\n45.0.0.9\n93.0.0.0/24\n');
    await scene.until('the changed list', () => scene.verdict('www.shop.example')[0] === 'advertising');
    await scene.connect(['45.0.0.9', '93.0.0.77']);
    await scene.until('the listed addresses', () =>
      ['45.0.0.9', '93.0.0.77'].every((address) => remoteAt(scene.viewer, address)?.category === 'advertising'),
    );

    // a list that is gone is said to be; what it told stays
    rmSync(path);
    await scene.until('the list to be gone', () =>
      sources(scene.viewer, 'list').some(({ detail }) => String(detail).includes(`There is no file ${path}`)),
    );
    expect(scene.verdict('www.shop.example')).toEqual(['advertising', 'My list']);
  });

  test('of a hundred thousand names is read beside the feed, which goes on', async () => {
    const here = stage();
    const path = here.path('large.domains');
    const scene = await Scene.make(here, { 'names.lists': `${path}=analytics:Large` });
    await scene.look({ 'www.n99999.example': '45.0.0.1' });
    const times: number[] = [];
    scene.viewer.onApplied = () => times.push(performance.now());
    put(path, Array.from({ length: 100_000 }, (_, i) => `n${i}.example\n`).join(''));
    await scene.until('the large list', () => scene.verdict('www.n99999.example')[0] === 'analytics');
    await scene.viewer.live(3000);
    expect(sources(scene.viewer, 'list')).toMatchObject([{ entries: 100_000, broken: 0 }]);
    const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
    expect(Math.max(...gaps)).toBeLessThan(2500);
  });
});

test('cloud ranges give provider, region and the true place, and are replaced while the collector runs', async () => {
  const here = stage();
  const path = here.path('aws.json');
  const scene = await Scene.make(here, { 'names.cloud': path });
  const ranges = (region: string): string =>
    JSON.stringify({
      syncToken: '1',
      createDate: '2026-11-01-00-00-00',
      prefixes: [{ ip_prefix: '45.0.0.0/24', region, service: 'EC2', network_border_group: region }],
      ipv6_prefixes: [],
    });
  await scene.connect(['45.0.0.5']);
  await scene.until('the missing file to be named', () =>
    sources(scene.viewer, 'cloud').some(({ state }) => state === 'missing'),
  );
  put(path, ranges('eu-north-1'));
  await scene.until('the cloud', () => String(remoteAt(scene.viewer, '45.0.0.5')?.cloud).includes('eu-north-1'));
  const place = (): Row | undefined =>
    byId(scene.viewer, 'places').get(Number(remoteAt(scene.viewer, '45.0.0.5')?.place));
  expect(place()).toMatchObject({ country: 'SE' });
  put(path, '{"prefixes": [{"ip_prefix": "198.51');
  await scene.until('the broken file to be named', () =>
    sources(scene.viewer, 'cloud').some(({ detail }) => String(detail).includes(path)),
  );
  expect(remoteAt(scene.viewer, '45.0.0.5')?.cloud).toContain('eu-north-1');
  put(path, ranges('ap-south-1'));
  await scene.until('the new region', () => String(remoteAt(scene.viewer, '45.0.0.5')?.cloud).includes('ap-south-1'));
  expect(place()).toMatchObject({ country: 'IN' });
});

test('what is served from many places has none, unless its provider says where it is', async () => {
  const here = stage();
  const hosts = [
    'one.example|1.1.1.1|-|64496|Example|AU|-|Sydney|-33.9|151.2',
    'cloudflare.example|45.0.0.5|-|13335|Cloudflare|CA|-|Toronto|43.7|-79.4',
    'region.example|104.16.0.5|-|13335|Cloudflare|CA|-|Toronto|43.7|-79.4',
    'shop.example|45.0.0.6|-|64496|Example|FI|-|Turku|60.5|22.3',
    'elisa.example|45.0.0.7|-|719|RIPE Network Coordination Centre|FI|-|Oulu|65.0|25.5',
  ];
  await command('perl', programs.makeMmdb, 'lab', here.file('hosts', `${hosts.join('\n')}\n`), here.folder);
  const prefixes = [{ ip_prefix: '104.16.0.0/24', region: 'eu-north-1', service: 'EC2', network_border_group: 'x' }];
  const cloud = here.file('aws.json', JSON.stringify({ syncToken: '1', createDate: '', prefixes, ipv6_prefixes: [] }));
  const scene = await Scene.make(here, {
    'geo.city': here.path('city.mmdb'),
    'geo.asn': here.path('asn.mmdb'),
    'names.cloud': cloud,
  });
  await scene.until('the files', () =>
    ['city', 'asn', 'cloud'].every((kind) => sources(scene.viewer, kind).some(({ state }) => state === 'ok')),
  );
  await scene.connect(['1.1.1.1', '45.0.0.5', '104.16.0.5', '45.0.0.6', '45.0.0.7']);
  const where = (address: string): [unknown, unknown] => {
    const remote = remoteAt(scene.viewer, address);
    return [remote?.anycast ?? null, byId(scene.viewer, 'places').get(Number(remote?.place))?.country ?? null];
  };
  expect(where('1.1.1.1')).toEqual([true, null]);
  expect(where('45.0.0.5')).toEqual([true, null]);
  expect(where('104.16.0.5')).toEqual([null, 'SE']);
  expect(where('45.0.0.6')).toEqual([null, 'FI']);
  // a registry is nobody's name
  const network = Number(remoteAt(scene.viewer, '45.0.0.7')?.network);
  expect(byId(scene.viewer, 'networks').get(network)).toMatchObject({ asn: 719, name: 'Elisa' });
});

test('a newer Public Suffix List decides which part of a name somebody owns', async () => {
  const here = stage();
  const path = here.path('suffixes.dat');
  put(
    path,
    '// ===BEGIN ICANN DOMAINS===\ncom\nexample\n// ===END ICANN DOMAINS===\n// ===BEGIN PRIVATE DOMAINS===\nsites.example\n// ===END PRIVATE DOMAINS===\n',
  );
  const scene = await Scene.make(here, { 'names.suffixes': path });
  await scene.look({ 'a.b.sites.example': '45.0.0.1', 'a.b.other.example': '45.0.0.2' });
  await scene.until(
    'the domains',
    () =>
      scene.name('a.b.sites.example')?.domain === 'b.sites.example' &&
      scene.name('a.b.other.example')?.domain === 'other.example',
  );
});

test('with no data at all the collector runs, and says what is missing and what it would add', async () => {
  const here = stage();
  const gone = (name: string): string => here.path(`nowhere/${name}`);
  const scene = await Scene.make(here, {
    'geo.city': gone('city.mmdb'),
    'geo.asn': gone('asn.mmdb'),
    'names.lists': `${gone('ads')}=advertising:Ads`,
    'names.cloud': gone('aws.json'),
    'names.suffixes': gone('suffixes.dat'),
    'devices.leases': gone('leases'),
    'devices.vendors': gone('vendors'),
    'dns.logs': gone('dnsmasq.log'),
    'dns.journal': 'yes',
    'dns.journal_folder': gone('journal'),
    'state.folder': here.path('state'),
  });
  await scene.connect(['45.0.0.1']);
  const kinds = ['city', 'asn', 'dns', 'list', 'cloud', 'suffixes', 'leases', 'vendors'];
  await scene.until('every source to say that it is missing', () =>
    kinds.every((kind) =>
      sources(scene.viewer, kind).some(({ state, detail }) => state !== 'ok' && /\w+ .* \w+/.test(String(detail))),
    ),
  );
  expect(sources(scene.viewer, 'companies')).toMatchObject([{ state: 'ok' }]);
  // the folder of state is created
  expect(sources(scene.viewer, 'aliases')).toMatchObject([{ state: 'ok' }]);
  expect(scene.line.collector.ending).toBeUndefined();
});
