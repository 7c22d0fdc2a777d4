// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { overlap, placeLabels, type Box, type Side, type Wanted } from './labels';
import { dice } from '../../feed/dice';

const FRAME: Box = { x: 0, y: 0, width: 1200, height: 600 };
const GAP = 3;
const RADIUS = 12;

function crowd(seed: number, count: number, before: ReadonlyMap<number, Side> = new Map()): Wanted[] {
  const roll = dice(seed);
  return Array.from({ length: count }, (_, key) => ({
    key,
    x: roll() * FRAME.width,
    y: roll() * FRAME.height,
    radius: RADIUS,
    width: 20 + roll() * 180,
    height: 30,
    weight: Math.floor(roll() * 50) * (before.has(key) ? 1.5 : 1),
    before: before.get(key) ?? null,
    far: key < 6,
  }));
}

const boxes = (wanted: readonly Wanted[]): Box[] =>
  wanted.map(({ x, y }) => ({ x: x - RADIUS, y: y - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS }));
const seeds = Array.from({ length: 60 }, (_, i) => i + 1);

describe('labels', () => {
  it.each(seeds)('never lie on each other or on a spot, and never beyond the frame (%i)', (seed) => {
    const wanted = crowd(seed, seed * 4);
    const spots = boxes(wanted);
    const placed = placeLabels(wanted, spots, [], FRAME, GAP);
    expect(placed.length).toBeGreaterThan(0);
    const beyond = placed.filter(
      ({ x, y, width, height }) => x < 0 || y < 0 || x + width > FRAME.width || y + height > FRAME.height,
    );
    const crossed = placed.filter((label, i) =>
      [...placed.slice(i + 1), ...spots].some((other) => overlap(label, other)),
    );
    expect(beyond).toEqual([]);
    expect(crossed).toEqual([]);
  });

  it.each(seeds)('stay where they are while nothing changes (%i)', (seed) => {
    const wanted = crowd(seed, 150);
    const first = placeLabels(wanted, boxes(wanted), [], FRAME, GAP);
    const again = crowd(seed, 150, new Map(first.map((label) => [label.key, label.side])));
    const second = placeLabels(again, boxes(again), [], FRAME, GAP);
    const byKey = (a: { key: number }, b: { key: number }): number => a.key - b.key;
    expect([...second].sort(byKey)).toEqual([...first].sort(byKey));
  });

  it('are given to the weightiest first', () => {
    const light: Wanted = {
      key: 1,
      x: 300,
      y: 300,
      radius: RADIUS,
      width: 150,
      height: 30,
      weight: 1,
      before: null,
      far: false,
    };
    // a narrow street: there is room for one on the right alone
    const street: Box = { x: 280, y: 280, width: 200, height: 40 };
    expect(
      placeLabels([light, { ...light, key: 2, weight: 5 }], [], [], street, GAP).map((label) => label.key),
    ).toEqual([2]);
  });

  it('stand nearer to their own spot than to another', () => {
    const one: Wanted = {
      key: 1,
      x: 600,
      y: 300,
      radius: RADIUS,
      width: 100,
      height: 30,
      weight: 1,
      before: null,
      far: false,
    };
    // just above the words that would stand on the right
    const near: Box = { x: 612, y: 261, width: 2 * RADIUS, height: 2 * RADIUS };
    expect(placeLabels([one], [], [], FRAME, GAP)[0]?.side).toBe('right');
    expect(placeLabels([one], boxes([one]), [near], FRAME, GAP)[0]?.side).toBe('right');
    expect(placeLabels([one], [...boxes([one]), near], [], FRAME, GAP)[0]?.side).toBe('left');
  });

  it('go to another side where one is taken', () => {
    const one: Wanted = {
      key: 1,
      x: 600,
      y: 300,
      radius: RADIUS,
      width: 100,
      height: 30,
      weight: 1,
      before: null,
      far: false,
    };
    const wall: Box = { x: 610, y: 0, width: 50, height: 600 };
    expect(placeLabels([one], [], [wall], FRAME, GAP)[0]?.side).toBe('left');
  });

  it('stand at the end of a line where there is no room beside the spot, if they weigh enough', () => {
    const one: Wanted = {
      key: 1,
      x: 600,
      y: 300,
      radius: RADIUS,
      width: 100,
      height: 30,
      weight: 1,
      before: null,
      far: true,
    };
    const ring = [0, 1, 2, 3].map((turn): Box => ({
      x: 600 + 24 * Math.cos((turn * Math.PI) / 2) - 9,
      y: 300 + 24 * Math.sin((turn * Math.PI) / 2) - 9,
      width: 18,
      height: 18,
    }));
    const [label] = placeLabels([one], [], ring, FRAME, GAP);
    expect(label?.line).not.toBeNull();
    expect(ring.some((spot) => overlap(spot, label as Box))).toBe(false);
    expect(placeLabels([{ ...one, far: false }], [], ring, FRAME, GAP)).toEqual([]);
  });
});
