// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { translator } from '../i18n';
import { planImage } from '../parts/picture/captioned-image';
import { offerPicture, takePicture, type Snapshot } from '../parts/picture/snapshot';
import { fileName } from '../parts/save-file';
import { attributionOf } from './save-picture';

it('has room above and below the picture for its words', () => {
  expect(planImage({ canvas: { width: 2000, height: 1000 }, ratio: 2 })).toEqual({
    width: 2000,
    height: 1156,
    top: 88,
  });
});

it('names files by what they are and when', () => {
  expect(fileName('flows', new Date(2025, 5, 1, 14, 5, 9), 'png')).toBe('connvis-flows-2025-06-01-14-05-09.png');
});

it('gives the picture of the view that offered last, until it ends', () => {
  const [one, two] = [{ ratio: 1 }, { ratio: 2 }] as Snapshot[];
  const endOne = offerPicture(() => one ?? null);
  const endTwo = offerPicture(() => two ?? null);
  expect(takePicture()).toBe(two);
  endOne();
  expect(takePicture()).toBe(two);
  endTwo();
  expect(takePicture()).toBeNull();
});

it('names whose data is in it, each once', () => {
  const sources = [
    { state: 'ok', attribution: 'A' },
    { state: 'missing', attribution: 'B' },
    { state: 'ok', attribution: null },
    { state: 'ok', attribution: 'A' },
  ];
  expect(attributionOf('flows', sources, translator('en'))).toBe('A');
  expect(attributionOf('map', sources, translator('en'))).toBe('Map: Natural Earth · A');
});
