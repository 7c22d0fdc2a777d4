// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dice } from '../../feed/dice';
import { sampleDevice } from '../../store/sample';
import { clickRate, clicksWithin, MOST } from './clicks';
import { Geiger } from './geiger';
import { PacketMeter } from './packet-meter';

describe('clicks', () => {
  it('are none where nothing moves, more with more packets, and never too many', () => {
    expect(clickRate(0)).toBe(0);
    expect(clicksWithin(10_000, 0, dice(1))).toEqual([]);
    const rates = [1, 10, 100, 1000, 1e6, 1e12].map(clickRate);
    expect([...rates].sort((a, b) => a - b)).toEqual(rates);
    expect(Math.max(...rates)).toBeLessThanOrEqual(MOST);
  });

  it('come as often as they should, in order, within the span, apart from each other', () => {
    for (const packets of [5, 60, 5000]) {
      const moments = clicksWithin(60_000, packets, dice(3));
      expect(moments.length / 60).toBeGreaterThan(0.5 * clickRate(packets));
      expect(moments.length / 60).toBeLessThanOrEqual(1.2 * clickRate(packets));
      moments.forEach((at, i) => {
        expect(at).toBeLessThan(60_000);
        if (i > 0) expect(at - (moments[i - 1] ?? 0)).toBeGreaterThanOrEqual(18);
      });
    }
  });

  it('are not at even distances', () => {
    const moments = clicksWithin(20_000, 200, dice(7));
    const gaps = moments.slice(1).map((at, i) => at - (moments[i] ?? 0));
    expect(Math.max(...gaps) / Math.min(...gaps)).toBeGreaterThan(5);
  });
});

describe('the meter', () => {
  const at = (up: number): ReturnType<typeof sampleDevice>[] => [
    sampleDevice('a', { id: 1, upPackets: up, downPackets: 5 }),
    sampleDevice('b', { id: 2, upPackets: 9 }),
  ];

  it('measures packets a second, and what was there before is not new', () => {
    const meter = new PacketMeter();
    expect(meter.follow(at(1000), null, 0)).toBe(0);
    for (let i = 1; i <= 20; i += 1) meter.follow(at(1000 + 50 * i), null, 1000 * i);
    expect(meter.follow(at(2050), null, 21_000)).toBeGreaterThan(35);
    expect(meter.follow(at(2050), null, 60_000)).toBe(0);
  });

  it('hears one device alone, and begins anew with another', () => {
    const meter = new PacketMeter();
    meter.follow(at(0), 2, 0);
    expect(meter.follow(at(500), 2, 1000)).toBe(0);
    expect(meter.follow(at(900), null, 2000)).toBe(0);
    expect(meter.follow(at(1800), null, 3000)).toBeGreaterThan(100);
  });

  it('does not take what came while nobody looked for a burst', () => {
    const meter = new PacketMeter();
    meter.follow(at(0), null, 0);
    meter.follow(at(10), null, 1000);
    expect(meter.follow(at(3_600_000), null, 3_600_000)).toBe(0);
    expect(meter.follow(at(3_600_500), null, 3_601_000)).toBeLessThan(500);
  });

  it('takes no fright when counters fall or time goes back, as with another recording', () => {
    const meter = new PacketMeter();
    meter.follow(at(1000), null, 5000);
    expect(meter.follow(at(10), null, 6000)).toBe(0);
    expect(meter.follow(at(9000), null, 100)).toBe(0);
  });
});

describe('the counter', () => {
  let clicks: number;

  beforeEach(() => {
    vi.useFakeTimers();
    clicks = 0;
    class Node {
      gain = { value: 0 };
      connect(next: unknown): unknown {
        return next;
      }
      start(): void {
        clicks += 1;
      }
    }
    class Context {
      state = 'running';
      currentTime = 0;
      sampleRate = 1000;
      createGain = (): Node => new Node();
      createBuffer = () => ({ getChannelData: () => new Float32Array(14) });
      resume = (): Promise<void> => Promise.resolve();
      close = (): Promise<void> => Promise.resolve();
    }
    vi.stubGlobal('AudioContext', Context);
    for (const name of ['AudioBufferSourceNode', 'BiquadFilterNode', 'GainNode']) vi.stubGlobal(name, Node);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('falls silent when nothing is heard any more', () => {
    const geiger = new Geiger();
    geiger.hear(500);
    vi.advanceTimersByTime(2000);
    expect(clicks).toBeGreaterThan(5);
    vi.advanceTimersByTime(1000);
    clicks = 0;
    vi.advanceTimersByTime(60_000);
    expect(clicks).toBe(0);
    geiger.hear(500);
    vi.advanceTimersByTime(2000);
    expect(clicks).toBeGreaterThan(5);
    geiger.close();
  });
});
