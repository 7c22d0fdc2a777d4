// SPDX-License-Identifier: MIT
// What the map shows now, in CSS pixels: spots, their words, and where home is.

import type { Translate } from '../../i18n';
import type { Format } from '../../i18n/format';
import type { Selection, Target } from '../types';
import { badgeRoom, projectionFor, type Camera, type Frame } from './camera';
import { cluster, type Spot } from './cluster';
import { placeLabels, type Box, type Placed, type Side, type Wanted } from './labels';
import { buildMarks, heatOf, type Mark, type Marks } from './marks';

export interface Label extends Placed {
  readonly title: string;
  readonly sub: string;
}

export interface SceneSpot extends Spot {
  readonly heat: number;
  readonly picked: boolean;
  readonly title: string;
  readonly sub: string;
}

export interface Scene {
  readonly frame: Frame;
  readonly camera: Camera;
  readonly scale: number;
  readonly spots: readonly SceneSpot[];
  readonly labels: readonly Label[];
  readonly marks: Marks;
  /** Where the lines begin. We do not know where in the world the home is, so it has a badge below the map. */
  readonly home: { readonly x: number; readonly y: number; readonly text: string };
}

export interface Texts {
  readonly t: Translate;
  readonly format: Format;
  /** The width of a text in CSS pixels, cut to the room when it is longer. */
  readonly fit: (text: string, strong: boolean, room: number) => { readonly text: string; readonly width: number };
}

export const SPOT_RADIUS = 9;
const CLUSTER_RADIUS = 22;
const LABEL_ROOM = 190;
const NAMES_SHOWN = 2;

export function markTitle(mark: Mark, texts: Pick<Texts, 't' | 'format'>): string {
  const { city, region, country } = mark.place;
  return city ?? region ?? (country === null ? texts.t('map.unknown') : texts.format.country(country));
}

export function spotTitle(spot: Spot, texts: Pick<Texts, 't' | 'format'>): string {
  const [first] = [...spot.marks].sort((a, b) => b.conversations - a.conversations || a.place.id - b.place.id);
  const title = first ? markTitle(first, texts) : '';
  return spot.marks.length > 1 ? texts.t('map.more', { name: title, n: spot.marks.length - 1 }) : title;
}

function spotNames(spot: Spot): string {
  const names = [...new Set(spot.marks.flatMap((mark) => mark.names))];
  const more = names.length - NAMES_SHOWN;
  return names.slice(0, NAMES_SHOWN).join(', ') + (more > 0 ? ` +${more}` : '');
}

function isPicked(spot: Spot, target: Target | null): boolean {
  return target?.kind === 'places' && spot.marks.some((mark) => target.places.includes(mark.place.id));
}

export type Sides = ReadonlyMap<number, Side>;

function wantedLabels(spots: readonly SceneSpot[], sides: Sides, scale: number, texts: Texts): { wanted: Wanted[]; text: Map<number, { title: string; sub: string }> } {
  const text = new Map<number, { title: string; sub: string }>();
  const wanted = spots.map((spot) => {
    const title = texts.fit(spot.title, true, LABEL_ROOM * scale);
    const sub = texts.fit(spot.sub, false, LABEL_ROOM * scale);
    const before = sides.get(spot.key) ?? null;
    const weight = (spot.devices.size * 1000 + spot.conversations) * (spot.picked ? 100 : before ? 1.5 : 1);
    text.set(spot.key, { title: title.text, sub: sub.text });
    return {
      key: spot.key,
      x: spot.x,
      y: spot.y,
      radius: (SPOT_RADIUS + 3) * scale,
      width: Math.max(title.width, sub.width) + 2 * scale,
      height: 32 * scale,
      weight,
      before,
    };
  });
  return { wanted, text };
}

function buildLabels(spots: readonly SceneSpot[], home: Box, frame: Frame, sides: Sides, scale: number, texts: Texts): Label[] {
  const radius = SPOT_RADIUS * scale;
  const taken: Box[] = spots.map(({ x, y }) => ({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }));
  const { wanted, text } = wantedLabels(spots, sides, scale, texts);
  const room = { x: 4 * scale, y: 4 * scale, width: frame.width - 8 * scale, height: frame.height - 8 * scale };
  return placeLabels(wanted, [...taken, home], room, 3 * scale).map((placed) => ({
    ...placed,
    title: text.get(placed.key)?.title ?? '',
    sub: text.get(placed.key)?.sub ?? '',
  }));
}

export interface Wish {
  readonly frame: Frame;
  readonly camera: Camera;
  readonly scale: number;
  readonly labels: boolean;
  readonly target: Target | null;
  /** Where labels were before. */
  readonly sides: Sides;
}

export function buildScene(selection: Selection, wish: Wish, texts: Texts): Scene {
  const { frame, camera, scale } = wish;
  const marks = buildMarks(selection.conversations);
  const projection = projectionFor(frame, camera, scale);
  const project = (longitude: number, latitude: number): readonly [number, number] | null => projection([longitude, latitude]);
  const spots = cluster(marks.marks, project, CLUSTER_RADIUS * scale).map((spot) => ({
    ...spot,
    heat: spot.gone ? 0 : heatOf(spot.active, selection.now),
    picked: isPicked(spot, wish.target),
    title: spotTitle(spot, texts),
    sub: spotNames(spot),
  }));
  const home = { x: frame.width / 2, y: frame.height - badgeRoom(scale) / 2, text: selection.only?.alias ?? texts.t('map.home') };
  const badge = { x: home.x - 90 * scale, y: home.y - 18 * scale, width: 180 * scale, height: 36 * scale };
  const visible = spots.filter(({ x, y }) => x > 0 && y > 0 && x < frame.width && y < frame.height);
  const labels = wish.labels ? buildLabels(visible, badge, frame, wish.sides, scale, texts) : [];
  return { frame, camera, scale, spots, labels, marks, home };
}
