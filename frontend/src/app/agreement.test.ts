// SPDX-License-Identifier: MIT
// One number everywhere: whatever a feed brings, the header, the pictures, the tables below them, the panel and a device's
// page say the same of the same. Feeds are made up by chance; a failure names the seed.

import { describe, expect, it } from 'vitest';
import { Outbox } from '../feed/outbox';
import { Reader } from '../feed/reader';
import type { TableName } from '../feed/schema';
import { translator } from '../i18n';
import { formatter } from '../i18n/format';
import { directionsText, WAYS } from '../parts/directions';
import { printable } from '../parts/characters';
import { writtenBy } from '../parts/picture/sample-pen';
import type { Entity } from '../store/entity';
import { EVERYTHING, type Filter } from '../store/filter';
import { GROUPINGS, groupKey } from '../store/grouping';
import { MADE, MadeUpFeed, type Size } from '../store/made-up-feed';
import { NOBODY } from '../store/session';
import type { Grouping, Selection, Target } from '../store/selection';
import { Store } from '../store/store';
import { summarise } from '../store/summary';
import { subjectOf } from '../views/detail/subject';
import { pageOf } from '../views/device/device-page';
import { barLines } from '../views/domains/bars-picture';
import { MEASURES } from '../views/domains/domain-settings';
import { buildBars } from '../views/domains/domain-bars';
import { buildCards } from '../views/devices/device-list';
import { addAmounts, amount, buildFlows, directed, startAmounts, type Amounts, type Flows } from '../views/flows/flows';
import { drawStill } from '../views/flows/flow-painter';
import { buildScene, OTHER, type Scene } from '../views/flows/flow-scene';
import type { FlowSettings } from '../views/flows/flow-settings';
import { weights } from '../views/flows/layout';
import { cluster } from '../views/map/cluster';
import { WHOLE } from '../views/map/camera';
import { draw as drawMap, drawingOf } from '../views/map/draw-map';
import { buildScene as buildMapScene, type Texts, type Wish } from '../views/map/map-scene';
import { buildMarks, spotRadius, type Marks } from '../views/map/marks';

const t = translator('en');
const words = { t, format: formatter('en', t) };

/** The feed as a page takes it, from its bytes on. */
class Followed {
  readonly feed: MadeUpFeed;
  readonly store = new Store();
  readonly #topics = MADE.map((topic) => ({ reader: new Reader('home', topic), outbox: new Outbox() }));

  constructor(seed: number, size: Size) {
    this.feed = new MadeUpFeed(seed, size);
  }

  /** frames: one for each topic. */
  async take(frames: readonly Uint8Array[]): Promise<void> {
    for (const [i, { reader, outbox }] of this.#topics.entries()) {
      expect(await reader.accept(frames[i] as Uint8Array), reader.fault).not.toBe('lost');
      for (const update of outbox.take(reader, true)) this.store.take(update);
    }
  }
}

const add = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
/** Many thousands are compared: expect is asked only where it has something to say. */
function same(a: number, b: number, what: string): void {
  if (a !== b) expect(a, what).toBe(b);
}
/** Of rates, which are no whole numbers: in another order they add up to a little more or less. */
function near(a: number, b: number, what: string): void {
  if (!(Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a)))) expect(a, what).toBe(b);
}

/** Of the rows themselves: bytes of a table, where they pass. */
function bytesOf(
  feed: MadeUpFeed,
  table: 'conversations' | 'sums' | 'devices',
  column: 'up_bytes' | 'down_bytes',
  of: { readonly device?: number | null },
): number {
  return add(
    [...feed.rows(table as TableName).values()]
      .filter(
        (row) =>
          of.device === undefined ||
          (table === 'devices' ? row[0] : feed.value(table as 'sums', row, 'device')) === of.device,
      )
      .map((row) => Number(feed.value(table as 'sums', row, column))),
  );
}

/** What the feed's rows add up to is what the page says of all, and of each device. */
function rowsAgree(feed: MadeUpFeed, selection: Selection): void {
  for (const [column, field] of [
    ['up_bytes', 'upBytes'],
    ['down_bytes', 'downBytes'],
  ] as const) {
    const all = bytesOf(feed, 'conversations', column, {}) + bytesOf(feed, 'sums', column, {});
    for (const by of ['company', 'country', 'category'] as const) {
      const groups = selection.groups(by);
      same(add([...groups.all.values()].map((group) => group[field])), all, `${by} ${column}`);
      const nobody = groups.ofDevices.get(NOBODY)?.values() ?? [];
      same(add([...nobody].map((group) => group[field])), bytesOf(feed, 'sums', column, { device: null }), 'nobody');
    }
    for (const device of selection.devices.filter(({ gone }) => gone === null)) {
      const own = { device: device.id };
      same(bytesOf(feed, 'devices', column, own), device[field], device.alias);
      const sum = bytesOf(feed, 'conversations', column, own) + bytesOf(feed, 'sums', column, own);
      same(sum, device[field], device.alias);
    }
  }
}

/** The panel says of a device what its page and its card say, of all that the filter leaves. */
function devicesAgree(selection: Selection, whole: boolean): void {
  const cards = new Map(buildCards(selection, '').map((card) => [card.device, card]));
  for (const device of selection.only ? [selection.only] : selection.devices) {
    if (device.gone !== null) continue;
    const page = pageOf(device, selection);
    const { totals, conversations, more } = subjectOf(selection, { kind: 'device', device: device.id });
    near(page.amounts.upRate, totals.upRate, 'up on its page');
    near(page.amounts.downRate, totals.downRate, 'down on its page');
    expect([page.amounts.upBytes, page.amounts.downBytes]).toEqual([totals.upBytes, totals.downBytes]);
    expect(add(page.companies.map(({ up }) => up))).toBe(totals.upBytes);
    expect(add(page.companies.map(({ down }) => down))).toBe(totals.downBytes);
    if (whole) {
      near(totals.upRate, device.upRate, 'up');
      near(totals.downRate, device.downRate, 'down');
    }
    if (whole) expect([totals.upBytes, totals.downBytes]).toEqual([device.upBytes, device.downBytes]);
    // what has just become part of a sum fades out where it was
    const held = conversations.filter((one) => (one as Partial<Entity>).left === null);
    expect(page.talks).toBe(held.length + more);
    const card = cards.get(device);
    if (!card) continue;
    expect(card.companies).toEqual(page.companies);
    expect(card.amounts).toEqual(page.amounts);
    expect([card.conversations, card.trackers]).toEqual([page.talks, page.trackerTalks]);
    expect(add(page.trackers.map(({ conversations: n }) => n))).toBe(page.trackerTalks);
  }
}

const settingsOf = (rest: Partial<FlowSettings>): FlowSettings => ({
  by: 'company',
  width: 'now',
  way: 'both',
  show: 'fit',
  table: false,
  ...rest,
});

function sceneOf(selection: Selection, settings: FlowSettings, height: number): Scene {
  const frame = { width: 1000, height, scale: 1, narrow: false, afar: null };
  const standing = { order: null, mayMove: true };
  const sets = { before: new Set<string>(), newDestinations: new Set<string>() };
  const wish = { settings, target: null, frame, standing, ...sets };
  return buildScene(selection, buildFlows(selection, settings.by), wish, words);
}

/** What the flows' table says is what the panel says, and in sum what the header says. */
function flowsAgree(selection: Selection, by: Grouping): void {
  const { flows, destinations, devices } = buildFlows(selection, by);
  const { upRate, downRate, ...summary } = summarise(selection);
  const told = (amounts: Amounts, target: Target, whole: boolean): void => {
    const { totals } = subjectOf(selection, target);
    const what = JSON.stringify(target);
    near(amounts.upNow, totals.upRate, `${what} up now`);
    near(amounts.downNow, totals.downRate, `${what} down now`);
    if (whole) same(amounts.upTotal, totals.upBytes, `${what} up`);
    if (whole) same(amounts.downTotal, totals.downBytes, `${what} down`);
  };
  for (const all of [flows, destinations.values(), devices.values()]) {
    const amounts: Amounts[] = [...all];
    near(add(amounts.map(({ upNow }) => upNow)), upRate, `${by} up`);
    near(add(amounts.map(({ downNow }) => downNow)), downRate, `${by} down`);
  }
  for (const flow of flows) told(flow, { kind: 'link', device: flow.device.id, by, key: flow.key }, true);
  for (const [key, destination] of destinations) told(destination, { kind: 'group', by, key }, false);
  for (const [id, own] of devices) told(own, { kind: 'device', device: id }, false);
  expect(devices.size).toBe(summary.devices);
  if (by === 'company') expect(destinations.size).toBe(summary.destinations);
  if (by === 'country') {
    const countries = [...destinations.keys()].filter((key) => !key.startsWith('~'));
    expect(countries.length).toBe(summary.countries);
  }
}

/** What the ribbons stand for, by their keys: what has no place of its own is in the others. */
function ribbonsOf({ flows }: Flows, shown: ReadonlySet<string>): Map<string, Amounts> {
  const ribbons = new Map<string, Amounts>();
  for (const flow of flows) {
    const key = `${flow.device.id}/${shown.has(flow.key) ? flow.key : OTHER}`;
    const sum = ribbons.get(key) ?? startAmounts();
    addAmounts(sum, flow);
    ribbons.set(key, sum);
  }
  return ribbons;
}

/** What a node says of amounts, where it does whatever their age. */
function saidOf(amounts: Amounts, settings: FlowSettings): string {
  const bytes = directed(amounts, settings);
  if (!bytes) return t('flows.connections', { n: amounts.connections });
  const text = (value: number): string => (value > 0 ? words.format.bytes(value) : '');
  return directionsText(text(bytes.up), text(bytes.down), settings.way);
}

const LOOK = { theme: 'light', font: 'of the test', scale: 1, hovered: null, focused: null } as const;
const PAINT = { text: '', muted: '', ground: '', accent: '', tracker: '', sea: '', surface: '', accentText: '' };

/** What is written into the picture that one keeps is what the page's own says, of each node. */
function pngAgrees(selection: Selection, settings: FlowSettings, height: number): void {
  const scene = sceneOf(selection, settings, height);
  const written = writtenBy((pen) => drawStill(pen, scene, { ...LOOK, colours: PAINT }));
  const said = scene.nodes.flatMap(({ label, sub }) => [label, ...(sub.length > 0 ? [sub.join(' · ')] : [])]);
  expect(written).toEqual(said.map(printable));
}

/** As wide as the words beside it say, and nothing is left out. */
function pictureAgrees(selection: Selection, settings: FlowSettings, height: number): void {
  const flows = buildFlows(selection, settings.by);
  const { nodes, links, choice } = sceneOf(selection, settings, height);
  const ribbons = ribbonsOf(flows, choice.shown);
  expect(links.map(({ key }) => key).sort()).toEqual([...ribbons.keys()].sort());
  const amountOf = (key: string): Amounts => ribbons.get(key) ?? startAmounts();
  const due = weights(links.map(({ key }) => amount(amountOf(key), settings)));
  const unit = Math.max(0, ...links.map(({ width }) => width)) / Math.max(1e-9, ...due);
  links.forEach(({ width, key }, i) => near(width, Math.max(1, unit * (due[i] ?? 0)), `width of ${key}`));
  for (const { key, sub } of nodes) {
    const sum = startAmounts();
    for (const link of links) if (link.from === key || link.to === key) addAmounts(sum, amountOf(link.key));
    const said = saidOf(sum, settings);
    if (settings.width !== 'now' && said !== '' && !sub.includes(said)) expect(sub, key).toContain(said);
  }
  pngAgrees(selection, settings, height);
  expect(choice.drawn + choice.others).toBe(choice.total);
  expect(choice.total).toBe(flows.destinations.size);
  if (settings.show === 'all') expect(choice.others).toBe(0);
}

const WISH: Wish = {
  ...{
    frame: { width: 900, height: 500 },
    camera: WHOLE,
    scale: 1,
    words: 1,
    names: 2,
    labels: true,
    target: null,
    spotlight: null,
    way: 'both',
    home: null,
  },
  ...{ sides: new Map(), waited: new Map() },
};

/** Of each spot: how many devices have been there, as its conversations say. */
function mapPngAgrees(selection: Selection, marks: Marks): void {
  const fit: Texts['fit'] = (text) => ({ text, width: text.length });
  const { spots, ...scene } = buildMapScene(selection, marks, WISH, { ...words, fit });
  const drawing = drawingOf({ ...scene, spots });
  const written = writtenBy((pen) => drawMap(pen, drawing, { ...LOOK, ...PAINT }));
  expect(written.filter((text) => /^\d+$/.test(text))).toEqual([]);
  const sizes = spots.map(({ marks: own }) => {
    const places = new Set(own.map(({ place }) => place));
    const there = selection.conversations.filter(({ remote: { place } }) => place && places.has(place));
    return spotRadius(new Set(there.map(({ device }) => device)).size);
  });
  expect(drawing.spots.map(({ radius }) => radius)).toEqual(sizes);
}

/** The bars that one keeps say how often was asked, or how many devices did, as the lookups say. */
function barsAgree(selection: Selection): void {
  for (const by of MEASURES) {
    const settings = { bars: by, naming: 'short', results: 'all', all: true } as const;
    const { shown } = buildBars(selection.lookups, settings, selection.now);
    for (const { name, much } of barLines(shown, { ...words, selection, theme: 'light', by, longest: 1 })) {
      const own = selection.lookups.filter((one) => one.name.domain === name);
      const times = t('domains.times', { n: add(own.map(({ count }) => count)) });
      const devices = t('flows.sharedBy', { n: new Set(own.map(({ device }) => device)).size });
      const due = by === 'times' ? times : devices;
      if (much !== due) expect(much, name).toBe(due);
    }
  }
}

/** Each conversation is on the map or counted as nowhere; each country that is told of is counted. */
function mapAgrees(selection: Selection): void {
  const middles = new Map<string, readonly [number, number]>([['FI', [25, 62]]]);
  const all = buildMarks(selection.conversations, middles);
  const { marks, countries, placed, nowhere, unplaced } = all;
  expect(placed + nowhere).toBe(selection.conversations.length);
  expect(add(marks.map(({ conversations }) => conversations))).toBe(placed);
  const known = selection.conversations.filter(({ remote }) => remote.place?.country);
  expect(add(countries.values())).toBeLessThanOrEqual(known.length);
  expect(new Set(known.map(({ remote }) => remote.place?.country)).size).toBe(summarise(selection).countries);
  expect(unplaced.length === 0).toBe(nowhere === 0);
  const view = { factor: 100, x: 0, y: 0 } as Parameters<typeof cluster>[1];
  expect(add(cluster(marks, view, 1000).map(({ conversations }) => conversations))).toBe(placed);
  mapPngAgrees(selection, all);
  for (const { place, conversations } of marks) {
    const there = selection.conversations.filter(({ remote }) => remote.place === place);
    expect(conversations).toBe(there.length);
  }
}

const SIZE: Size = { devices: 6, names: 40, remotes: 50, conversations: 60 };
const SEEDS = Number(process.env.CONNVIS_SEEDS ?? 6);
const TICKS = 16;

const roll = <T>(feed: MadeUpFeed, list: readonly T[]): T => list[Math.floor(feed.roll() * list.length)] as T;

/** None, and one of the others. */
function filtersOf(feed: MadeUpFeed): Filter[] {
  const alias = `Device ${Math.floor(feed.roll() * SIZE.devices)}`;
  const only = { kind: 'alias', alias } as const;
  const others: Filter[] = [
    { ...EVERYTHING, only },
    { ...EVERYTHING, kind: 'tracking' },
    { ...EVERYTHING, find: 'domain-1' },
    { ...EVERYTHING, only, kind: 'hiding', find: 'e' },
  ];
  return [EVERYTHING, roll(feed, others)];
}

function everythingAgrees({ feed, store }: Followed): void {
  for (const filter of filtersOf(feed)) {
    const selection = store.select(filter);
    const whole = filter.kind === 'all' && filter.find === '';
    if (filter === EVERYTHING) rowsAgree(feed, selection);
    devicesAgree(selection, whole);
    for (const by of GROUPINGS) flowsAgree(selection, by);
    mapAgrees(selection);
    barsAgree(selection);
    const settings = settingsOf({
      by: roll(feed, GROUPINGS),
      width: roll(feed, ['now', 'total', 'connections']),
      way: roll(feed, WAYS),
      show: roll(feed, ['fit', 'shared', 'all']),
    });
    pictureAgrees(selection, settings, 200 + 600 * feed.roll());
  }
}

describe('one number everywhere', () => {
  it.each(Array.from({ length: SEEDS }, (_, i) => i + 1))('whatever is seen, seed %i', async (seed) => {
    const followed = new Followed(seed, SIZE);
    await followed.take(followed.feed.keyframe());
    for (let tick = 0; tick < TICKS; tick += 1) {
      await followed.take(followed.feed.delta());
      // who joins in the middle is told the same
      if (tick === 10) await followed.take(followed.feed.keyframe());
      everythingAgrees(followed);
    }
  });

  it('all means all, however many there are', async () => {
    const followed = new Followed(99, { devices: 4, names: 900, remotes: 900, conversations: 2500 });
    await followed.take(followed.feed.keyframe());
    await followed.take(followed.feed.delta());
    const selection = followed.store.select(EVERYTHING);
    const settings = settingsOf({ by: 'domain', show: 'all', width: 'total' });
    expect(buildFlows(selection, 'domain').destinations.size).toBeGreaterThan(250);
    pictureAgrees(selection, settings, 700);
  });
});

describe('what something is for', () => {
  it('does not change with what its neighbours are for', async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const followed = new Followed(seed, SIZE);
      await followed.take(followed.feed.keyframe());
      const told = (): Map<string, unknown> => {
        const selection = followed.store.select(EVERYTHING);
        return new Map(
          selection.held.map((one) => [String(one.id), [one.category, ...GROUPINGS.map((by) => groupKey(one, by))]]),
        );
      };
      const before = told();
      const { feed } = followed;
      for (let i = 0; i < 20; i += 1) feed.addName();
      await followed.take(feed.delta());
      const after = told();
      for (const [id, what] of before) if (after.has(id)) expect(after.get(id), `seed ${seed}, ${id}`).toEqual(what);
    }
  });
});
