// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { addressText, macText, plainAddress } from './bytes';

const six = (text: string): Uint8Array =>
  Uint8Array.from(
    text.split(':').flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );

describe('addressText', () => {
  it.each([
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['0000:0000:0000:0000:0000:0000:0000:0000', '::'],
    ['0000:0000:0000:0000:0000:0000:0000:0001', '::1'],
    ['fe80:0000:0000:0000:0000:0000:0000:0000', 'fe80::'],
    // RFC 5952, 4.2.2 and 4.2.3: no single zero group is left out, and of the runs the first longest.
    ['2001:0db8:0000:0001:0001:0001:0001:0001', '2001:db8:0:1:1:1:1:1'],
    ['2001:0000:0000:0001:0000:0000:0000:0001', '2001:0:0:1::1'],
    ['2001:0db8:0000:0000:0001:0000:0000:0001', '2001:db8::1:0:0:1'],
  ])('writes %s as %s', (bytes, text) => {
    expect(addressText(six(bytes))).toBe(text);
  });

  it('writes IPv4, and nothing for what is no address', () => {
    expect(addressText(Uint8Array.of(192, 0, 2, 255))).toBe('192.0.2.255');
    expect(addressText(Uint8Array.of(1, 2, 3))).toBe('');
  });
});

it('writes a MAC with leading zeros', () => {
  expect(macText(Uint8Array.of(0, 1, 0x0a, 0xff, 0x10, 9))).toBe('00:01:0a:ff:10:09');
});

it('brings addresses into one form', () => {
  expect(plainAddress('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(plainAddress('FE80::1%eth0')).toBe('fe80::1');
});
