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
