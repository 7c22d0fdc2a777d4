// SPDX-License-Identifier: MIT
// Marks that would lie on each other become one. Which ones depends on the zoom and on the order of their ids alone, so that
// clusters do not flicker while counters move.

import type { Device } from '../../store/rows';
import type { Mark } from './marks';

export interface Spot {
  /** Stable while the cluster has the same first place. */
  readonly key: number;
  readonly marks: readonly Mark[];
  readonly x: number;
  readonly y: number;
  readonly devices: ReadonlySet<Device>;
  readonly conversations: number;
  readonly active: number;
  readonly gone: boolean;
  /** True when no place in it is known better than to its country or region. */
  readonly vague: boolean;
}

export type Project = (longitude: number, latitude: number) => readonly [number, number] | null;

interface Group {
  readonly x: number;
  readonly y: number;
  readonly marks: Mark[];
}

function toSpot({ x, y, marks }: Group): Spot {
  const devices = new Set<Device>();
  let conversations = 0;
  let active = 0;
  for (const mark of marks) {
    for (const device of mark.devices) devices.add(device);
    conversations += mark.conversations;
    active = Math.max(active, mark.active);
  }
  return {
    key: marks[0]?.place.id ?? 0,
    marks,
    x,
    y,
    devices,
    conversations,
    active,
    gone: marks.every((mark) => mark.gone),
    vague: marks.every((mark) => mark.place.city === null),
  };
}

/** radius: marks nearer than this (CSS pixels) to the first of a cluster join it. */
export function cluster(marks: readonly Mark[], project: Project, radius: number): Spot[] {
  const groups: Group[] = [];
  for (const mark of marks) {
    const point = project(mark.longitude, mark.latitude);
    if (!point) continue;
    const [x, y] = point;
    const near = groups.find((group) => Math.hypot(group.x - x, group.y - y) < radius);
    if (near) near.marks.push(mark);
    else groups.push({ x, y, marks: [mark] });
  }
  return groups.map(toSpot);
}
