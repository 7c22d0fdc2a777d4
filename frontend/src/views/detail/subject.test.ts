// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { summarise } from '../../store/summary';
import { translator } from '../../i18n';
import type { Conversation, Device, Sum } from '../../store/rows';
import {
  sampleCompany,
  sampleConversation,
  sampleDevice,
  sampleName,
  sampleNetwork,
  samplePlace,
  sampleRemote,
  sampleSelection,
  sampleSum,
} from '../../store/sample';
import type { Target } from '../../store/selection';
import { serviceText } from '../../parts/services';
import { placesOf, reachOf, subjectOf } from './subject';

const devices = [1, 2].map((id) => sampleDevice(`d${id}`, { id, upBytes: 700, downBytes: 8000 }));
const [first, second] = devices as [Device, Device];
const one = sampleNetwork('One');
const remotes = [
  sampleRemote({
    asked: sampleName('a.example'),
    network: one,
    place: samplePlace({ country: 'FI', region: 'Uusimaa', city: 'Helsinki' }),
  }),
  sampleRemote({ asked: sampleName('b.example'), network: one }),
] as const;
const talk = (id: number, device: Device, remote: 0 | 1, more: Partial<Conversation> = {}): Conversation =>
  sampleConversation(device, remotes[remote], {
    id,
    active: id,
    upRate: 1,
    downRate: 10,
    upBytes: 100,
    downBytes: 1000,
    ...more,
  });
const conversations = [talk(1, first, 0), talk(2, second, 0), talk(3, first, 1), talk(4, second, 1, { gone: 9 })];
const selection = sampleSelection(conversations, { now: 10 });

describe('subjectOf', () => {
  it.each<[Target, number[]]>([
    [{ kind: 'device', device: 1 }, [3, 1]],
    [{ kind: 'group', by: 'domain', key: 'a.example' }, [2, 1]],
    [{ kind: 'group', by: 'network', key: 'One' }, [4, 3, 2, 1]],
    [{ kind: 'link', device: 2, by: 'domain', key: 'b.example' }, [4]],
    [{ kind: 'places', places: ['FI|Uusimaa|Helsinki', 'JP||Tokyo'] }, [2, 1]],
    [{ kind: 'device', device: 77 }, []],
  ])('finds what %j stands for, the latest first', (target, ids) => {
    expect(subjectOf(selection, target).conversations.map((one) => one.id)).toEqual(ids);
  });

  it('takes a device by its own count, and adds up what a filter leaves of it', () => {
    const of = (narrowed: boolean): unknown =>
      subjectOf({ ...selection, narrowed }, { kind: 'device', device: 1 }).totals;
    expect(of(false)).toEqual({ upRate: 2, downRate: 20, upBytes: 700, downBytes: 8000 });
    expect(of(true)).toEqual({ upRate: 2, downRate: 20, upBytes: 200, downBytes: 2000 });
  });
});

describe('of the session', () => {
  const asked = sampleName('a.example');
  const ended = talk(5, second, 0, { open: 0, active: 99 });
  const sums = [
    sampleSum(first, { name: asked, upBytes: 5000, conversations: 3 }),
    sampleSum(second, { name: asked, downBytes: 7, conversations: 2 }),
    sampleSum(null, { name: asked, downBytes: 1 }),
    sampleSum(first, { company: sampleCompany('Example'), downBytes: 9 }),
  ];
  const whole = sampleSelection(conversations, { now: 100, devices, held: [...conversations, ended], sums });
  const group: Target = { kind: 'group', by: 'domain', key: 'a.example' };

  it('shows what has ended behind what is there now, and how much more there was', () => {
    const subject = subjectOf(whole, group);
    expect(subject.conversations.map((one) => one.id)).toEqual([2, 1, 5]);
    expect(subject).toMatchObject({ more: 6, totals: { upRate: 2, upBytes: 5300, downBytes: 3008 } });
    expect(subjectOf(whole, { ...group, kind: 'link', device: 2 })).toMatchObject({
      more: 2,
      totals: { upBytes: 200, downBytes: 2007 },
    });
    expect(subjectOf(whole, { kind: 'device', device: 1 }).more).toBe(4);
    expect(subjectOf(whole, { kind: 'places', places: ['FI|Uusimaa|Helsinki'] })).toMatchObject({
      more: 0,
      totals: { upBytes: 300, downBytes: 3000 },
    });
  });

  it('knows who has talked with it, also of what has ended and whatever the filter', () => {
    const nothing = { ...sampleSelection([], { devices }), allGroups: whole.allGroups };
    expect(reachOf(nothing, group)).toEqual({ devices: 2, all: 2 });
    expect(reachOf(nothing, { ...group, key: 'x.example' })).toBe(null);
    const alone = sampleSelection([], { devices, sums: [sums[0] as Sum, sums[2] as Sum] });
    expect(reachOf(alone, group)).toEqual({ devices: 1, all: 2 });
    expect(reachOf({ ...alone, only: first }, group)).toBe(null);
  });
});

it('names the places with the most conversations first', () => {
  const places = [5, 6].map((id) => samplePlace({ id, city: `Town ${id}` }));
  const at = (i: number): Conversation => sampleConversation(first, sampleRemote({ place: places[i] ?? null }));
  expect(placesOf([at(0), at(1), at(1), at(7)]).map((place) => place.id)).toEqual([6, 5]);
  // each of two sites knows it
  const twin = sampleConversation(first, sampleRemote({ place: samplePlace({ id: 9, city: 'Town 5' }) }));
  expect(placesOf([at(0), at(0), at(1), at(1), twin]).map((place) => place.id)).toEqual([5, 6]);
});

it('sums the picture up, with what has just ended: of what is short there is nothing else', () => {
  expect(summarise(selection)).toEqual({
    devices: 2,
    destinations: 2,
    countries: 1,
    upRate: 4,
    downRate: 40,
    guessing: false,
  });
  const short = sampleSelection([talk(1, first, 0, { open: 0, gone: 9 })], { now: 10 });
  expect(summarise(short)).toEqual({
    devices: 1,
    destinations: 1,
    countries: 1,
    upRate: 1,
    downRate: 10,
    guessing: false,
  });
});

it('names services', () => {
  const t = translator('en');
  expect(serviceText(6, 443, t)).toBe('HTTPS · TCP 443');
  expect(serviceText(17, 443, t)).toBe('QUIC · UDP 443');
  expect(serviceText(6, 12345, t)).toBe('TCP port 12345');
  expect(serviceText(58, null, t)).toBe('ICMPv6');
  expect(serviceText(200, null, t)).toBe('IP 200');
});
