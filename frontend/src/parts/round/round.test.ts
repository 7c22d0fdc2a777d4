// SPDX-License-Identifier: MIT
// What a round shows follows from the rows alone: the same for who was there and for who comes later.

import { describe, expect, it } from 'vitest';
import { sampleCompany, sampleConversation, sampleDevice, sampleRemote, sampleSelection } from '../../store/sample';
import type { Conversation, Room } from '../../store/rows';
import { emptyFields } from '../../store/fields';
import { isPlaying } from '../../store/room';
import { contactsOf, metByMost } from './contacts';
import { choicesOf, companiesToGuess, countOf, makeQuestion, rangesAround, truthOf, votesOf } from './guess';
import { beginnings, chattiest, dotField, fieldEnds, spanOf } from './quiet';

const room = (rest: Partial<Room>): Room => ({ ...(emptyFields('room') as Room), ...rest });
const mila = sampleDevice('Mila');
const onni = sampleDevice('Onni');
/** With a company, or one of which nobody knows it. */
const talk = (device: typeof mila, company: string, rest: Partial<Conversation> = {}): Conversation =>
  sampleConversation(device, sampleRemote(), { company: { ...sampleCompany(company), id: company.length }, ...rest });

describe('the time of a round', () => {
  it('goes on until it is up, and without a timer until somebody says so', () => {
    expect(isPlaying(room({ roundUntil: 100 }), 99)).toBe(true);
    expect(isPlaying(room({ roundUntil: 100 }), 100)).toBe(false);
    expect(isPlaying(room({}), 1e9)).toBe(true);
    expect(spanOf(room({ roundSince: 40, roundUntil: 100 }), 60)).toEqual({ from: 40, until: 60 });
    expect(spanOf(room({ roundSince: 40, roundUntil: 100 }), 160)).toEqual({ from: 40, until: 100 });
    expect(spanOf(room({ roundSince: 40 }), 20)).toEqual({ from: 40, until: 40 });
    expect(fieldEnds(room({ roundSince: 40, roundUntil: 100 }), 50)).toBe(100);
    expect(fieldEnds(room({ roundSince: 0 }), 10)).toBe(60_000);
    expect(fieldEnds(room({ roundSince: 0 }), 90_000)).toBe(90_000);
  });
});

describe('the quiet minute', () => {
  const held = [
    talk(mila, 'Late', { seen: 90 }),
    talk(mila, 'Early', { seen: 50 }),
    talk(onni, 'Early', { seen: 60 }),
    talk(mila, 'Early', { seen: 70 }),
    talk(mila, 'Before', { seen: 39, active: 95 }),
    talk(mila, 'After', { seen: 101 }),
  ];

  it('has what began in it, in its order, and nothing else', () => {
    const begun = beginnings(held, { from: 40, until: 100 });
    expect(begun.map(({ seen }) => seen)).toEqual([50, 60, 70, 90]);
    const things = chattiest(begun, 5);
    expect(things.map(({ device, n, whom }) => [device.alias, n, whom])).toEqual([
      ['Mila', 3, ['Early', 'Late']],
      ['Onni', 1, ['Early']],
    ]);
    expect(chattiest(begun, 1)).toHaveLength(1);
    expect(chattiest([], 5)).toEqual([]);
  });

  it('puts each dot where it began, and counts those of a storm that have no room', () => {
    const { dots, width, height, more } = dotField(
      [talk(mila, 'A', { seen: 0 }), talk(mila, 'B', { seen: 0 }), talk(mila, 'C', { seen: 60_000 })],
      0,
      60_000,
    );
    expect(width).toBe(60);
    expect(dots.map(({ x, y }) => [x, height - y])).toEqual([
      [0.5, 0.5],
      [0.5, 1.5],
      [59.5, 0.5],
    ]);
    expect(more).toBe(0);
    const storm = dotField(
      Array.from({ length: 1000 }, () => talk(mila, 'A', { seen: 5 })),
      0,
      60_000,
    );
    expect(storm.dots.length + storm.more).toBe(1000);
    expect(storm.height).toBe(60);
  });
});

describe('open one app', () => {
  it('has whom the device met, in the order of contact, then whom it knew', () => {
    const held = [
      talk(mila, 'Known', { seen: 1, active: 50 }),
      talk(mila, 'Silent', { seen: 1, active: 30 }),
      talk(mila, 'Second', { seen: 60, active: 60 }),
      talk(mila, 'First', { seen: 45, active: 90 }),
      talk(mila, 'Second', { seen: 80, active: 80 }),
      talk(mila, 'Later', { seen: 120, active: 120 }),
      talk(onni, 'Other', { seen: 50, active: 50 }),
    ];
    expect(contactsOf(held, mila, { from: 40, until: 100 })).toEqual([
      { key: 'First', after: 5 },
      { key: 'Second', after: 20 },
      { key: 'Known', after: null },
    ]);
    expect(contactsOf([], mila, { from: 40, until: 100 })).toEqual([]);
  });

  it('tells the wall how many devices met whom, each once', () => {
    const held = [
      talk(mila, 'Both', { seen: 50 }),
      talk(mila, 'Both', { seen: 55 }),
      talk(onni, 'Both', { seen: 60 }),
      talk(onni, 'Alone', { seen: 60 }),
      talk(onni, 'Before', { seen: 10 }),
    ];
    const span = { from: 40, until: 100 };
    expect(metByMost(held, span, 5)).toEqual([
      { key: 'Both', devices: 2 },
      { key: 'Alone', devices: 1 },
    ]);
    expect(metByMost(held, span, 1)).toHaveLength(1);
  });
});

describe('guess first', () => {
  it('makes four ranges, the truth in that which was wanted', () => {
    for (let truth = 1; truth < 30_000; truth += truth < 300 ? 1 : 777)
      for (let place = 0; place < 4; place += 1) {
        const from = rangesAround(truth, place);
        expect(from).toHaveLength(4);
        expect([...from].sort((a, b) => a - b)).toEqual(from);
        expect(new Set(from).size).toBe(4);
        expect(from[0]).toBe(0);
        const at = from.filter((least) => least <= truth).length - 1;
        if (truth >= 5 && truth < 5000) expect(at).toBe(place);
      }
  });

  const held = [
    talk(mila, 'Lots', { upBytes: 900, seen: 5 }),
    talk(mila, 'Some!', { upBytes: 500, seen: 6 }),
    talk(onni, 'Nearly', { upBytes: 480, seen: 7 }),
    talk(onni, 'Few', { upBytes: 100, seen: 8 }),
    talk(onni, 'Fewest', { upBytes: 10, seen: 50 }),
    talk(onni, 'Nothing..', { upBytes: 0, seen: 50 }),
  ];
  const data = sampleSelection(held);

  it('asks for companies that differ, by name, and for none where there are not two', () => {
    expect(companiesToGuess(data).map(({ name }) => name)).toEqual(['Few', 'Fewest', 'Lots', 'Some!']);
    expect(makeQuestion(data, 'most', 60, 0)).toBe('most:3,6,4,5');
    expect(makeQuestion(sampleSelection(held.slice(0, 1)), 'most', 60, 0)).toBe(null);
    expect(makeQuestion(sampleSelection([]), 'countries', 60, 0)).toBe(null);
  });

  it('counts what was met when it was asked', () => {
    expect(countOf(data, 'companies', 40)).toBe(4);
    expect(countOf(data, 'companies', 60)).toBe(6);
    const asked = room({ question: 'companies', choices: ['0', '3', '5', '8'], roundSince: 40, votesSecond: 2 });
    expect(truthOf(asked, data)).toEqual({ right: [1], count: 4, sent: [] });
    expect(choicesOf(asked)[1]).toEqual({ text: '3', from: 3, below: 5, votes: 2 });
    expect(choicesOf(asked)[3]?.below).toBe(null);
    expect(votesOf(asked)).toBe(2);
    expect(truthOf(room({ question: 'companies', choices: ['0', '3'], roundSince: 40 }), data).right).toEqual([1]);
  });

  it('knows what was sent to each, and finds no winner where nothing was', () => {
    const asked = room({ question: 'most', choices: ['Few', 'Lots', 'Gone'], roundSince: 40 });
    expect(truthOf(asked, data)).toEqual({ right: [1], count: 0, sent: [100, 900, 0] });
    expect(truthOf(room({ question: 'most', choices: ['Gone'] }), data).right).toEqual([]);
  });
});
