// SPDX-License-Identifier: MIT

import { expect, it } from 'vitest';
import { sampleConversation, sampleDevice, sampleLookup, sampleName, sampleRemote } from './sample';
import { tracesOf } from './traces';

it('finds who asked last, and who talked last', () => {
  const [aino, onni] = [sampleDevice('Aino'), sampleDevice('Onni')];
  const [a, b] = [
    sampleName('www.x.example', { domain: 'x.example' }),
    sampleName('ads.x.example', { domain: 'x.example' }),
  ];
  const lookups = [sampleLookup(aino, a, { asked: 5 }), sampleLookup(onni, b, { asked: 9 })];
  const held = [8, 3].map((active) => sampleConversation(aino, sampleRemote({ asked: a }), { active }));
  expect(tracesOf({ lookups, held })).toEqual({ asked: lookups[1], domains: 1, talked: held[0] });
  const silent = sampleConversation(aino, sampleRemote({ asked: a }), {
    ...{ active: 20, open: 0, total: 1, upPackets: 3, downPackets: 0 },
  });
  expect(tracesOf({ lookups, held: [...held, silent] }).talked).toBe(held[0]);
  expect(tracesOf({ lookups: [], held: [silent] }).talked).toBe(null);
  // one is being made, and one answered before; and where nothing is counted nobody can tell
  const again = { ...silent, downPackets: 2, total: 2, connecting: 1 };
  expect(tracesOf({ lookups, held: [again] }).talked).toBe(again);
  const uncounted = { ...silent, upPackets: 0 };
  expect(tracesOf({ lookups, held: [uncounted] }).talked).toBe(uncounted);
  expect(tracesOf({ lookups, held: [{ ...uncounted, connecting: 1 }] }).talked).toBe(null);
  expect(tracesOf({ lookups: [], held: [] })).toEqual({ asked: null, domains: 0, talked: null });
});
