// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { WHOLE } from './camera';
import { readLook, readSettings, writeLook, writeSettings, type MapSettings } from './map-settings';

it('keeps its settings in the URL', () => {
  const settings: MapSettings = { labels: 'turns', way: 'sent', table: true, home: 'FI' };
  expect(readSettings(writeSettings(settings) as Record<string, string>)).toEqual(settings);
  expect(readSettings({ home: 'nonsense' })).toEqual(readSettings({}));
});

describe('where one looks', () => {
  it.each([
    { zoom: 2.5, x: -130.2, y: 88 },
    { zoom: 16, x: 0, y: 0 },
    { zoom: 0.912, x: -3.5, y: 12.1 },
  ])('comes back as it was: %j', (camera) => {
    const look = writeLook(camera);
    expect(readLook(look)).toEqual(camera);
  });

  it('is written so that it is the same when it is written again', () => {
    const look = writeLook({ ...WHOLE, zoom: 10 / 3 });
    expect(writeLook(readLook(look) ?? WHOLE)).toBe(look);
  });

  it.each([null, '', '1', '1_2', '1_2_3_4', '1_x_3', '1__3', 'NaN_1_1', '1e9_0_0', 'Infinity_0_0'])(
    'is nowhere where it makes no sense: %s',
    (text) => expect(readLook(text)).toBeNull(),
  );
});
