// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { encodeFrame } from './encode';
import { compareEpochs, decodeHeader } from './header';
import { VERSION } from './limits';

const good = encodeFrame({ kind: 'delta', sequence: 9, payload: [], time: 1234, site: 'home-2' });

function changed(at: number, value: number): Uint8Array {
  const copy = good.slice();
  copy[at] = value;
  return copy;
}

describe('decodeHeader', () => {
  it('reads each field', () => {
    expect(decodeHeader(good)).toEqual({
      kind: 'delta',
      deflated: false,
      epoch: { start: 1_700_000_000_000, random: 7 },
      payloadLength: 1,
      inflatedLength: 1,
      sequence: 9,
      time: 1234,
      site: 'home-2',
      topic: 'overview',
      payload: 48 + 6 + 8,
    });
  });

  it('reads a frame that lies within a larger buffer', () => {
    const room = new Uint8Array(good.length + 11);
    room.set(good, 5);
    expect(decodeHeader(room.subarray(5, 5 + good.length))).toMatchObject({ sequence: 9 });
  });

  it('tells a frame that was cut off, at every length', () => {
    for (let length = 3; length < good.length; length += 1) expect(decodeHeader(good.subarray(0, length))).toBe('cut');
    for (let length = 0; length < 3; length += 1) expect(decodeHeader(good.subarray(0, length))).toBe('bad');
  });

  it('tells a higher version whatever follows', () => {
    expect(decodeHeader(Uint8Array.of(0x43, 0x56, VERSION + 1))).toBe('newer');
    expect(decodeHeader(changed(2, 200))).toBe('newer');
  });

  it.each([
    ['another magic', 0, 0x44],
    ['version 0', 2, 0],
    ['an unknown kind', 3, 3],
    ['an unknown flag', 4, 2],
    ['no site', 5, 0],
    ['a site that is too long', 5, 33],
    ['no topic', 6, 0],
    ['a site with a capital', 48, 0x41],
    ['a site that begins with a dash', 48, 0x2d],
    ['a payload of more than 64 MiB', 24, 0xff],
    ['lengths that differ without deflate', 27, 5],
    ['a sequence beyond what a number can hold', 32, 0xff],
  ])('refuses %s', (_what, at, value) => {
    expect(decodeHeader(changed(at, value))).toBe('bad');
  });

  it('refuses bytes after the payload', () => {
    expect(decodeHeader(Uint8Array.of(...good, 0))).toBe('bad');
  });

  it('survives random bytes', () => {
    for (let round = 0; round < 20_000; round += 1) {
      const bytes = Uint8Array.from({ length: (round * 7) % 120 }, () => Math.floor(Math.random() * 256));
      if (round % 2 === 0) bytes.set(good.subarray(0, Math.min(bytes.length, 3 + (round % 45))));
      const header = decodeHeader(bytes);
      if (typeof header !== 'string') expect(header.payload + header.payloadLength).toBe(bytes.length);
    }
  });
});

describe('compareEpochs', () => {
  it('goes by the start and then by the random part', () => {
    expect(compareEpochs({ start: 2, random: 0 }, { start: 1, random: 9 })).toBeGreaterThan(0);
    expect(compareEpochs({ start: 1, random: 3 }, { start: 1, random: 9 })).toBeLessThan(0);
    expect(compareEpochs({ start: 1, random: 3 }, { start: 1, random: 3 })).toBe(0);
  });
});
