// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import {
  sampleConversation,
  sampleDevice,
  sampleLookup,
  sampleName,
  samplePlace,
  sampleRemote,
} from '../../store/sample';
import { deviceBars, domainBars, dots, ribbons } from './miniature';

const [ann, bob, eve] = [
  sampleDevice('Ann', { downRate: 100 }),
  sampleDevice('Bob', { upRate: 400 }),
  sampleDevice('Eve', { self: true, upRate: 9999 }),
];
const [a, b] = [sampleName('www.a.example', { domain: 'a.example' }), sampleName('b.example')];
const place = samplePlace({ longitude: 0, latitude: 11 });
const remote = sampleRemote({ asked: a, place });

it('draws the largest flows, those that have just ended as well', () => {
  const talks = [
    sampleConversation(ann, remote, { downBytes: 400, downRate: 300, upRate: 100, active: 100 }),
    sampleConversation(bob, remote, { downBytes: 100, downRate: 100, active: 100 }),
    sampleConversation(bob, sampleRemote({ asked: b }), { downBytes: 1, upRate: 1 }),
    sampleConversation(ann, sampleRemote({ asked: b }), { downBytes: 64, gone: 5 }),
  ];
  expect(ribbons(talks, 100, 1)).toEqual([{ from: 0.5, to: 0.5, weight: 1, sent: 0.25, heat: 1 }]);
  expect(ribbons(talks, 100, 9).map(({ from, to, weight, sent }) => [from, to, weight, sent])).toEqual([
    [0.25, 0.25, 1, 0.25],
    [0.75, 0.25, 0.5, 0],
    [0.75, 0.75, 0.05, 1],
    [0.25, 0.75, 0, 0],
  ]);
  expect(ribbons([], 100, 9)).toEqual([]);
});

it('puts one dot where several talk to, as hot as the latest of them', () => {
  const talks = [
    sampleConversation(ann, remote, { active: 0 }),
    sampleConversation(bob, remote, { active: 50_000 }),
    sampleConversation(bob, sampleRemote()),
  ];
  expect(dots(talks, 50_000)).toEqual([{ x: 36, y: 14, heat: 1 }]);
});

it('counts who asked, and not how often', () => {
  const lookups = [sampleLookup(ann, a, { count: 99 }), sampleLookup(ann, b), sampleLookup(bob, b)];
  expect(domainBars(lookups, 5)).toEqual([
    { label: 'b.example', share: 1 },
    { label: 'a.example', share: 0.5 },
  ]);
  expect(domainBars(lookups, 1)).toHaveLength(1);
});

it('shows who moves most now, without the router', () => {
  expect(deviceBars([ann, bob, eve], 5)).toEqual([
    { label: 'Bob', share: 1 },
    { label: 'Ann', share: 0.5 },
  ]);
});
