// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { EventKind, Party, PastEvent } from '../../store/past';
import { sampleDevice } from '../../store/sample';
import { opensOf } from './event-target';
import { AWAY, Looked, newSince } from './looked';
import { storyOf } from './past-list';
import { sideOf, timeText } from './say-event';

const here = sampleDevice('Ann', { id: 7 });
const ann: PastEvent['device'] = { id: 1, gone: null, alias: 'Ann', here };
const left: PastEvent['device'] = { id: 2, gone: null, alias: 'Eve', here: null };
const party: Party = {
  ...{ id: 1, gone: null, company: 'Tuya', name: null, network: null, asn: null, special: null },
  ...{ category: null, country: 'CN' },
};
const event = (kind: EventKind, values: Partial<PastEvent> = {}): PastEvent => ({
  ...{ id: 1, gone: null, at: 0, device: ann, party: null, amount: null, text: null, first: false, more: 0 },
  ...{ kind, ...values },
});

describe('an event opens', () => {
  it('what its device has with whom it speaks of', () => {
    expect(opensOf(event('company', { party }))).toEqual({
      kind: 'target',
      target: { kind: 'link', device: 7, by: 'company', key: 'Tuya' },
    });
    expect(opensOf(event('country', { party }))).toMatchObject({ target: { by: 'country', key: 'CN' } });
    expect(opensOf(event('upload', { party, device: left }))).toMatchObject({ target: { kind: 'group', key: 'Tuya' } });
  });

  it('the device’s page, or what it asked for', () => {
    expect(opensOf(event('back'))).toEqual({ kind: 'device', device: here });
    expect(opensOf(event('blocked', { party }))).toEqual({ kind: 'names', device: here });
    const nameless = { ...party, company: null };
    expect(opensOf(event('call', { party: nameless }))).toEqual({ kind: 'device', device: here });
  });

  it('nothing where nothing of it is here', () => {
    expect(opensOf(event('left', { device: left }))).toBe(null);
    expect(opensOf(event('left', { device: { ...left, here: sampleDevice('Eve', { gone: 5 }) } }))).toBe(null);
    expect(opensOf(event('gap', { device: null }))).toBe(null);
  });
});

it('has the colour of what it is about', () => {
  expect(sideOf(event('tracker', { party }), null)).toBe('ads');
  expect(sideOf(event('blocked', { party: { ...party, category: 'advertising' } }), null)).toBe('ads');
  expect(sideOf(event('tracker', { party }), here)).toBe('you');
  expect(sideOf(event('gap', { device: null }), here)).toBe('gap');
  expect(sideOf(event('company', { party }), null)).toBe('other');
});

it('a device’s story is of today, with what interrupted it', () => {
  const date = new Date(2026, 3, 2, 12).getTime();
  const hour = 3_600_000;
  const events = [
    event('back', { id: 1, at: -hour }),
    event('back', { id: 2, at: -2 * hour, device: left }),
    event('gap', { id: 3, at: -3 * hour, device: null }),
    event('back', { id: 4, at: -13 * hour }),
  ];
  const told = (about: typeof here | null): number[] => storyOf(events, about, { date, now: 0 }).map(({ id }) => id);
  expect(told(here)).toEqual([1, 3]);
  expect(told(null)).toEqual([1, 2, 3, 4]);
  expect(timeText(date - hour, date, 'en-GB')).toBe('11:00');
  expect(timeText(date - 13 * hour, date, 'en-GB')).toMatch(/^Wed.* 23:00$/);
});

describe('since one last looked', () => {
  const kept = (at: number | null) => {
    const written: number[] = [];
    return { looked: new Looked({ read: () => at, write: (value) => void written.push(value) }), written };
  };

  it('is known of who was away for long enough, also with the page left open', () => {
    const { looked, written } = kept(1_000_000);
    looked.see(1_000_000 + AWAY);
    expect(looked.since).toBe(1_000_000);
    looked.see(5_000_000);
    expect(looked.since).toBe(1_000_000);
    looked.leave();
    looked.leave();
    // what was seen already is drawn once more
    looked.see(5_000_000);
    expect(written).toEqual([1_000_000 + AWAY, 5_000_000]);
    looked.see(5_000_000 + AWAY);
    expect(looked.since).toBe(5_000_000);
  });

  it('is nothing for who has not been away, or has never been here', () => {
    const { looked } = kept(1_000_000);
    looked.see(1_000_000 + AWAY - 1);
    expect(looked.since).toBe(null);
    const { looked: first, written } = kept(null);
    first.leave();
    expect(written).toEqual([]);
    first.see(9);
    expect(first.since).toBe(null);
  });

  it('there are devices that nobody knew, and who is for ads and was met by nobody before', () => {
    const events = [
      event('joined', { id: 1, at: -10 }),
      event('back', { id: 2, at: -10 }),
      event('tracker', { id: 3, at: -10, party, first: true }),
      event('tracker', { id: 4, at: -10, party }),
      event('joined', { id: 5, at: -30 }),
    ];
    const { devices, trackers } = newSince(events, 980, { date: 1000, now: 0 });
    expect([devices, trackers].map((list) => list.map(({ id }) => id))).toEqual([[1], [3]]);
  });
});
