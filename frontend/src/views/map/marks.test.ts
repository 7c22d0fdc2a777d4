// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Place } from '../../store/rows';
import { HOT } from '../../store/freshness';
import { buildMarks, hotness } from './marks';
import { sampleConversation as talk, sampleDevice, samplePlace, sampleRemote } from './map-sample';

const ann = sampleDevice('Ann');
const bob = sampleDevice('Bob');
const NONE = new Map<string, readonly [number, number]>();

describe('hotness', () => {
  it('is 1 at the moment of activity, and 0 from 10 s on', () => {
    expect(hotness(1000, 1000)).toBe(1);
    expect(hotness(0, HOT / 2)).toBe(0.5);
    expect(hotness(0, HOT)).toBe(0);
    expect(hotness(0, 10 * HOT)).toBe(0);
  });

  it('is never above 1, when a frame is a little ahead', () => {
    expect(hotness(1200, 1000)).toBe(1);
  });
});

describe('marks', () => {
  it('make one of a place that each of two sites knows', () => {
    const frankfurts = [1, 2].map((id) => ({ ...samplePlace(8.7, 50.1), id }));
    const { marks } = buildMarks(
      frankfurts.map((place, i) => talk(i === 0 ? ann : bob, sampleRemote(place, 'a.example', 'Net A'))),
      NONE,
    );
    expect(marks.map(({ conversations, devices }) => [conversations, devices.size])).toEqual([[2, 2]]);
    // of one name, and elsewhere
    const [here] = frankfurts as [Place];
    const apart = buildMarks(
      [talk(ann, sampleRemote(here, 'a.example')), talk(ann, sampleRemote({ ...here, latitude: 52 }, 'a.example'))],
      NONE,
    );
    expect(apart.marks).toHaveLength(2);
  });

  it('make one of all remotes of a place', () => {
    const place = samplePlace(24.9, 60.2);
    const one = sampleRemote(place, 'a.example', 'Net A');
    const two = sampleRemote(place, 'b.example', 'Net B');
    const { marks, placed, nowhere } = buildMarks(
      [
        talk(ann, one, { active: 10, upRate: 5 }),
        talk(bob, two, { active: 30, upRate: 2, downRate: 1 }),
        talk(bob, two, { active: 20, port: 80 }),
      ],
      NONE,
    );
    expect(marks).toHaveLength(1);
    expect([...(marks[0]?.devices ?? [])]).toEqual([ann, bob]);
    expect(marks[0]).toMatchObject({
      names: ['b.example', 'a.example'],
      networks: ['Net B', 'Net A'],
      conversations: 3,
      upRate: 7,
      downRate: 1,
      active: 30,
      gone: null,
    });
    expect([placed, nowhere]).toEqual([3, 0]);
  });

  it('take latitude 0 and longitude 0 as places like any other', () => {
    const places = [samplePlace(9.45, 0), samplePlace(0, 51.5), samplePlace(0, 0)];
    const { marks, nowhere } = buildMarks(
      places.map((place) => talk(ann, sampleRemote(place, 'x'))),
      NONE,
    );
    expect(marks.map((mark) => [mark.longitude, mark.latitude])).toEqual([
      [9.45, 0],
      [0, 51.5],
      [0, 0],
    ]);
    expect(nowhere).toBe(0);
  });

  it('count what is nowhere', () => {
    const bad = samplePlace(999, 12);
    const { marks, nowhere, placed, unplaced } = buildMarks(
      [
        talk(ann, sampleRemote(null, 'a'), { name: 'often.example' }),
        talk(ann, sampleRemote(null, 'a'), { name: 'often.example' }),
        talk(ann, sampleRemote(samplePlace(null, null, { country: null }), 'b')),
        talk(ann, sampleRemote(bad, 'c')),
        talk(ann, sampleRemote(bad, 'd')),
        talk(ann, sampleRemote(samplePlace(NaN, NaN), 'e')),
        talk(ann, sampleRemote(null, 'gone'), { gone: 1 }),
      ],
      NONE,
    );
    expect(marks).toEqual([]);
    expect([nowhere, placed]).toEqual([7, 0]);
    // and who it is, each once
    expect(unplaced[0]).toBe('often.example');
    expect(unplaced).toEqual([...new Set(unplaced)]);
  });

  it('put what has a country alone in the middle of it, and say that it is vague', () => {
    const place = samplePlace(null, null, { country: 'FR', city: null });
    const { marks, nowhere } = buildMarks(
      [talk(ann, sampleRemote(place, 'a'))],
      new Map([['FR', [2.5, 46.6] as const]]),
    );
    expect(marks[0]).toMatchObject({ longitude: 2.5, latitude: 46.6, vague: true });
    expect(nowhere).toBe(0);
  });

  it('are vague without a city, also where there are coordinates', () => {
    const { marks } = buildMarks(
      [talk(ann, sampleRemote(samplePlace(2, 46, { city: null, region: 'Centre' }), 'a'))],
      NONE,
    );
    expect(marks[0]?.vague).toBe(true);
  });

  it('count countries, also what has just ended, and fade with the last', () => {
    const here = samplePlace(2, 46, { country: 'FR' });
    const there = samplePlace(10, 50, { country: 'DE' });
    const { marks, countries } = buildMarks(
      [
        talk(ann, sampleRemote(here, 'a'), { gone: 5 }),
        talk(ann, sampleRemote(here, 'b'), { gone: 4 }),
        talk(ann, sampleRemote(there, 'b'), { gone: 5 }),
        talk(ann, sampleRemote(there, 'c')),
      ],
      NONE,
    );
    expect([...countries]).toEqual([
      ['FR', 2],
      ['DE', 2],
    ]);
    expect(marks.map((mark) => mark.gone)).toEqual([5, null]);
  });

  it('come in the order of their places, whatever the order of conversations', () => {
    const places = [samplePlace(1, 1), samplePlace(2, 2), samplePlace(3, 3)];
    const talks = places.map((place) => talk(ann, sampleRemote(place, 'x')));
    expect(buildMarks([...talks].reverse(), NONE).marks.map((mark) => mark.place)).toEqual(places);
  });
});
