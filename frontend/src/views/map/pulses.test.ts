// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { Pulses, pulsesInward } from './pulses';

const spot = (key: number, active: number) => ({ key, active });

describe('pulses', () => {
  it('start where something moved, not where something merely is', () => {
    const pulses = new Pulses();
    expect(pulses.follow([spot(1, 100), spot(2, 100)], 0, false)).toEqual([]);
    expect(pulses.follow([spot(1, 100), spot(2, 200)], 300, false).map((pulse) => pulse.key)).toEqual([2]);
    expect(pulses.follow([spot(1, 100), spot(2, 200)], 600, false)).toEqual([]);
  });

  it('leave a spot some peace', () => {
    const pulses = new Pulses();
    pulses.follow([spot(1, 0)], 0, false);
    const started = Array.from({ length: 40 }, (_, i) => pulses.follow([spot(1, i + 1)], (i + 1) * 250, false).length);
    const sum = started.reduce((a, b) => a + b, 0);
    expect(sum).toBeGreaterThanOrEqual(4);
    expect(sum).toBeLessThanOrEqual(6);
  });

  it('are bounded, however many spots move', () => {
    const pulses = new Pulses();
    const all = (active: number) => Array.from({ length: 500 }, (_, key) => spot(key, active));
    pulses.follow(all(0), 0, false);
    expect(pulses.follow(all(1), 250, false).length).toBeLessThanOrEqual(18);
    expect(pulses.follow(all(2), 500, false)).toEqual([]);
    expect(pulses.follow(all(3), 5000, false).length).toBeGreaterThan(0);
  });

  it('go the way of the bytes, and where one direction is wanted only for that one', () => {
    const [sends, receives, uncounted] = [
      { upRate: 900, downRate: 90 },
      { upRate: 0, downRate: 90 },
      { upRate: 0, downRate: 0 },
    ];
    const of = (way: 'both' | 'sent' | 'received') => [sends, receives, uncounted].map((one) => pulsesInward(one, way));
    expect(of('both')).toEqual([false, true, false]);
    expect(of('sent')).toEqual([false, null, null]);
    expect(of('received')).toEqual([true, true, null]);
  });

  it('are not started while the picture is still', () => {
    const pulses = new Pulses();
    pulses.follow([spot(1, 0), spot(2, 0)], 0, false);
    expect(pulses.follow([spot(2, 9)], 600, true)).toEqual([]);
    expect(pulses.follow([spot(2, 9)], 900, false)).toEqual([]);
  });
});
