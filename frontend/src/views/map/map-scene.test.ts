// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { FADE } from '../../store/freshness';
import { stepSpot, type SceneSpot, buildScene, some, spotAt, type Texts, type Wish } from './map-scene';
import { translator } from '../../i18n';
import { formatter } from '../../i18n/format';
import { placeKey } from '../../store/selection';
import { WHOLE } from './camera';
import { overlap } from './labels';
import { buildMarks, glowRadius, SPOT_RADIUS, spotRadius } from './marks';
import { dice } from '../../feed/dice';
import { sampleConversation as talk, sampleDevice, samplePlace, sampleRemote } from './map-sample';
import { LabelTurns } from './label-turns';

const t = translator('en');
/** As if each letter were six pixels wide. */
const texts: Texts = {
  t,
  format: formatter('en', t),
  fit: (text, _strong, room) => ({ text: text.slice(0, Math.floor(room / 6)), width: Math.min(text.length * 6, room) }),
};
const ann = sampleDevice('Ann');
const wish: Wish = {
  frame: { width: 1400, height: 600 },
  camera: WHOLE,
  scale: 1,
  words: 1,
  names: 2,
  labels: true,
  target: null,
  spotlight: null,
  way: 'both',
  home: null,
  sides: new Map(),
  waited: new Map(),
};
const NOW = 100_000;
const everyone = { now: NOW, only: null };

const helsinki = samplePlace(24.9, 60.2, { city: 'Helsinki' });
const tokyo = samplePlace(139.7, 35.7, { city: 'Tokyo', country: 'JP' });
const marksOf = (...talks: ReturnType<typeof talk>[]) => buildMarks(talks, new Map());

describe('a scene', () => {
  it('sizes a mark by its hotness: 10 + 30 x hotness across', () => {
    expect(2 * glowRadius(0, 1)).toBe(10);
    expect(2 * glowRadius(1, 1)).toBe(40);
    expect(2 * glowRadius(0.5, 2)).toBe(50);
  });

  it('sizes the disc of a mark by its devices, within bounds', () => {
    expect([0, 1, 2, 5, 17, 10_000].map(spotRadius)).toEqual([5, 5, 6, 7, SPOT_RADIUS, SPOT_RADIUS]);
  });

  it('is hot where something moved in the last 10 s', () => {
    const marks = marksOf(
      talk(ann, sampleRemote(helsinki, 'a'), { active: NOW - 1000 }),
      talk(ann, sampleRemote(tokyo, 'b'), { active: NOW - 20_000 }),
    );
    expect(buildScene(everyone, marks, wish, texts).spots.map((spot) => spot.hot)).toEqual([0.9, 0]);
  });

  it('shows what was short as hot, and lets it fade out', () => {
    const ended = (ago: number) =>
      buildScene(
        everyone,
        marksOf(talk(ann, sampleRemote(helsinki, 'a'), { active: NOW - ago, gone: NOW - ago })),
        wish,
        texts,
      ).spots[0];
    expect(ended(0)).toMatchObject({ hot: 1, heat: 1, presence: 1 });
    expect(ended(FADE / 2)).toMatchObject({ presence: 0.5 });
    expect(ended(FADE)).toMatchObject({ hot: 0, heat: 0, presence: 0 });
  });

  it('tells what is sent there from what is received, of the directions that are wanted', () => {
    const talks = [
      talk(ann, sampleRemote(helsinki, 'a'), { upRate: 1e6, downRate: 100 }),
      talk(ann, sampleRemote(tokyo, 'b'), { downRate: 9e9 }),
    ];
    const of = (way: Wish['way']) =>
      buildScene(everyone, marksOf(...talks), { ...wish, way }, texts).spots.map(({ sent, received }) => [
        sent > 0,
        received > 0,
      ]);
    expect(of('both')).toEqual([
      [true, true],
      [false, true],
    ]);
    expect(of('sent')).toEqual([
      [true, false],
      [false, false],
    ]);
    expect(of('received')).toEqual([
      [false, true],
      [false, true],
    ]);
    const [first, second] = buildScene(everyone, marksOf(...talks), wish, texts).spots;
    expect([first?.sent, second?.received]).toEqual([1, 1]);
    expect(first?.received).toBeCloseTo(3 / 7);
  });

  it('calls a place by its city, its region, its country', () => {
    const titles = [
      helsinki,
      samplePlace(0, 45, { city: null, region: 'Aquitaine' }),
      samplePlace(-60, -30, { city: null, country: 'AR' }),
    ].map((place) => buildScene(everyone, marksOf(talk(ann, sampleRemote(place, 'a'))), wish, texts).spots[0]?.title);
    expect(titles).toEqual(['Helsinki', 'Aquitaine', 'Argentina']);
  });

  it('has its home in the middle below, called by the device that is looked at', () => {
    const scene = buildScene({ now: NOW, only: ann }, marksOf(), wish, texts);
    expect(scene.home).toMatchObject({ x: 700, text: 'Ann · place not known', at: null });
    expect(scene.home.y + scene.home.height).toBe(600);
    expect(buildScene(everyone, marksOf(), wish, texts).home.text).toBe('Your network · place not known');
  });

  it('has lines from home where that is known, and says how it is known', () => {
    const finland = { country: 'FI', latitude: 60, longitude: 25, sure: false };
    const marks = marksOf(talk(ann, sampleRemote(helsinki, 'a')), talk(ann, sampleRemote(tokyo, 'b')));
    const lines = (home: Wish['home']) =>
      buildScene(everyone, marks, { ...wish, home }, texts).spots.map(({ arc }) => arc !== null);
    expect(lines(null)).toEqual([false, false]);
    // none to what lies on the home itself
    expect(lines(finland)).toEqual([false, true]);
    const says = (sure: boolean) =>
      buildScene(everyone, marks, { ...wish, home: { ...finland, sure } }, texts).home.text;
    expect([says(false), says(true)]).toEqual(['Your network · probably Finland', 'Your network · Finland']);
  });

  it('says where the home is alone where there is no room for both, clear of the buttons', () => {
    const finland = { country: 'FI', latitude: 60, longitude: 25, sure: false };
    const phone = { ...wish, frame: { width: 366, height: 430 } };
    const { home } = buildScene(everyone, marksOf(), { ...phone, home: finland }, texts);
    expect(home.text).toBe('Probably Finland');
    expect(home.x + home.width / 2).toBeLessThan(366 - 64);
    const narrow = { ...wish, frame: { width: 320, height: 430 } };
    expect(buildScene(everyone, marksOf(), narrow, texts).home.text).toBe('Your network');
  });

  it('hides labels when told to', () => {
    const marks = marksOf(talk(ann, sampleRemote(helsinki, 'a')));
    expect(buildScene(everyone, marks, wish, texts).labels).toMatchObject([{ title: 'Helsinki', sub: 'a' }]);
    expect(buildScene(everyone, marks, { ...wish, labels: false }, texts).labels).toEqual([]);
  });

  it('gives each label its turn when told to', () => {
    const places = Array.from({ length: 8 }, (_, i) =>
      samplePlace(12 * i, 20, { city: `a rather long name of a city ${i}` }),
    );
    const marks = marksOf(...places.map((place) => talk(ann, sampleRemote(place, 'a.example'))));
    const turns = new LabelTurns();
    const seen = new Set<string>();
    let waited: ReadonlyMap<number, number> = new Map();
    for (let i = 0; i < 8; i += 1) {
      const scene = buildScene(everyone, marks, { ...wish, waited }, texts);
      expect(scene.labels.length).toBeLessThan(scene.spots.length);
      for (const label of scene.labels) seen.add(label.title);
      turns.note(scene.labels.map((label) => label.key));
      waited = turns.next(scene.spots.map((spot) => spot.key));
    }
    expect(seen.size).toBe(8);
  });

  it('says where something tracks', () => {
    const ads = { ...sampleRemote(helsinki, 'ads.example'), category: 'advertising' } as const;
    const { spots } = buildScene(everyone, marksOf(talk(ann, ads), talk(ann, sampleRemote(tokyo, 'b'))), wish, texts);
    expect(spots.map((spot) => [spot.tracks, spot.marks[0]?.trackers])).toEqual([
      [true, ['ads.example']],
      [false, []],
    ]);
  });

  it('picks the spot of a chosen place', () => {
    const marks = marksOf(talk(ann, sampleRemote(helsinki, 'a')), talk(ann, sampleRemote(tokyo, 'b')));
    const { spots } = buildScene(
      everyone,
      marks,
      { ...wish, target: { kind: 'places', places: [placeKey(tokyo)] } },
      texts,
    );
    expect(spots.map((spot) => spot.picked)).toEqual([false, true]);
  });

  it('keeps labels apart and off the badge, with names of any length', () => {
    const roll = dice(11);
    const talks = Array.from({ length: 90 }, (_, i) => {
      const place = samplePlace(roll() * 350 - 170, roll() * 120 - 50, { city: 'x'.repeat(Math.floor(roll() * 250)) });
      return talk(ann, sampleRemote(place, `${'long'.repeat(Math.floor(roll() * 60))}${i}.example`));
    });
    const { labels, home } = buildScene(everyone, marksOf(...talks), wish, texts);
    expect(labels.length).toBeGreaterThan(10);
    const badge = { x: home.x - home.width / 2, y: home.y, width: home.width, height: home.height };
    labels.forEach((label, i) => {
      expect(label.width).toBeLessThan(210);
      expect(overlap(label, badge)).toBe(false);
      for (const other of labels.slice(i + 1)) expect(overlap(label, other)).toBe(false);
    });
  });

  it('finds the spot under a finger, by its disc or its label', () => {
    const scene = buildScene(
      everyone,
      marksOf(talk(ann, sampleRemote(helsinki, 'a')), talk(ann, sampleRemote(tokyo, 'b'))),
      wish,
      texts,
    );
    const [first, second] = scene.spots;
    const label = scene.labels.find((one) => one.key === second?.key);
    if (!first || !second || !label) throw new Error('the scene lacks something');
    expect(spotAt(scene, { x: first.x + 20, y: first.y }, 16)).toBe(first);
    expect(spotAt(scene, { x: label.x + label.width / 2, y: label.y + 5 }, 4)).toBe(second);
    expect(spotAt(scene, { x: 5, y: 5 }, 16)).toBeNull();
  });
});

describe('a list of words', () => {
  it('says how many it leaves out', () => {
    expect(some(['a', 'b', 'c'], 2)).toBe('a, b +1');
    expect(some(['a', 'b'], 2)).toBe('a, b');
    expect(some([], 2)).toBe('');
  });
});

const spots = [
  { key: 1, x: 500, y: 50 },
  { key: 2, x: 100, y: 300 },
  { key: 3, x: 900, y: 200 },
] as unknown as SceneSpot[];

function walk(pressed: string): (number | undefined)[] {
  const seen: (number | undefined)[] = [];
  let at: number | null = null;
  for (let i = 0; i < 4; i += 1) {
    const next = stepSpot({ spots }, at, pressed);
    seen.push(next);
    at = next ?? null;
  }
  return seen;
}

describe('the arrow keys', () => {
  it('reach all spots, and go round', () => {
    expect(walk('ArrowRight')).toEqual([2, 1, 3, 2]);
    expect(walk('ArrowLeft')).toEqual([3, 1, 2, 3]);
    expect(walk('ArrowDown')).toEqual([1, 3, 2, 1]);
    expect(walk('ArrowUp')).toEqual([2, 3, 1, 2]);
  });

  it('begin anew where the spot has gone', () => {
    expect(stepSpot({ spots }, 99, 'ArrowRight')).toBe(2);
  });

  it('know the ends, and other keys not', () => {
    expect(stepSpot({ spots }, 1, 'Home')).toBe(2);
    expect(stepSpot({ spots }, 1, 'End')).toBe(3);
    expect(stepSpot({ spots }, 1, 'a')).toBeUndefined();
    expect(stepSpot({ spots: [] }, null, 'ArrowRight')).toBeUndefined();
  });
});
