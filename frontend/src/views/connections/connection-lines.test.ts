// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { translator } from '../../i18n';
import { ConnectionEntity } from '../../store/connection-store';
import type { Connection, Conversation } from '../../store/rows';
import { sampleConversation, sampleDevice, sampleName, sampleRemote } from '../../store/sample';
import { serviceText } from '../../parts/services';
import {
  buildLines,
  direction,
  endpoint,
  lineOf,
  nat,
  ownersOf,
  readSorting,
  secondsLeft,
  sortLines,
  writeSorting,
  type Column,
  type Wanted,
  recordedRows,
} from './connection-lines';
import { stateOf } from './connection-state';
import { step, windowOf } from './row-window';

const t = translator('en');
const aino = sampleDevice('Aino', { addresses: ['192.0.2.7', 'fd00::7'] });
const onni = sampleDevice('Onni', { addresses: ['192.0.2.8'] });
const web = sampleConversation(aino, sampleRemote(), {
  own: sampleName('www.site.example', { category: 'analytics' }),
});
const forward = sampleConversation(onni, sampleRemote({ address: '198.51.100.9' }), { inbound: true });

function entry(id: number, conversation: Conversation | null, rest: Partial<Connection> = {}): Connection {
  const plain = {
    protocol: 6,
    state: 'ESTABLISHED',
    status: 14,
    origSource: '192.0.2.7',
    origTarget: '198.51.100.1',
    replySource: '198.51.100.1',
    replyTarget: '203.0.113.1',
    origSourcePort: 40_000,
    origTargetPort: 443,
    replySourcePort: 443,
    replyTargetPort: 40_000,
    origBytes: 10,
    replyBytes: 90,
    origPackets: 1,
    replyPackets: 1,
  };
  return { ...new ConnectionEntity(id, () => null), conversation, ...plain, ...rest };
}
const rows = [
  entry(1, web, { active: 9000, seen: 5000 }),
  entry(2, forward, {
    active: 1000,
    seen: 7000,
    origSource: '198.51.100.9',
    origTarget: '203.0.113.1',
    replySource: '192.0.2.8',
    replyTarget: '198.51.100.9',
    origTargetPort: 8080,
  }),
  entry(3, null, {
    protocol: 17,
    state: null,
    status: 8,
    origSource: 'fd00::7',
    origTarget: '192.0.2.8',
    origTargetPort: 53,
  }),
  entry(4, web, { gone: 8000, origBytes: 500 }),
];
const ALL: Wanted = { only: null, kind: 'all', find: '', leftOut: true };
const build = (wanted: Partial<Wanted> = {}) =>
  buildLines(rows, { devices: [aino, onni] }, { ...ALL, ...wanted }, t, (state) => t(`state.${state}`));
const ids = (wanted: Partial<Wanted>): number[] => build(wanted).lines.map(({ row }) => row.id);

describe('lines', () => {
  it('have names in place of addresses, and the direction as the device sees it', () => {
    const owners = ownersOf([aino, onni]);
    const of = (row: Connection) => {
      const { who, name, up, down } = lineOf(row, owners, t);
      return [who, name, up, down];
    };
    expect(of(rows[0] as Connection)).toEqual(['Aino', 'www.site.example', 10, 90]);
    expect(of(rows[1] as Connection)).toEqual(['Onni', '198.51.100.9', 90, 10]);
    expect(of(rows[2] as Connection)).toEqual(['Aino', 'Onni', 10, 90]);
    expect(of(entry(9, null, { origSource: '192.0.2.99' }))).toEqual(['192.0.2.99', '198.51.100.1', 10, 90]);
  });

  it('are filtered like all else, and also by address, port and state', () => {
    expect(ids({})).toEqual([1, 2, 3, 4]);
    expect(ids({ leftOut: false })).toEqual([1, 2, 4]);
    expect(ids({ only: onni })).toEqual([2]);
    expect(ids({ kind: 'tracking' })).toEqual([1, 4]);
    expect(ids({ find: ':8080' })).toEqual([2]);
    expect(ids({ find: 'no answer' })).toEqual([3]);
    expect(ids({ find: 'AINO site' })).toEqual([1, 4]);
    expect(build()).toMatchObject({ total: 3, leftOut: 1 });
  });

  it('stand for whole conversations in a recording', () => {
    const more = { upBytes: 5, downBytes: 50, port: 443, protocol: 6 } as const;
    const held = [
      sampleConversation(aino, sampleRemote(), { own: sampleName('www.site.example'), open: 2, ...more }),
      sampleConversation(onni, sampleRemote({ address: '198.51.100.9' }), { open: 0, inbound: true, ...more }),
      // idle for long, and so no longer in the views
      sampleConversation(aino, sampleRemote(), { own: sampleName('idle.example'), gone: 5, ...more }),
      sampleConversation(aino, sampleRemote(), { own: sampleName('new.example'), open: 0, connecting: 1, ...more }),
    ];
    const { lines } = buildLines(recordedRows(held), { devices: [aino, onni] }, ALL, t, (state) => t(`state.${state}`));
    expect(lines.map(({ who, name, service, state, up, down }) => [who, name, service, state, up, down])).toEqual([
      ['Aino', 'www.site.example', serviceText(6, 443, t), 'open', 5, 50],
      ['Onni', '198.51.100.9', serviceText(6, 443, t), 'closed', 5, 50],
      ['Aino', 'idle.example', serviceText(6, 443, t), 'open', 5, 50],
      ['Aino', 'new.example', serviceText(6, 443, t), 'beginning', 5, 50],
    ]);
  });

  it.each<[string, number[]]>([
    ['seen', [2, 1, 4, 3]],
    ['-seen', [4, 3, 1, 2]],
    ['up', [4, 2, 3, 1]],
    ['who', [4, 3, 1, 2]],
    ['-who', [2, 4, 3, 1]],
    ['state', [4, 2, 1, 3]],
  ])('are sorted by %s', (text, expected) => {
    expect(sortLines(build().lines, readSorting(text), 9000).map(({ row }) => row.id)).toEqual(expected);
  });

  it('sorts by every column without losing a line', () => {
    const columns: readonly Column[] = [
      'who',
      'name',
      'service',
      'state',
      'down',
      'up',
      'active',
      'seen',
      'source',
      'target',
      'nat',
      'expires',
      'mark',
      'zone',
    ];
    for (const column of columns) expect(sortLines(build().lines, { column, turned: true }, 0)).toHaveLength(4);
  });
});

it('keeps the sorting in the URL', () => {
  expect(readSorting('-down')).toEqual({ column: 'down', turned: true });
  expect(readSorting('nonsense')).toEqual({ column: 'seen', turned: false });
  expect([
    writeSorting({ column: 'seen', turned: false }),
    writeSorting({ column: 'seen', turned: true }),
    writeSorting({ column: 'who', turned: false }),
  ]).toEqual([null, '-seen', 'who']);
  expect([
    direction(readSorting('who')),
    direction(readSorting('-who')),
    direction(readSorting('down')),
    direction(readSorting('-down')),
  ]).toEqual(['ascending', 'descending', 'descending', 'ascending']);
});

it('says states in plain words', () => {
  const of = (state: string | null, status: number, gone: number | null = null) => stateOf({ state, status, gone });
  expect([of('SYN_SENT', 8), of('ESTABLISHED', 14), of('TIME_WAIT', 14), of('CLOSE', 14), of('toString', 14)]).toEqual([
    'beginning',
    'open',
    'closing',
    'closed',
    'open',
  ]);
  expect([of(null, 8), of(null, 10), of('ESTABLISHED', 14, 5)]).toEqual(['silent', 'open', 'gone']);
});

it('writes endpoints, and translation only where there is any', () => {
  expect([endpoint('192.0.2.1', 80), endpoint('fd00::1', 80), endpoint('192.0.2.1', null)]).toEqual([
    '192.0.2.1:80',
    '[fd00::1]:80',
    '192.0.2.1',
  ]);
  expect(nat(rows[0] as Connection)).toBe('198.51.100.1:443 → 203.0.113.1:40000');
  expect(nat(entry(5, null, { replyTarget: '192.0.2.7' }))).toBe('');
  expect(nat(entry(6, null, { protocol: 1, replyTarget: '192.0.2.7', replySourcePort: 0 }))).toBe('');
});

it('counts down what the kernel said', () => {
  expect(secondsLeft({ expires: 31_000 }, 6000)).toBe(25);
  expect(secondsLeft({ expires: 4000 }, 60_000)).toBe(0);
  expect(secondsLeft({ expires: null }, 1)).toBeNull();
});

describe('the window of rows', () => {
  it('holds what is in sight and some more, never beyond the ends', () => {
    const { from, to } = windowOf(4400, 5280, 44, 10_000);
    expect(from).toBeLessThanOrEqual(88);
    expect(to).toBeGreaterThanOrEqual(132);
    expect(to - from).toBeLessThan(70);
    expect(windowOf(-500, 300, 44, 3)).toEqual({ from: 0, to: 3 });
    expect(windowOf(90_000, 91_000, 44, 10)).toEqual({ from: 10, to: 10 });
    expect(windowOf(0, 800, 44, 0)).toEqual({ from: 0, to: 0 });
  });

  it('stays while one scrolls by less than a step', () => {
    expect(windowOf(4400, 5280, 44, 10_000)).toEqual(windowOf(4410, 5290, 44, 10_000));
  });

  it('is walked through by keys', () => {
    const at5 = (key: string) => step(key, 5, 100, 20);
    expect(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'a', 'toString'].map(at5)).toEqual([
      6,
      4,
      25,
      0,
      0,
      99,
      null,
      null,
    ]);
  });
});
