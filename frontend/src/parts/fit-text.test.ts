// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { fitParts, fitText } from './fit-text';

/** Ten pixels a letter. */
const canvas = { font: '', measureText: (text: string) => ({ width: [...text].length * 10 }) as TextMetrics };

it('leaves what fits and cuts what does not', () => {
  expect(fitText(canvas, 'a', 'example', 70)).toEqual({ text: 'example', width: 70 });
  expect(fitText(canvas, 'a', 'example.org', 70)).toEqual({ text: 'exampl…', width: 70 });
  expect(fitText(canvas, 'a', 'example', 5)).toEqual({ text: '', width: 0 });
  expect(fitText(canvas, 'a', 'x'.repeat(253), 100).width).toBeLessThanOrEqual(100);
});

it('does not cut through a letter of two halves', () => {
  expect(fitText(canvas, 'a', '🐧🐧🐧🐧', 30).text).toBe('🐧🐧…');
});

it.each([
  ['a family', '👩‍👩‍👧‍👦👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦…'],
  ['a flag', '🇫🇮🇸🇪🇳🇴🇩🇰', '🇫🇮…'],
  ['a tone of skin', '👋🏽👋🏽👋🏽👋🏽', '👋🏽…'],
  [
    'a flag of tags',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'.repeat(3),
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}…',
  ],
  ['an accent', 'a\u0308a\u0308a\u0308a\u0308', 'a\u0308…'],
  ['a number in a box', '1\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e3', '1\ufe0f\u20e3…'],
])('does not cut through %s', (_what, text, cut) => {
  // as wide as what one sees: more than one letter and the dots do not fit
  const room = 10 * [...cut].length;
  expect(fitText(canvas, 'a', text, room).text).toBe(cut);
  // where half of the second letter would fit, too
  expect(fitText(canvas, 'b', text, room + 10).text).toBe(cut);
});

it('has the dots where a text in Hebrew or Arabic ends', () => {
  expect(fitText(canvas, 'a', 'שלום עולם', 60).text).toBe('שלום…\u200f');
  expect(fitText(canvas, 'a', '123 مرحبا بالعالم', 90).text).toMatch(/…\u200f$/);
  expect(fitText(canvas, 'a', 'abc שלום עולם', 60).text).toMatch(/…$/);
});

it('takes out what would turn or break the text around it', () => {
  expect(fitText(canvas, 'a', 'a\u202eb\u2066c\u0000d\ne\u200f\u061c', 500).text).toBe('abcde');
});

it('writes as many parts as fit, each whole', () => {
  const parts = ['2 devices', '5 kB/s'];
  expect(fitParts(canvas, 'a', parts, 200).text).toBe('2 devices · 5 kB/s');
  expect(fitParts(canvas, 'a', parts, 120).text).toBe('2 devices');
  expect(fitParts(canvas, 'a', parts, 50).text).toBe('');
  expect(fitParts(canvas, 'a', [], 50).text).toBe('');
});
