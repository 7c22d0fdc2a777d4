// SPDX-License-Identifier: MIT
// What the map shows now, in CSS pixels: spots, their words, and where home is.

import type { Translate } from '../../i18n';
import type { Format } from '../../i18n/format';
import { wanted, type Way } from '../../parts/directions';
import { heat, presence } from '../../store/freshness';
import { isLit } from '../../store/room';
import { placeKey, type Selection, type Target } from '../../store/selection';
import type { Arc } from './arc';
import { place, viewOf, type Camera, type Frame, type Point, type View } from './camera';
import { cluster, type Spot } from './cluster';
import { arcTo } from './great-circle';
import type { HomePlace } from './home-place';
import { placeLabels, type Box, type Placed, type Side, type Wanted } from './labels';
import { hotness, type Mark, type Marks, HOME_RADIUS, SPOT_RADIUS } from './marks';

export interface Label extends Placed {
  readonly title: string;
  readonly sub: string;
}

export interface SceneSpot extends Spot {
  /** 1 active now, 0 not within the last seconds: it glows. */
  readonly hot: number;
  /** Freshness as in every view: how strong the colour is. */
  readonly heat: number;
  /** 1 while something there is alive, then from 1 to 0 while it fades out. */
  readonly presence: number;
  /** How much goes there now, and how much comes from there, of the directions that are wanted: from 0 for none to 1. */
  readonly sent: number;
  readonly received: number;
  readonly picked: boolean;
  readonly title: string;
  /** From home; null where that is not known, and where the spot lies on it. */
  readonly arc: Arc | null;
}

/** A tab at the lower edge that says whose picture it is, and where the lines begin if that is known. */
export interface Home extends Point {
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly at: Point | null;
}

export interface Scene {
  readonly frame: Frame;
  readonly view: View;
  readonly scale: number;
  /** Of words: as the scale, or as large as is read from afar. */
  readonly words: number;
  readonly spots: readonly SceneSpot[];
  readonly labels: readonly Label[];
  readonly home: Home;
}

export interface Texts {
  readonly t: Translate;
  readonly format: Format;
  /** The width of a text in CSS pixels, cut to the room when it is longer. */
  readonly fit: (text: string, strong: boolean, room: number) => { readonly text: string; readonly width: number };
}

const CLUSTER_RADIUS = 24;
const LABEL_ROOM = 200;
/** More labels than these would be read by nobody; of more wishes the lightest have no chance. */
const LABELS_WISHED = 120;
/** So many spots, the weightiest, have their words farther away rather than none. */
const FAR = 3;
/** What one turn of waiting weighs: more than any number of devices. */
const TURN = 1e9;

export function markTitle(mark: Mark, { t, format }: Pick<Texts, 't' | 'format'>): string {
  const { city, region, country } = mark.place;
  return city ?? region ?? (country === null ? t('map.unknown') : format.country(country));
}

export function spotTitle(spot: Spot, texts: Pick<Texts, 't' | 'format'>): string {
  const title = spot.marks[0] ? markTitle(spot.marks[0], texts) : '';
  return spot.marks.length > 1 ? texts.t('map.more', { name: title, n: spot.marks.length - 1 }) : title;
}

/** The first words, and how many there are besides. */
export function some(words: readonly string[], most: number): string {
  return words.slice(0, most).join(', ') + (words.length > most ? ` +${words.length - most}` : '');
}

/** All of the words of a spot's marks, once each. */
export function gather(spot: Spot, words: (mark: Mark) => readonly string[]): string[] {
  return [...new Set(spot.marks.flatMap(words))];
}

function isPicked(spot: Spot, target: Target | null): boolean {
  return target?.kind === 'places' && spot.marks.some((mark) => target.places.includes(placeKey(mark.place)));
}

/** Something of it stands out. */
function isSpotLit({ marks }: Spot, spotlight: Target | null): boolean {
  return marks.some(({ devices, names }) =>
    isLit(
      spotlight,
      (id) => [...devices].some((device) => device.id === id),
      (name) => names.includes(name),
    ),
  );
}

export type Sides = ReadonlyMap<number, Side>;

export interface Wish {
  readonly frame: Frame;
  readonly camera: Camera;
  readonly scale: number;
  readonly words: number;
  /** So many are named at a spot. */
  readonly names: number;
  readonly labels: boolean;
  readonly target: Target | null;
  readonly spotlight: Target | null;
  readonly way: Way;
  readonly home: HomePlace | null;
  /** Where labels were before. */
  readonly sides: Sides;
  /** Where labels take turns: for how many turns each has waited. Empty where they do not. */
  readonly waited: ReadonlyMap<number, number>;
}

function inside({ x, y }: Point, { width, height }: Frame): boolean {
  return x > 0 && y > 0 && x < width && y < height;
}

/** Where the buttons for the zoom lie on the map, in the corner: see map.css. */
function buttons({ width, height }: Frame, scale: number): Box {
  const size = { width: 64 * scale, height: 164 * scale };
  return { x: width - size.width, y: height - size.height, ...size };
}

function around({ x, y }: Point, radius: number): Box {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

/** A few of the names, as many as there is room for, and how many more there are. */
function fitNames(
  names: readonly string[],
  shown: number,
  room: number,
  fit: Texts['fit'],
): { readonly text: string; readonly width: number } {
  for (let most = shown; most > 1; most -= 1) {
    const fitted = fit(some(names, most), false, Infinity);
    if (fitted.width <= room) return fitted;
  }
  const more = names.length > 1 ? ` +${names.length - 1}` : '';
  const first = fit(names[0] ?? '', false, room - fit(more, false, Infinity).width);
  return fit(first.text + more, false, Infinity);
}

function buildLabels(spots: readonly SceneSpot[], furniture: readonly Box[], wish: Wish, texts: Texts): Label[] {
  const { scale, words: size, frame, sides, waited } = wish;
  const radius = (SPOT_RADIUS + 2) * scale;
  const taken = spots.map((spot) => around(spot, radius));
  const words = new Map<number, { title: string; sub: string }>();
  const weighed = spots.map((spot) => {
    const before = sides.get(spot.key) ?? null;
    // a label that is there stays, unless something much more important comes
    const weight = (spot.devices.size * 1000 + spot.conversations) * (spot.picked ? 100 : before ? 1.5 : 1);
    return { spot, before, weight: weight + (waited.get(spot.key) ?? 0) * TURN };
  });
  const wanted: Wanted[] = weighed
    .sort((a, b) => b.weight - a.weight || a.spot.key - b.spot.key)
    .slice(0, LABELS_WISHED)
    .map(({ spot, before, weight }, rank) => {
      const title = texts.fit(spot.title, true, LABEL_ROOM * size);
      const sub = fitNames(
        gather(spot, (mark) => mark.names),
        wish.names,
        LABEL_ROOM * size,
        texts.fit,
      );
      words.set(spot.key, { title: title.text, sub: sub.text });
      const width = Math.max(title.width, sub.width) + 2 * size;
      return {
        key: spot.key,
        x: spot.x,
        y: spot.y,
        radius: (SPOT_RADIUS + 4) * scale,
        width,
        height: 31 * size,
        weight,
        before,
        far: rank < FAR,
      };
    });
  const edge = 6 * scale;
  const room = { x: edge, y: edge, width: frame.width - 2 * edge, height: frame.height - 2 * edge };
  return placeLabels(wanted, taken, furniture, room, 3 * scale).map((placed) => ({
    ...placed,
    ...(words.get(placed.key) ?? { title: '', sub: '' }),
  }));
}

/** Bytes a second that are as much as one can see: rates differ by thousands, so that each tenfold is a step. */
const STRONGEST = 1e6;
/** How much is left of what does not stand out. */
const DIMMED = 0.3;

function strength(rate: number): number {
  return rate < 1 ? 0 : Math.min(1, (1 + Math.log10(rate)) / (1 + Math.log10(STRONGEST)));
}

type Looks = Pick<SceneSpot, 'hot' | 'heat' | 'presence' | 'sent' | 'received'>;

function look({ active, gone, upRate, downRate }: Spot, now: number, way: Way): Looks {
  const there = presence(gone, now);
  const { up, down } = wanted(upRate, downRate, way);
  return {
    presence: there,
    hot: there * hotness(active, now),
    heat: there * heat(now - active),
    sent: strength(up),
    received: strength(down),
  };
}

/** Whose picture it is, and where that is; where there is no room for both, where it is. */
function homeTexts(name: string, home: HomePlace | null, { t, format }: Texts): readonly string[] {
  if (!home) return [t('map.home.unknown', { name }), name];
  const country = format.country(home.country);
  return home.sure
    ? [`${name} · ${country}`, country]
    : [t('map.home.probably', { name, place: country }), t('map.place.probably', { place: country })];
}

function buildHome(only: Selection['only'], view: View, { frame, scale, words, home }: Wish, texts: Texts): Home {
  // no larger than on a page, which is large enough for who stands before it
  const smaller = scale / words;
  const at = home && place(view, home.longitude, home.latitude);
  const edges = (at ? 56 : 34) * scale;
  // it is in the middle, between the buttons and as much on the other side
  const room = Math.max(frame.width / 4, Math.min(420 * scale, frame.width - 2 * buttons(frame, scale).width - edges));
  const says = homeTexts(only?.alias ?? texts.t('map.home'), home, texts);
  const fitted = says.map((text) => texts.fit(text, true, room / smaller));
  const { text, width } = fitted.find((one, i) => one.text === says[i]) ?? fitted.at(-1) ?? { text: '', width: 0 };
  const height = 30 * scale;
  return { x: frame.width / 2, y: frame.height - height, width: width * smaller + edges, height, text, at };
}

function lineTo(spot: Spot, view: View, { at }: Home, { home, scale }: Wish): Arc | null {
  if (!home || !at || Math.hypot(at.x - spot.x, at.y - spot.y) < (HOME_RADIUS + SPOT_RADIUS) * scale) return null;
  return arcTo(home, spot, view);
}

export function buildScene(
  selection: Pick<Selection, 'now' | 'only'>,
  { marks }: Marks,
  wish: Wish,
  texts: Texts,
): Scene {
  const { frame, camera, scale, words, target, spotlight, way } = wish;
  const view = viewOf(camera, frame, scale);
  const home = buildHome(selection.only, view, wish, texts);
  const spots = cluster(marks, view, CLUSTER_RADIUS * scale).map((spot) => {
    const lit = isSpotLit(spot, spotlight);
    const looks = look(spot, selection.now, way);
    return {
      ...spot,
      ...looks,
      presence: looks.presence * (spotlight && !lit ? DIMMED : 1),
      picked: lit || isPicked(spot, target),
      title: spotTitle(spot, texts),
      arc: lineTo(spot, view, home, wish),
    };
  });
  const badge = {
    x: home.x - home.width / 2,
    y: home.y - 4 * scale,
    width: home.width,
    height: home.height + 8 * scale,
  };
  const labels = wish.labels
    ? buildLabels(
        spots.filter((spot) => inside(spot, frame) && (!spotlight || spot.picked)),
        [badge, buttons(frame, scale), ...(home.at ? [around(home.at, HOME_RADIUS * scale)] : [])],
        wish,
        texts,
      )
    : [];
  return { frame, view, scale, words, spots, labels, home };
}

/** The spot under the point, or null. reach: how near is near enough, in CSS pixels. */
export function spotAt(scene: Scene, { x, y }: Point, reach: number): SceneSpot | null {
  let best: SceneSpot | null = null;
  let distance = SPOT_RADIUS * scene.scale + reach;
  for (const spot of scene.spots) {
    const away = Math.hypot(spot.x - x, spot.y - y);
    if (away >= distance) continue;
    best = spot;
    distance = away;
  }
  if (best) return best;
  const label = scene.labels.find(
    (box) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height,
  );
  return scene.spots.find((spot) => spot.key === label?.key) ?? null;
}

const STEPS: Readonly<Record<string, { readonly axis: 'x' | 'y'; readonly by: 1 | -1 }>> = {
  ArrowRight: { axis: 'x', by: 1 },
  ArrowLeft: { axis: 'x', by: -1 },
  ArrowDown: { axis: 'y', by: 1 },
  ArrowUp: { axis: 'y', by: -1 },
};

/** The key of the next spot, or undefined when the pressed key is not for this. */
export function stepSpot({ spots }: Pick<Scene, 'spots'>, from: number | null, pressed: string): number | undefined {
  const { axis, by } = STEPS[pressed] ?? { axis: 'x', by: 0 };
  const order = [...spots].sort((a, b) => a[axis] - b[axis] || a.key - b.key);
  if (pressed === 'Home') return order[0]?.key;
  if (pressed === 'End') return order[order.length - 1]?.key;
  if (by === 0 || order.length === 0) return undefined;
  const at = order.findIndex((spot) => spot.key === from);
  const next = at < 0 ? (by > 0 ? 0 : order.length - 1) : (at + by + order.length) % order.length;
  return order[next]?.key;
}
