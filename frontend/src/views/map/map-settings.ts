// SPDX-License-Identifier: MIT
// How the map is shown, as it stands in the URL.

import { WAYS, type Way } from '../../parts/directions';
import { readChoice, writeChoice } from '../../parts/pick';
import type { Options } from '../view-props';

const LABELS = ['fit', 'turns', 'none'] as const;

/** fit: those that fit; turns: those that fit, others each few seconds; none. */
export type Labels = (typeof LABELS)[number];

export interface MapSettings {
  readonly labels: Labels;
  /** Of which direction bytes are told. */
  readonly way: Way;
  /** As a table instead of a picture. */
  readonly table: boolean;
}

export function readSettings(options: Options): MapSettings {
  return {
    labels: readChoice(options.labels, LABELS),
    way: readChoice(options.way, WAYS),
    table: options.table === '1',
  };
}

/** What is as it is at first is left out of the URL. */
export function writeSettings({ labels, way, table }: MapSettings): Readonly<Record<keyof MapSettings, string | null>> {
  return { labels: writeChoice(labels, LABELS), way: writeChoice(way, WAYS), table: table ? '1' : null };
}
