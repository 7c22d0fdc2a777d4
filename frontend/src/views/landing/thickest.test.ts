// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import {
  sampleCompany,
  sampleConversation,
  sampleDevice,
  sampleName,
  sampleRemote,
  sampleSelection,
} from '../../store/sample';
import type { Conversation } from '../../store/rows';
import { latelyOf } from './lately';
import { MOST, nameOf, pictureOf, thickest } from './thickest';

const [ann, bob, eve] = [sampleDevice('Ann'), sampleDevice('Bob'), sampleDevice('Eve')];
const left = sampleDevice('Left', { gone: 1 });
const company = (name: string, category: 'video' | 'advertising' = 'video') =>
  sampleName(`${name}.example`, { company: sampleCompany(name), category });
const [a, b, c, d] = [company('Z'), company('B'), company('C', 'advertising'), company('D')];
const talk = (device: typeof ann, own: typeof a, rest: Partial<Conversation> = {}) =>
  sampleConversation(device, sampleRemote(), { own, active: 0, ...rest });
const none = new Set<string>();

const talks = [
  talk(ann, a, { downRate: 800 }),
  talk(ann, a, { upRate: 100 }),
  talk(bob, b, { downRate: 400 }),
  talk(bob, c, { downRate: 300 }),
  talk(eve, a, { downRate: 100 }),
  talk(eve, d, { downRate: 60 }),
  talk(ann, d, { downRate: 50 }),
  talk(left, b, { downRate: 9999 }),
];

it('takes the thickest of now, of those who are here', () => {
  const found = thickest(talks, none);
  expect(found).toHaveLength(MOST);
  expect(found.map(({ device, key, up, down, ads }) => [device.alias, key, up, down, ads])).toEqual([
    ['Ann', 'Z', 100, 800, false],
    ['Bob', 'B', 0, 400, false],
    ['Bob', 'C', 0, 300, true],
    ['Eve', 'Z', 0, 100, false],
    ['Eve', 'D', 0, 60, false],
  ]);
  expect(thickest([], none)).toEqual([]);
});

it('keeps who has a place against who is a little thicker', () => {
  const last = nameOf({ device: ann, key: 'D' });
  expect(thickest(talks, new Set([last])).map(nameOf)).toContain(last);
  const more = [
    ...talks.filter(({ device }) => device !== eve),
    talk(eve, d, { downRate: 90 }),
    talk(eve, a, { downRate: 100 }),
  ];
  expect(thickest(more, new Set([last])).map(nameOf)).not.toContain(last);
  expect(thickest(more, new Set([last]), true).map(nameOf)).toContain(last);
  expect(thickest([], new Set([last]), true)).toEqual([]);
});

it('says of a company that it is for ads only where all that flows there is', () => {
  const own = company('C');
  const flowing = [talk(ann, c), talk(bob, c), talk(bob, own), talk(eve, own)];
  const { companies, bands } = pictureOf(thickest(flowing, none));
  expect(bands.map(({ flow }) => [flow.device, flow.ads])).toEqual([
    [ann, true],
    [bob, false],
    [eve, false],
  ]);
  expect(companies.map(({ key, ads }) => [key, ads])).toEqual([['C', false]]);
  expect(pictureOf(thickest([talk(ann, c), talk(bob, c)], none)).companies.map(({ ads }) => ads)).toEqual([true]);
});

it('puts flows side by side, within the place that they have, and both sides where they cross least', () => {
  const { devices, companies, bands } = pictureOf(thickest(talks, none));
  expect(devices.map(({ device }) => device)).toEqual([bob, ann, eve]);
  expect(companies.map(({ key }) => key)).toEqual(['B', 'C', 'Z', 'D']);
  expect(companies.map(({ ads }) => ads)).toEqual([false, true, false, false]);
  for (const { y, width } of [...devices, ...companies]) {
    expect(y - width / 2).toBeGreaterThan(0);
    expect(y + width / 2).toBeLessThan(1);
  }
  for (const end of ['from', 'to'] as const) {
    const sorted = [...bands].sort((one, other) => one[end] - other[end]);
    sorted.slice(1).forEach((one, i) => {
      const before = sorted[i];
      const apart = before ? one[end] - before[end] : 0;
      expect(apart).toBeGreaterThanOrEqual(((before?.width ?? 0) + one.width) / 2 - 1e-9);
    });
  }
  expect(pictureOf([])).toEqual({ devices: [], companies: [], bands: [] });
});

it('counts what one device did lately, and with whom it had most', () => {
  const now = 1_000_000;
  const recent = { active: now - 1000, seen: now - 60_000 };
  const held = [
    talk(ann, a, { ...recent, downBytes: 10 }),
    talk(ann, b, { ...recent, downBytes: 900 }),
    talk(ann, c, { ...recent, downBytes: 20 }),
    talk(ann, d, { active: now - 400_000 }),
    // whose an address is says nothing of who was asked for
    talk(ann, d, { ...recent, how: 'address' }),
    talk(bob, d, recent),
  ];
  expect(latelyOf(ann, sampleSelection(held, { now }))).toEqual({ companies: 3, ads: 1, most: 'B' });
  expect(latelyOf(eve, sampleSelection(held, { now }))).toEqual({ companies: 0, ads: 0, most: null });
});
