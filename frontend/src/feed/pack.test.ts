// SPDX-License-Identifier: MIT
import { decode } from '@msgpack/msgpack';
import { expect, it } from 'vitest';
import { dice } from './dice';
import { pack } from './pack';
import { decodePayload, type Cell } from './payload';

const SIZES = [0, 1, 15, 16, 31, 32, 255, 256, 65_535, 65_536];
const NUMBERS = [0, 1, 127, 128, 255, 256, 65_535, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER];

it.each<[string, readonly Cell[]]>([
  ['numbers', [...NUMBERS, ...NUMBERS.map((n) => -n), -32, -33, 0.5, -60.25, 1e300]],
  ['words', [null, true, false]],
  ['texts', ['äiti & 🐧', ...SIZES.map((n) => 'x'.repeat(n))]],
  ['bytes', SIZES.map((n) => new Uint8Array(n).fill(7))],
  ['arrays', SIZES.map((n) => Array.from({ length: n }, (_, i) => i))],
])('writes %s that a library reads as they were', (_, values) => {
  for (const value of values) expect(decode(pack(value))).toEqual(value === 0 ? 0 : value);
});

it('writes what the page reads', () => {
  const roll = dice(3);
  const random = (depth: number): Cell => {
    const kind = Math.floor(roll() * (depth > 0 ? 6 : 5));
    if (kind === 0) return Math.floor((roll() - 0.5) * 2 ** (60 * roll()));
    if (kind === 1) return roll() * 360 - 180;
    if (kind === 2) return roll() < 0.5;
    if (kind === 3) return 'é'.repeat(Math.floor(roll() * 40));
    if (kind === 4) return null;
    return Array.from({ length: Math.floor(roll() * 20) }, () => random(depth - 1));
  };
  for (let i = 0; i < 300; i += 1) {
    const value = [random(3)];
    expect(decodePayload(pack(value))).toEqual(value.map((one) => (Object.is(one, -0) ? 0 : one)));
  }
});
