// SPDX-License-Identifier: MIT
// Writes the feed's values as msgpack. Only what goes into a recording is written by the page: a whole library for that
// would be more than all of this.

import type { Cell } from './payload';

const utf8 = new TextEncoder();
const double = new DataView(new ArrayBuffer(8));

/** Bytes that become more: a keyframe may have many millions. */
class Bytes {
  #all = new Uint8Array(1024);
  #length = 0;

  push(...bytes: readonly number[]): void {
    this.add(bytes);
  }

  add(bytes: ArrayLike<number>): void {
    const length = this.#length + bytes.length;
    if (length > this.#all.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(this.#all);
      this.#all = larger;
    }
    this.#all.set(bytes, this.#length);
    this.#length = length;
  }

  written(): Uint8Array {
    return this.#all.slice(0, this.#length);
  }
}

/** A number of 32 bits in as few as it needs. marks: of 8, 16 and 32 bits; 0: there is none of 8. */
function sized(out: Bytes, n: number, [one, two, four]: readonly [number, number, number]): void {
  if (n < 256 && one !== 0) out.push(one, n);
  else if (n < 65_536) out.push(two, n >> 8, n & 255);
  else out.push(four, n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255);
}

function number(out: Bytes, value: number): void {
  if (Number.isInteger(value) && value >= -32 && value < 128) out.push(value & 255);
  else if (Number.isInteger(value) && value > 0 && value < 2 ** 32) sized(out, value, [0xcc, 0xcd, 0xce]);
  else {
    // as exact as any number here
    double.setFloat64(0, value);
    out.push(0xcb);
    out.add(new Uint8Array(double.buffer));
  }
}

function write(out: Bytes, value: Cell): void {
  if (typeof value === 'number') number(out, value);
  else if (typeof value === 'string') {
    const bytes = utf8.encode(value);
    if (bytes.length < 32) out.push(0xa0 | bytes.length);
    else sized(out, bytes.length, [0xd9, 0xda, 0xdb]);
    out.add(bytes);
  } else if (value instanceof Uint8Array) {
    sized(out, value.length, [0xc4, 0xc5, 0xc6]);
    out.add(value);
  } else if (Array.isArray(value)) {
    if (value.length < 16) out.push(0x90 | value.length);
    else sized(out, value.length, [0, 0xdc, 0xdd]);
    for (const item of value as readonly Cell[]) write(out, item);
  } else if (value === null) out.push(0xc0);
  else out.push(value === true ? 0xc3 : 0xc2);
}

export function pack(value: Cell): Uint8Array {
  const out = new Bytes();
  write(out, value);
  return out.written();
}
