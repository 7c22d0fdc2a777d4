// SPDX-License-Identifier: MIT
// Bytes to values: msgpack as the feed uses it (no maps, no extensions), bounded before anything is allocated.

import { ARRAYS, NESTING, STRING_BYTES, VALUES } from './limits';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** One value of a row. */
export type Cell = null | boolean | number | string | Uint8Array | readonly Cell[];

/**
 * Walks the bytes once: every array must really hold as many values as it claims, and there may be only so many
 * values and arrays in all, since each costs many times its byte. Throws when something does not hold.
 */
function check(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const left: number[] = [1];
  let at = 0;
  let values = 0;
  let arrays = 0;

  const open = (count: number): void => {
    if (count > bytes.length - at) throw new Error('an array claims more than there is');
    values += count;
    arrays += 1;
    if (values > VALUES || arrays > ARRAYS) throw new Error('more values than a page can hold');
    if (count === 0) return;
    if (left.length > NESTING) throw new Error('nested too deep');
    left.push(count);
  };
  const text = (length: number): void => {
    if (length > STRING_BYTES) throw new Error('a string is too long');
    at += length;
  };

  while (left.length > 0) {
    const last = left.length - 1;
    const count = left[last] ?? 0;
    if (count === 0) {
      left.pop();
      continue;
    }
    left[last] = count - 1;
    const byte = view.getUint8(at);
    at += 1;
    if (byte < 0x80 || byte >= 0xe0 || byte === 0xc0 || byte === 0xc2 || byte === 0xc3) continue;
    if (byte >= 0x90 && byte < 0xa0) open(byte & 0x0f);
    else if (byte >= 0xa0 && byte < 0xc0) text(byte & 0x1f);
    else if (byte === 0xcc || byte === 0xd0) at += 1;
    else if (byte === 0xcd || byte === 0xd1) at += 2;
    else if (byte === 0xce || byte === 0xd2 || byte === 0xca) at += 4;
    else if (byte === 0xcf || byte === 0xd3 || byte === 0xcb) at += 8;
    else if (byte === 0xc4 || byte === 0xd9) text(view.getUint8((at += 1) - 1));
    else if (byte === 0xc5 || byte === 0xda) text(view.getUint16((at += 2) - 2));
    else if (byte === 0xdc) open(view.getUint16((at += 2) - 2));
    else if (byte === 0xdd) open(view.getUint32((at += 4) - 4));
    else throw new Error('a kind of value that the feed does not use');
    if (at > bytes.length) throw new Error('the payload ends too early');
  }
  if (at !== bytes.length) throw new Error('the payload goes on after its end');
}

/** Reads what was checked. */
function unpack(bytes: Uint8Array): Cell {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const binary = (length: number): Uint8Array => bytes.subarray(at, (at += length));
  const text = (length: number): string => utf8.decode(binary(length));
  const list = (count: number): Cell[] => {
    const values: Cell[] = [];
    for (let i = 0; i < count; i += 1) values.push(value());
    return values;
  };
  const long = (byte: number): Cell => {
    if (byte === 0xc0) return null;
    if (byte === 0xc2 || byte === 0xc3) return byte === 0xc3;
    if (byte === 0xca) return view.getFloat32((at += 4) - 4);
    if (byte === 0xcb) return view.getFloat64((at += 8) - 8);
    if (byte === 0xcf) return Number(view.getBigUint64((at += 8) - 8));
    if (byte === 0xd0) return view.getInt8((at += 1) - 1);
    if (byte === 0xd1) return view.getInt16((at += 2) - 2);
    if (byte === 0xd2) return view.getInt32((at += 4) - 4);
    if (byte === 0xd3) return Number(view.getBigInt64((at += 8) - 8));
    // all others begin with a number of 8, 16 or 32 bits
    const one = byte === 0xcc || byte === 0xc4 || byte === 0xd9;
    const four = byte === 0xce || byte === 0xdd;
    const n = one ? view.getUint8((at += 1) - 1) : four ? view.getUint32((at += 4) - 4) : view.getUint16((at += 2) - 2);
    if (byte === 0xc4 || byte === 0xc5) return binary(n);
    if (byte === 0xd9 || byte === 0xda) return text(n);
    return byte === 0xdc || byte === 0xdd ? list(n) : n;
  };
  const value = (): Cell => {
    const byte = view.getUint8((at += 1) - 1);
    if (byte < 0x80) return byte;
    if (byte < 0xa0) return list(byte & 15);
    if (byte < 0xc0) return text(byte & 31);
    return byte >= 0xe0 ? byte - 256 : long(byte);
  };
  return value();
}

/** Decodes one payload. Throws an Error with the reason when it is not what the feed may carry. */
export function decodePayload(bytes: Uint8Array): Cell {
  check(bytes);
  return unpack(bytes);
}
