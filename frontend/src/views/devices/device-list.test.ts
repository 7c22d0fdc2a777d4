// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { formatter } from '../../i18n/format';
import { translator } from '../../i18n';
import {
  sampleCompany,
  sampleConversation,
  sampleDevice,
  sampleName,
  sampleRemote,
  sampleSelection,
  sampleSum,
} from '../../store/sample';
import { buildCards, HeldOrder, HOLDS, orderCards } from './device-list';
import { RateHistory, SAMPLES, STEP } from '../../parts/rate-history';
import { namesText } from '../../parts/name-checks';
import { areaPath, FLOOR, highest } from '../../parts/sparkline';

const aino = sampleDevice('Aino', {
  upBytes: 10,
  downBytes: 10,
  total: 10,
  unseen: 9,
  vendor: 'Apple',
  addresses: ['192.0.2.7'],
});
const onni = sampleDevice('Onni', { upBytes: 500, total: 10, unseen: 0 });
const eila = sampleDevice('eila', { downBytes: 9000 });
const to = (device: typeof aino, name: string, category: 'analytics' | null, bytes: number) =>
  sampleConversation(device, sampleRemote(), { own: sampleName(name, { category }), downBytes: bytes });
const held = [to(aino, 'a.example', null, 5), to(aino, 't.example', 'analytics', 50), to(onni, 'a.example', null, 1)];
const selection = sampleSelection(held, { devices: [aino, onni, eila] });

describe('cards', () => {
  const cards = buildCards(selection, '');
  const order = (by: Parameters<typeof orderCards>[1], me = null as typeof aino | null): string[] =>
    orderCards(cards, by, me, ({ device }) => (device === onni ? 50_000 : device === eila ? 20_000 : 0)).map(
      ({ device }) => device.alias,
    );

  it('says of each device whom it talks with, also of quiet ones', () => {
    expect(
      cards.map(({ device, companies, trackers, conversations }) => [
        device.alias,
        companies.map(({ key }) => key),
        trackers,
        conversations,
      ]),
    ).toEqual([
      ['Aino', ['t.example', 'a.example'], 1, 2],
      ['Onni', ['a.example'], 0, 1],
      ['eila', [], 0, 0],
    ]);
  });

  it('counts what is kept as a sum only', () => {
    const sums = [sampleSum(eila, { company: sampleCompany('Example'), category: 'analytics', conversations: 3 })];
    expect(buildCards(sampleSelection(held, { devices: [aino, onni, eila], sums }), '')[2]).toMatchObject({
      companies: [{ key: 'Example', conversations: 3, tracking: 'all' }],
      trackers: 3,
      conversations: 3,
    });
  });

  it('orders them, the viewer’s own first, and keeps places where speeds only wobble', () => {
    expect(order('name')).toEqual(['Aino', 'eila', 'Onni']);
    expect(order('name', onni)).toEqual(['Onni', 'Aino', 'eila']);
    // 20 and 50 kB/s are one step: by name
    expect(order('now')).toEqual(['eila', 'Onni', 'Aino']);
    expect(order('total')).toEqual(['eila', 'Onni', 'Aino']);
    expect(order('sends')).toEqual(['Onni', 'Aino', 'eila']);
    expect(order('trackers')[0]).toBe('Aino');
    expect(order('unseen')).toEqual(['Aino', 'Onni', 'eila']);
    // who is first in something is first
    expect(order('sends', eila)).toEqual(['Onni', 'Aino', 'eila']);
    expect(order('unseen', eila)).toEqual(['Aino', 'Onni', 'eila']);
  });

  it('puts those that somebody looks for before those that talk with something of that name', () => {
    const tv = sampleDevice('Zoe', { id: 9, hostName: 'Samsung-TV' });
    const talk = [to(aino, 'video.tv.example', null, 5)];
    const found = buildCards(sampleSelection(talk, { devices: [aino, tv] }), 'tv');
    expect(orderCards(found, 'name', aino, () => 0).map(({ device }) => device.alias)).toEqual(['Zoe', 'Aino']);
  });

  it('leaves those that somebody looks for: by their talk, name, maker or address', () => {
    const nobody = sampleSelection([], { devices: selection.devices });
    const found = (find: string): string[] => buildCards(nobody, find).map(({ device }) => device.alias);
    expect(found('apple')).toEqual(['Aino']);
    expect(found('192.0.2.7 aino')).toEqual(['Aino']);
    expect(found('nothing')).toEqual([]);
    expect(
      buildCards(sampleSelection([held[2] as (typeof held)[0]], { devices: selection.devices }), 'nothing').map(
        ({ device }) => device,
      ),
    ).toEqual([onni]);
    expect(buildCards({ ...selection, only: eila }, '').map(({ device }) => device)).toEqual([eila]);
  });
});

describe('RateHistory', () => {
  const at = (downRate: number) => [sampleDevice('x', { id: 5, downRate, upRate: 1 })];

  it('keeps the last samples, and knows what it did not see', () => {
    const past = new RateHistory();
    past.take(at(10), 0);
    past.take(at(20), STEP);
    past.take(at(30), STEP + 1);
    past.take(at(40), 4 * STEP);
    expect([...past.past(5).down.slice(-6)]).toEqual([NaN, 10, 30, NaN, NaN, 40]);
    expect([...past.past(77).down].every(Number.isNaN)).toBe(true);
  });

  it('takes what it did not see for what it is told', () => {
    const past = new RateHistory();
    past.take(at(9), 0);
    past.take(at(19), STEP);
    expect(past.mean(5, 100)).toBeCloseTo((10 + 20 + 100 * (SAMPLES - 2)) / SAMPLES);
    expect(past.mean(77, 100)).toBe(100);
  });

  it('forgets what is older than its ring, after however long a gap', () => {
    const past = new RateHistory();
    for (let i = 0; i < 3 * SAMPLES; i += 1) past.take(at(i), i * STEP);
    expect(past.past(5).down[0]).toBe(2 * SAMPLES);
    past.take(at(7), 1000 * SAMPLES * STEP);
    expect([...past.past(5).down].filter((sample) => !Number.isNaN(sample))).toEqual([7]);
  });

  it('forgets devices that have gone, and all when the clock begins anew', () => {
    const past = new RateHistory();
    past.take([...at(1), sampleDevice('y', { id: 6, downRate: 2 })], 10 * STEP);
    past.take(at(1), 11 * STEP);
    expect([...past.past(6).down].every(Number.isNaN)).toBe(true);
    past.take(at(9), 0);
    expect([...past.past(5).down].filter((sample) => !Number.isNaN(sample))).toEqual([9]);
  });
});

it('draws an area for each stretch that was seen', () => {
  expect(areaPath(Float32Array.of(0, 10, NaN, 5), 10, 30, 20)).toBe('M0 20V20L10 0V20ZM30 20V10V20Z');
  expect(areaPath(Float32Array.of(10, 10), 10, 30, 20, true)).toBe('M0 0V20L30 20V0Z');
  expect(areaPath(Float32Array.of(NaN), 10, 30, 20)).toBe('');
  expect(highest(Float32Array.of(1, NaN))).toBe(FLOOR);
  expect(highest(Float32Array.of(1, 2 * FLOOR))).toBe(2 * FLOOR);
});

it('says in words how many far ends have names', () => {
  const t = translator('en');
  const text = (unseen: number, total = 100): string =>
    namesText(sampleDevice('x', { unseen, total }), { t, format: formatter('en', t) });
  expect(text(0)).toContain('can name all');
  expect(text(15)).toContain('nearly all');
  expect(text(40)).toContain('40%');
  expect(text(95)).toContain('Most');
  expect(text(1, 2)).toContain('Too little');
});

describe('an order that is held', () => {
  const cards = buildCards(selection, '');
  const [a, b, c] = cards as [(typeof cards)[0], (typeof cards)[0], (typeof cards)[0]];

  it('lets cards change places once in a while, and takes in what is new at the end', () => {
    const held = new HeldOrder();
    expect(held.arrange([a, b], 'now', 1000)).toEqual([a, b]);
    expect(held.arrange([c, b, a], 'now', 1000 + HOLDS - 1)).toEqual([a, b, c]);
    expect(held.arrange([b], 'now', 1000 + HOLDS - 1)).toEqual([b]);
    expect(held.arrange([c, b, a], 'now', 1000 + HOLDS)).toEqual([c, b, a]);
  });

  it('is another at once when somebody asks for another, or another collector’s clock begins', () => {
    const held = new HeldOrder();
    held.arrange([a, b, c], 'now', 1000);
    expect(held.arrange([c, b, a], 'name', 1001)).toEqual([c, b, a]);
    expect(held.arrange([b, c, a], 'name', 5)).toEqual([b, c, a]);
  });
});
