// SPDX-License-Identifier: MIT
// In which order the nodes of both sides stand, so that flows cross less: each near the middle of those it has flows with, and
// then one by one where it crosses least. The same for the same, in bounded time. Pure.

/** The keys of both sides, top down. */
export interface Order {
  readonly left: readonly string[];
  readonly right: readonly string[];
}

export interface Strand {
  readonly from: string;
  readonly to: string;
  /** As wide as it is drawn. */
  readonly weight: number;
}

/** Rounds to the middle. */
const MEANS = 6;
/** Flows looked at while nodes move one by one: a home is done after a tenth of that. It takes about a millisecond. */
const LOOKS = 150_000;
/** What crosses has to become so much less, of what it was: nothing moves for nothing. */
const WORTH = 0.8;
/** Of all that could cross: less is how numbers are rounded. */
const ROUNDED = 1e-12;

interface Knot {
  readonly key: string;
  readonly ends: { readonly to: Knot; readonly weight: number }[];
  /** -1: it does not stand yet. */
  place: number;
}

/** Those that stand, top down. */
type Side = Knot[];

interface Tangle {
  readonly left: Side;
  readonly right: Side;
  /** A difference that is none. */
  readonly near: number;
}

function stand(side: Side): void {
  side.forEach((knot, place) => (knot.place = place));
}

/** Of all these keys; nothing stands yet. */
function knotsOf({ left, right }: Order, strands: readonly Strand[]): Tangle {
  const [lefts, rights] = [left, right].map(
    (keys) => new Map(keys.map((key): [string, Knot] => [key, { key, ends: [], place: -1 }])),
  ) as [Map<string, Knot>, Map<string, Knot>];
  let all = 0;
  for (const { from, to, weight } of strands) {
    const [one, other] = [lefts.get(from), rights.get(to)];
    if (!one || !other) continue;
    one.ends.push({ to: other, weight });
    other.ends.push({ to: one, weight });
    all += weight;
  }
  return { left: [...lefts.values()], right: [...rights.values()], near: ROUNDED * all * all };
}

function tangleOf(order: Order, strands: readonly Strand[]): Tangle {
  const tangle = knotsOf(order, strands);
  stand(tangle.left);
  stand(tangle.right);
  return tangle;
}

function orderOf({ left, right }: Tangle): Order {
  return { left: left.map(({ key }) => key), right: right.map(({ key }) => key) };
}

/** Of these ends: what is above each of so many places, and then all of it. */
function above(ends: Knot['ends'], places: number): Float64Array {
  const sums = new Float64Array(places + 1);
  for (const { to, weight } of ends) if (to.place >= 0) sums[to.place + 1] = (sums[to.place + 1] ?? 0) + weight;
  for (let i = 1; i <= places; i += 1) sums[i] = (sums[i] ?? 0) + (sums[i - 1] ?? 0);
  return sums;
}

/**
 * What crosses, each by the product of both widths: that is the area where one lies over the other, in which nobody sees which
 * goes where. By the narrower width alone two threads would count as much as a thread that is lost below a river.
 */
function crossed({ left, right }: Tangle): number {
  const seen: Knot['ends'] = [];
  let sum = 0;
  for (const { ends } of left) {
    const over = above(seen, right.length);
    const all = over[right.length] ?? 0;
    for (const { to, weight } of ends) sum += weight * (all - (over[to.place + 1] ?? 0));
    seen.push(...ends);
  }
  return sum;
}

/** Moves it to where it crosses least: of places that are as good as each other, to the nearest. last: who stays below it. */
function settle(side: Side, others: Side, knot: Knot, last: string, near: number): boolean {
  const over = above(knot.ends, others.length);
  const all = over[others.length] ?? 0;
  // for each place at the other side: how much more of it a flow to there crosses when that begins above it, and not below
  const more = others.map((_, i) => (over[i] ?? 0) + (over[i + 1] ?? 0) - all);
  const rest = side.filter((one) => one !== knot);
  const places = rest.at(-1)?.key === last ? rest.length - 1 : rest.length;
  // reckoned from the first place: what it crosses more, or less, for each that it goes below
  let [cost, least, best] = [0, 0, 0];
  for (let i = 0; i < places; i += 1) {
    for (const { to, weight } of rest[i]?.ends ?? []) cost += weight * (more[to.place] ?? 0);
    const nearer = Math.abs(i + 1 - knot.place) < Math.abs(best - knot.place);
    if (cost < least - near || (nearer && cost <= least + near)) [least, best] = [cost, i + 1];
  }
  if (best === knot.place) return false;
  side.splice(knot.place, 1);
  side.splice(best, 0, knot);
  stand(side);
  return true;
}

/** One by one, until all stand where they cross least. */
function move(tangle: Tangle, last: string): void {
  const flows = tangle.left.reduce((sum, { ends }) => sum + ends.length, 0);
  const round = flows * (tangle.left.length + tangle.right.length);
  for (let looks = round; looks <= LOOKS; looks += round) {
    let moved = false;
    for (const [side, others] of [
      [tangle.right, tangle.left],
      [tangle.left, tangle.right],
    ] as const)
      for (const knot of [...side])
        if (knot.key !== last) moved = settle(side, others, knot, last, tangle.near) || moved;
    if (!moved) return;
  }
}

/** Each to the middle of those it has flows with. */
function centre(side: Side, last: string): void {
  const middles = new Map<Knot, number>();
  for (const knot of side) {
    let [sum, all] = [0, 0];
    for (const { to, weight } of knot.ends) [sum, all] = [sum + weight * to.place, all + weight];
    middles.set(knot, knot.key === last ? Infinity : all > 0 ? sum / all : knot.place);
  }
  const middle = (knot: Knot): number => middles.get(knot) ?? 0;
  side.sort((a, b) => (middle(a) === middle(b) ? a.place - b.place : middle(a) - middle(b)));
  stand(side);
}

/** What crosses in this order. */
export function crossings(order: Order, strands: readonly Strand[]): number {
  return crossed(tangleOf(order, strands));
}

/** The best that is found, from this order on. last: the key that stays last. */
export function untangle(order: Order, strands: readonly Strand[], last: string): Order {
  const tangle = tangleOf(order, strands);
  let [best, least] = [order, crossed(tangle)];
  if (least <= tangle.near) return order;
  for (let i = 0; i < MEANS; i += 1) {
    centre(tangle.right, last);
    centre(tangle.left, last);
    const now = crossed(tangle);
    if (now < least - tangle.near) [best, least] = [orderOf(tangle), now];
  }
  const fine = tangleOf(best, strands);
  move(fine, last);
  return orderOf(fine);
}

/** The same order, unless another crosses so much less that it is worth it. */
export function untangleIfWorth(order: Order, strands: readonly Strand[], last: string): Order {
  const other = untangle(order, strands, last);
  return crossings(other, strands) <= WORTH * crossings(order, strands) ? other : order;
}

/** Those that stood stand as they did; who is new comes to where it crosses least, and who is gone is left out. */
export function insert(shown: Order, all: Order, strands: readonly Strand[], last: string): Order {
  const { left, right, near } = knotsOf(all, strands);
  const [lefts, rights]: [Side, Side] = [[], []];
  for (const [side, knots, keys] of [
    [lefts, left, shown.left],
    [rights, right, shown.right],
  ] as const) {
    const stood = new Map(keys.map((key, i) => [key, key === last ? Infinity : i]));
    const place = (knot: Knot): number => stood.get(knot.key) ?? Infinity;
    side.push(...knots.filter(({ key }) => stood.has(key)).sort((a, b) => place(a) - place(b)));
    stand(side);
  }
  for (const [side, others, knots] of [
    [lefts, rights, left],
    [rights, lefts, right],
  ] as const)
    for (const knot of knots) if (knot.place < 0) enter(side, others, knot, last, near);
  return orderOf({ left: lefts, right: rights, near });
}

function enter(side: Side, others: Side, knot: Knot, last: string, near: number): void {
  const before = knot.key !== last && side.at(-1)?.key === last ? side.length - 1 : side.length;
  side.splice(before, 0, knot);
  stand(side);
  if (knot.key !== last) settle(side, others, knot, last, near);
}
