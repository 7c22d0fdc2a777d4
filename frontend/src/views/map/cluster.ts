// SPDX-License-Identifier: MIT
// Marks that would lie on each other become one spot. Which ones depends on the zoom and on the order of their ids alone, so that
// spots do not flicker while counters move, or while the map is panned.

import type { Device } from '../../store/rows';
import { purposeOf, type Purpose } from '../../parts/purpose-colour';
import { unitProjection, type Spotted, type View } from './camera';
import { lastGone, type Mark } from './marks';

/** On the globe it is where its first mark is. */
export interface Spot extends Spotted {
  /** Stable while it has the same first place. */
  readonly key: number;
  /** Most conversations first. */
  readonly marks: readonly Mark[];
  readonly x: number;
  readonly y: number;
  readonly devices: ReadonlySet<Device>;
  readonly conversations: number;
  /** Bytes a second: what is sent there, and what is received from there. */
  readonly upRate: number;
  readonly downRate: number;
  readonly active: number;
  /** Since when nothing there is alive any more, or null. */
  readonly gone: number | null;
  /** No place in it is known better than to its country or region. */
  readonly vague: boolean;
  /** Something in it is for advertising or measures people. */
  readonly tracks: boolean;
  readonly purpose: Purpose;
}

interface Group extends Spotted {
  readonly x: number;
  readonly y: number;
  readonly key: number;
  readonly marks: Mark[];
}

function toSpot({ x, y, longitude, latitude, key, marks }: Group, view: View): Spot {
  const devices = new Set<Device>();
  let conversations = 0;
  let tracking = 0;
  let upRate = 0;
  let downRate = 0;
  let active = 0;
  for (const mark of marks) {
    for (const device of mark.devices) devices.add(device);
    conversations += mark.conversations;
    tracking += mark.tracking;
    upRate += mark.upRate;
    downRate += mark.downRate;
    active = Math.max(active, mark.active);
  }
  return {
    key,
    marks: marks.sort((a, b) => b.conversations - a.conversations || a.place.id - b.place.id),
    x: x * view.factor + view.x,
    y: y * view.factor + view.y,
    longitude,
    latitude,
    devices,
    conversations,
    upRate,
    downRate,
    active,
    gone: marks.reduce<number | null>((gone, mark) => lastGone(gone, mark.gone), -Infinity),
    vague: marks.every((mark) => mark.vague),
    tracks: tracking > 0,
    purpose: purposeOf({
      talks: conversations,
      tracking,
      known: marks.some((mark) => mark.known),
      spoken: marks.some((mark) => mark.spoken),
    }),
  };
}

/** radius: marks nearer than this (CSS pixels) to the first of a spot join the nearest such spot. */
export function cluster(marks: readonly Mark[], view: View, radius: number): Spot[] {
  const groups: Group[] = [];
  const reach = radius / view.factor;
  for (const mark of marks) {
    const { longitude, latitude } = mark;
    const point = unitProjection([longitude, latitude]);
    if (!point) continue;
    const [x, y] = point;
    let nearest: Group | null = null;
    let distance = reach;
    for (const group of groups) {
      const away = Math.hypot(group.x - x, group.y - y);
      if (away < distance) {
        nearest = group;
        distance = away;
      }
    }
    if (nearest) nearest.marks.push(mark);
    else groups.push({ x, y, longitude, latitude, key: mark.place.id, marks: [mark] });
  }
  return groups.map((group) => toSpot(group, view));
}
