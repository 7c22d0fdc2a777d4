// SPDX-License-Identifier: MIT
// How the map is shown, as it stands in the URL.

import { WAYS, type Way } from '../../parts/directions';
import { readChoice, writeChoice } from '../../parts/pick';
import type { Options } from '../view-props';
import type { Camera } from './camera';
import { readHome } from './home-place';

const LABELS = ['fit', 'turns', 'none'] as const;

/** fit: those that fit; turns: those that fit, others each few seconds; none. */
export type Labels = (typeof LABELS)[number];

export interface MapSettings {
  readonly labels: Labels;
  /** Of which direction bytes are told. */
  readonly way: Way;
  /** As a table instead of a picture. */
  readonly table: boolean;
  /** Where the home is, if somebody has said so: see readHome. */
  readonly home: string | null;
}

export function readSettings(options: Options): MapSettings {
  return {
    labels: readChoice(options.labels, LABELS),
    way: readChoice(options.way, WAYS),
    table: options.table === '1',
    home: readHome(options.home),
  };
}

/** What is as it is at first is left out of the URL. */
export function writeSettings({
  labels,
  way,
  table,
  home,
}: MapSettings): Readonly<Record<keyof MapSettings, string | null>> {
  return { labels: writeChoice(labels, LABELS), way: writeChoice(way, WAYS), table: table ? '1' : null, home };
}

/** Where one looks: zoom, and the middle in units of the world, as `2.5_-130.2_88`. Null where it makes no sense. */
export function readLook(text: string | null): Camera | null {
  const numbers = (text ?? '').split('_').map((part) => (/^-?\d+(\.\d+)?$/.test(part) ? Number(part) : NaN));
  const [zoom, x, y] = numbers;
  if (zoom === undefined || x === undefined || y === undefined) return null;
  return numbers.length === 3 && numbers.every(Number.isFinite) ? { zoom, x, y } : null;
}

/** To a thousandth of the zoom and a tenth of a unit, which nobody sees. */
export function writeLook({ zoom, x, y }: Camera): string {
  const short = (value: number, digits: number): number => Number(value.toFixed(digits));
  return [short(zoom, 3), short(x, 1), short(y, 1)].join('_');
}
