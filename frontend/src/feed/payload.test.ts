// SPDX-License-Identifier: MIT
import { deflateSync } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import { inflate } from './inflate';
import { decodePayload } from './payload';

describe('decodePayload', () => {
  it('reads every kind of value that the feed uses', () => {
    const value = [
      null,
      true,
      false,
      0,
      127,
      128,
      65536,
      2 ** 40,
      -1,
      -33,
      -70000,
      -(2 ** 40),
      1.5,
      '',
      'ä'.repeat(200),
      Uint8Array.of(1, 2),
      [],
      [[1]],
    ];
    expect(decodePayload(encode(value))).toEqual(value);
    expect(decodePayload(Uint8Array.of(0x91, 0xca, 0x3f, 0x40, 0, 0))).toEqual([0.75]);
    const bytes = [0, 255, 256, 1000].map((n) => new Uint8Array(n).fill(n));
    expect(decodePayload(encode(bytes))).toEqual(bytes);
    const texts = ['\ufeffmark', 'x'.repeat(31), 'x'.repeat(32), 'x'.repeat(255), '🐧'.repeat(256)];
    expect(decodePayload(encode(texts))).toEqual(texts);
    const numbers = [255, 256, 65_535, 2 ** 31, 2 ** 32 - 1, -32, -128, -129, -32_768, -(2 ** 31), 2 ** 53 - 1];
    expect(decodePayload(encode(numbers))).toEqual(numbers);
    const long = Array.from({ length: 70_000 }, (_, i) => i);
    expect(decodePayload(encode(long))).toEqual(long);
  });

  it.each([
    ['a map', encode({ a: 1 })],
    ['an extension', Uint8Array.of(0xd4, 1, 0)],
    ['a byte that msgpack does not use', Uint8Array.of(0xc1)],
    ['an array that claims 2 ** 32 - 1 values', Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff)],
    ['arrays that each claim all that is left', Uint8Array.of(...Array<number>(40).fill(0xdc), 0, 9)],
    ['a string of more than 1 KiB', encode('x'.repeat(1025))],
    ['nine arrays within each other and more', encode([[[[[[[[[[1]]]]]]]]]])],
    ['a second value', Uint8Array.of(0x90, 0x90)],
    ['nothing', new Uint8Array(0)],
    ['a number that is cut off', Uint8Array.of(0xce, 0, 0)],
    ['a string that is cut off', Uint8Array.of(0xa5, 0x41)],
  ])('refuses %s', (_what, bytes) => {
    expect(() => decodePayload(bytes)).toThrow();
  });

  it('refuses what would be small on the line and large in the page', () => {
    const arrays = new Uint8Array(5 + 3_000_000).fill(0x90);
    arrays.set([0xdd, 0, 0x2d, 0xc6, 0xc0]);
    expect(() => decodePayload(arrays)).toThrow('more values');
    const numbers = new Uint8Array(5 + 20_000_000);
    numbers.set([0xdd, 0x01, 0x31, 0x2d, 0x00]);
    expect(() => decodePayload(numbers)).toThrow('more values');
  });

  it('either reads or refuses random bytes', () => {
    for (let round = 0; round < 20_000; round += 1) {
      const bytes = Uint8Array.from({ length: round % 60 }, () => Math.floor(Math.random() * 256));
      try {
        decodePayload(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }
  });
});

describe('inflate', () => {
  const plain = encode(Array.from({ length: 30_000 }, (_, i) => i % 300));
  const packed = new Uint8Array(deflateSync(plain));

  it('gives back what was deflated', async () => {
    expect(await inflate(packed, plain.length)).toEqual(plain);
  });

  it('stops where the header said that it ends', async () => {
    await expect(inflate(packed, plain.length - 1)).rejects.toThrow('more');
    await expect(inflate(new Uint8Array(deflateSync(new Uint8Array(30_000_000))), 10)).rejects.toThrow('more');
  });

  it('refuses less than the header said', async () => {
    await expect(inflate(packed, plain.length + 1)).rejects.toThrow('less');
  });

  it('refuses what is cut off or no stream at all', async () => {
    await expect(inflate(packed.subarray(0, packed.length >> 1), plain.length)).rejects.toThrow();
    await expect(inflate(Uint8Array.of(1, 2, 3, 4), 4)).rejects.toThrow();
    await expect(inflate(new Uint8Array(0), 4)).rejects.toThrow();
  });
});
