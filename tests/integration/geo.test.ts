// SPDX-License-Identifier: MIT
// Places and networks of random addresses, with mmdblookup (of libmaxminddb) as the oracle.

import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { byId, remoteAt } from '../harness/feed';
import { Line } from '../harness/line';
import { makeDatabases, type Place } from '../harness/mmdb';
import { command } from '../harness/namespace';
import { programs } from '../harness/paths';
import { stage, type Stage } from '../harness/stage';

const HOME = '192.168.77.0/24';
const RANGES = 1500;
const ADDRESSES = 600;
const PLACES = 200;
/** First bytes of IPv4 addresses that are nobody's special ones, nor served from many places (lists/anycast.tsv). */
const FIRST = [20, 46, 80, 93, 152, 205] as const;

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T;
const ipv4 = (): string => [pick(FIRST), randomInt(256), randomInt(256), randomInt(256)].join('.');
const ipv6 = (): string =>
  `2a0${randomInt(4)}:${[randomInt(256), randomInt(65536), 0, 0, 0, randomInt(65536), 1].map((word) => word.toString(16)).join(':')}`;
const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

/** Ranges that need not be networks, of which later ones cover parts of earlier ones. */
function ranges(): string {
  const rows = Array.from({ length: RANGES }, (_, i) => {
    const name = i % 7 ? `Organisation ${i}` : `"Näin, ""${i}"" Oy"`;
    if (i % 3 === 0) {
      const [a, b] = [randomInt(256), randomInt(65_536)];
      const head = `2a0${randomInt(4)}:${a.toString(16)}:`;
      return `${head}${b.toString(16)}::,${head}${Math.min(65_535, b + randomInt(5000)).toString(16)}:ffff:ffff:ffff:ffff:ffff,${1 + randomInt(400_000)},${name}`;
    }
    const first = ((pick(FIRST) << 24) >>> 0) + randomInt(2 ** 24);
    const last = Math.min(first + randomInt(2 ** (2 + randomInt(18))), (first | 0xffffff) >>> 0);
    return `${dotted(first)},${dotted(last)},${1 + randomInt(400_000)},${name}`;
  });
  return `${rows.join('\n')}\n`;
}

/** What mmdblookup says of each address: its values by their keys, undefined when it knows nothing. */
async function oracle(
  here: Stage,
  file: string,
  addresses: readonly string[],
): Promise<Map<string, Record<string, string> | undefined>> {
  const list = here.file('addresses', `${addresses.join('\n')}\n`);
  const output = await command(
    'sh',
    '-c',
    'while read -r a; do echo "== $a"; mmdblookup --file "$1" --ip "$a" 2>&1 || true; done <"$2"',
    'sh',
    file,
    list,
  );
  return new Map(
    output
      .split('== ')
      .slice(1)
      .map((part) => {
        const [address = '', ...lines] = part.split('\n');
        const text = lines.join('\n');
        if (text.includes('Could not find an entry')) return [address, undefined];
        const values = [...text.matchAll(/"(\w+)":\s+(?:"([^]*?)" <utf8_string>|([-\d.]+) <\w+>)/g)];
        return [address, Object.fromEntries(values.map(([, key = '', word, number]) => [key, word ?? number ?? '']))];
      }),
  );
}

async function converse(line: Line, here: Stage, addresses: readonly string[]): Promise<void> {
  const entries = addresses.map(
    (to, i) =>
      `-I -s ${to.includes(':') ? 'fd00:77::9' : '192.168.77.9'} -d ${to} -p udp --sport ${1000 + i} --dport 443 -t 600`,
  );
  await line.router.run('conntrack', '-R', here.file('entries', `${entries.join('\n')}\n`));
}

test('networks of random addresses are those that mmdblookup tells', async () => {
  const here = stage();
  const csv = here.file('asn.csv', ranges());
  const file = here.path('asn.mmdb');
  await command('perl', programs.makeMmdb, 'asn', file, csv);
  const line = await Line.start(here, { collector: { 'networks.home': `${HOME}, fd00:77::/64`, 'geo.asn': file } });
  const viewer = await line.viewer();
  const addresses = [...new Set(Array.from({ length: ADDRESSES }, (_, i) => (i % 3 ? ipv4() : ipv6())))];
  await converse(line, here, addresses);
  await viewer.until('all remotes', 15_000, (v) => v.rows('remotes').length === addresses.length);
  const truth = await oracle(here, file, addresses);
  const networks = byId(viewer, 'networks');
  let known = 0;
  for (const address of addresses) {
    const network = networks.get(Number(remoteAt(viewer, address)?.network));
    const told = truth.get(address);
    known += told ? 1 : 0;
    expect([address, network?.asn ?? null, network?.name ?? null]).toEqual([
      address,
      told ? Number(told.autonomous_system_number) : null,
      told ? told.autonomous_system_organization : null,
    ]);
  }
  console.log(`${known} of ${addresses.length} addresses have a network`);
  expect(known).toBeGreaterThan(50);
  expect(known).toBeLessThan(addresses.length);
});

test.each(['city', 'flat'] as const)(
  'places of random addresses are those that mmdblookup tells, in the layout "%s"',
  async (layout) => {
    const here = stage();
    const places = Array.from({ length: PLACES }, (_, i): Place => ({
      ipv4: ipv4(),
      ipv6: ipv6(),
      asn: 1,
      organisation: 'x',
      country: pick(['FI', 'SE', 'JP', 'BR', 'ZA']),
      city: pick(['Jyväskylä', 'São Paulo', 'Springfield', `City ${i}`]),
      // never 0, which with longitude 0 stands for no position
      latitude: randomInt(-89, 90) + (i % 4) / 4 + 1 / 8,
      longitude: i % 10 ? randomInt(-179, 180) : 0,
    }));
    const made = await makeDatabases(here, 'made', places);
    const file = made[layout];
    const line = await Line.start(here, { collector: { 'networks.home': `${HOME}, fd00:77::/64`, 'geo.city': file } });
    const viewer = await line.viewer();
    const addresses = [
      ...new Set([...places.flatMap((place) => [place.ipv4, place.ipv6]), ...Array.from({ length: 50 }, ipv4)]),
    ];
    await converse(line, here, addresses);
    await viewer.until('all remotes', 15_000, (v) => v.rows('remotes').length === addresses.length);
    const truth = await oracle(here, file, addresses);
    const rows = byId(viewer, 'places');
    for (const address of addresses) {
      const place = rows.get(Number(remoteAt(viewer, address)?.place));
      const told = truth.get(address);
      expect([
        address,
        place?.country ?? null,
        place?.city ?? null,
        place?.latitude ?? null,
        place?.longitude ?? null,
      ]).toEqual([
        address,
        told ? (told.iso_code ?? told.country_code) : null,
        told ? (told.en ?? told.city) : null,
        told ? Number(told.latitude) : null,
        told ? Number(told.longitude) : null,
      ]);
    }
    expect([...truth.values()].filter((told) => told).length).toBeGreaterThan(PLACES);
  },
);
