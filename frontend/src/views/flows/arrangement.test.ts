// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { sampleDevice } from '../../store/sample';
import { Arrangement, arrange, REST, type Standing } from './arrangement';
import type { FlowSettings, Width } from './flow-settings';
import { startAmounts, type Flow } from './flows';

const OTHER = 'g~other';

describe('an arrangement', () => {
  const order = { left: ['a', 'b'], right: ['1', '2'] };
  const begun = (): Arrangement => {
    const one = new Arrangement();
    expect(one.next('company', 1000, false)).toEqual({ order: null, mayMove: true });
    one.drawn(order);
    return one;
  };

  it('rests between two looks, whatever came of them', () => {
    const one = begun();
    for (const now of [1000, 1100, 1000 + REST - 1])
      expect(one.next('company', now, true)).toEqual({ order, mayMove: false });
    expect(one.next('company', 1000 + REST, true)).toEqual({ order, mayMove: true });
    expect(one.next('company', 1000 + REST + 100, true)).toEqual({ order, mayMove: false });
  });

  it('waits for as long as somebody has hold of it', () => {
    const one = begun();
    expect(one.next('company', 1000 + 5 * REST, false)).toEqual({ order, mayMove: false });
    expect(one.next('company', 1001 + 5 * REST, true)).toEqual({ order, mayMove: true });
  });

  it('begins anew in another picture, and where nothing was drawn', () => {
    const one = begun();
    expect(one.next('country', 1100, false)).toEqual({ order: null, mayMove: true });
    one.drawn({ left: [], right: [] });
    expect(one.next('country', 1200, false)).toEqual({ order: null, mayMove: true });
    const other = { left: ['a'], right: ['1'] };
    one.drawn(other);
    expect(one.next('country', 1300, true)).toEqual({ order: other, mayMove: false });
  });
});

describe('the order', () => {
  const flow = (device: number, key: string, now: number, total: number): Flow => {
    return { ...startAmounts(), device: sampleDevice('a', { id: device }), key, downNow: now, downTotal: total };
  };
  const settings = (width: Width): FlowSettings => ({ by: 'company', width, way: 'both', show: 'fit', table: false });
  const all = { left: ['d1', 'd2'], right: ['gx', 'gy'] };
  const standing = (mayMove: boolean): Standing => ({ order: all, mayMove });
  /** In the moment the two that cross are the thick ones; in all they were the thin ones. */
  const burst = [flow(1, 'x', 1, 1e6), flow(1, 'y', 1e6, 1), flow(2, 'x', 1e6, 1), flow(2, 'y', 1, 1e6)];

  it('changes when it may, and not before', () => {
    const cross = [flow(1, 'y', 9, 9), flow(2, 'x', 9, 9)];
    expect(arrange(all, cross, settings('now'), standing(false), OTHER)).toEqual(all);
    const moved = arrange(all, cross, settings('now'), standing(true), OTHER);
    expect([moved.left[0] === 'd1', moved.right[0] === 'gx'].filter(Boolean)).toHaveLength(1);
    expect(arrange(all, cross, settings('now'), { order: null, mayMove: true }, OTHER)).toEqual(moved);
  });

  it('does not change for what is thick in a moment only', () => {
    expect(arrange(all, burst, settings('now'), standing(true), OTHER)).toEqual(all);
    const steady = burst.map((one) => ({ ...one, downTotal: one.downNow }));
    expect(arrange(all, steady, settings('now'), standing(true), OTHER)).not.toEqual(all);
    expect(arrange(all, steady, settings('total'), standing(true), OTHER)).not.toEqual(all);
  });
});
