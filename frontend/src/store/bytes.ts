// SPDX-License-Identifier: MIT
// Byte strings of the feed as text.

const hex = (value: number): string => value.toString(16);

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups left out. */
function sixText(bytes: Uint8Array): string {
  const groups: number[] = [];
  for (let i = 0; i < 16; i += 2) groups.push(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  let best = -1;
  let length = 1;
  for (let from = 0; from < 8; from += 1) {
    let to = from;
    while (to < 8 && groups[to] === 0) to += 1;
    if (to - from > length) {
      best = from;
      length = to - from;
    }
  }
  if (best < 0) return groups.map(hex).join(':');
  return `${groups.slice(0, best).map(hex).join(':')}::${groups
    .slice(best + length)
    .map(hex)
    .join(':')}`;
}

/** An address of 4 or 16 bytes; an empty text for anything else. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  return bytes.length === 16 ? sixText(bytes) : '';
}

/** A MAC of 6 bytes, with colons. */
export function macText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => hex(byte).padStart(2, '0')).join(':');
}

/** An address of the machine itself: of who came from there, nothing else is known. address: as addressText gives it. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** An address as others write it, in the form that addressText gives. */
export function plainAddress(text: string): string {
  return text
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .toLowerCase();
}
