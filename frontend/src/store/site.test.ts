// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { emptyFields } from './fields';
import type { FieldsOf } from './rows';
import { siteOf } from './site';

const site = (rest: Partial<FieldsOf<'site'>>): FieldsOf<'site'> => ({ ...emptyFields('site'), ...rest });

describe('siteOf', () => {
  it('is the one that there is, or nothing', () => {
    const only = site({ name: 'home' });
    expect(siteOf([])).toBe(null);
    expect(siteOf([only])).toBe(only);
  });

  it('adds amounts, and takes the worst and the latest of what cannot be added', () => {
    const home = site({
      name: 'home',
      mode: 'machine',
      connections: 5,
      accounting: true,
      session: 10,
      keyframeLimit: 7,
      idle: 300_000,
    });
    const lab = site({
      name: 'lab',
      mode: 'router',
      connections: 2,
      accounting: false,
      session: 70,
      rivals: true,
      idle: 300_000,
    });
    expect(siteOf([home, lab])).toMatchObject({
      name: 'home, lab',
      mode: 'router',
      connections: 7,
      accounting: false,
      rivals: true,
      session: 70,
      keyframeLimit: 7,
      gapFrom: null,
      idle: 300_000,
    });
    const gap = site({ gapFrom: 3, gapUntil: 4, longestTurnOf: 'files' });
    expect(siteOf([home, gap])).toMatchObject({ gapFrom: 3, gapUntil: 4, longestTurnOf: 'files' });
  });
});
