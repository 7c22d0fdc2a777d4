// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { summarise } from '../../app/summary';
import { translator } from '../../i18n';
import type { Conversation } from '../../store/rows';
import { pause } from '../calm';
import type { Selection, Target } from '../types';
import { serviceText } from './services';
import { subjectOf } from './subject';

const devices = [1, 2].map((id) => ({ id, gone: null, alias: `d${id}` }));
const place = { id: 5, country: 'FI' };
const remotes = [
  { name: 'a.example', how: 'dns', special: null, network: { name: 'One' }, place },
  { name: 'b.example', how: 'dns', special: null, network: { name: 'One' }, place: null },
];
const talk = (id: number, device: number, remote: number, more: object = {}): object => ({
  id,
  gone: null,
  active: id,
  upRate: 1,
  downRate: 10,
  upBytes: 100,
  downBytes: 1000,
  device: devices[device],
  remote: remotes[remote],
  ...more,
});
const conversations = [talk(1, 0, 0), talk(2, 1, 0), talk(3, 0, 1), talk(4, 1, 1, { gone: 9 })] as unknown as Conversation[];
const selection = { version: 1, now: 10, devices, conversations, only: null, me: null } as unknown as Selection;

describe('subjectOf', () => {
  it.each<[Target, number[]]>([
    [{ kind: 'device', device: 1 }, [3, 1]],
    [{ kind: 'group', by: 'name', key: 'a.example' }, [2, 1]],
    [{ kind: 'group', by: 'network', key: 'One' }, [4, 3, 2, 1]],
    [{ kind: 'link', device: 2, by: 'name', key: 'b.example' }, [4]],
    [{ kind: 'places', places: [5, 9] }, [2, 1]],
    [{ kind: 'device', device: 77 }, []],
  ])('finds what %j stands for, the latest first', (target, ids) => {
    expect(subjectOf(selection, target).conversations.map((one) => one.id)).toEqual(ids);
  });

  it('adds up', () => {
    expect(subjectOf(selection, { kind: 'device', device: 1 })).toMatchObject({
      device: { id: 1 },
      totals: { upRate: 2, downRate: 20, upBytes: 200, downBytes: 2000 },
    });
  });
});

it('sums the picture up without what is fading out', () => {
  expect(summarise(selection)).toEqual({ devices: 2, destinations: 2, countries: 1, upRate: 3, downRate: 30 });
});

it('draws what came or went sooner than what changed, and what was asked for at once', () => {
  const later = { ...selection, version: 2 };
  const values = pause(selection, later);
  const things = pause(selection, { ...later, conversations: conversations.slice(1) });
  expect(things).toBeLessThan(values);
  expect(things).toBeGreaterThan(0);
  expect(pause(selection, { ...later, only: selection.devices[0] ?? null })).toBe(0);
});

it('names services', () => {
  const t = translator('en');
  expect(serviceText(6, 443, t)).toBe('HTTPS · TCP 443');
  expect(serviceText(17, 443, t)).toBe('QUIC · UDP 443');
  expect(serviceText(6, 12345, t)).toBe('TCP port 12345');
  expect(serviceText(58, null, t)).toBe('ICMPv6');
  expect(serviceText(200, null, t)).toBe('IP 200');
});
