// SPDX-License-Identifier: MIT
// How the flows are shown, as it stands in the URL.

import { readChoice, writeChoice } from '../../parts/pick';
import { readGrouping, START_GROUPING } from '../../store/grouping';
import { WAYS, type Way } from '../../parts/directions';
import type { Options } from '../view-props';
import type { Grouping } from '../../store/selection';

const WIDTHS = ['now', 'total', 'connections'] as const;
const SHOWS = ['fit', 'shared', 'all'] as const;

/** What the width of a flow says. */
export type Width = (typeof WIDTHS)[number];

/** fit: the most popular, as many as fit; shared: those of several devices; all. */
export type Show = (typeof SHOWS)[number];

export interface FlowSettings {
  readonly by: Grouping;
  readonly width: Width;
  /** Of which direction bytes are told. */
  readonly way: Way;
  readonly show: Show;
  /** As a table instead of a picture. */
  readonly table: boolean;
}

export function readSettings(options: Options): FlowSettings {
  return {
    by: readGrouping(options.by),
    width: readChoice(options.width, WIDTHS),
    way: readChoice(options.way, WAYS),
    show: readChoice(options.show, SHOWS),
    table: options.table === '1',
  };
}

/** What is as it is at first is left out of the URL. */
export function writeSettings({
  by,
  width,
  way,
  show,
  table,
}: FlowSettings): Readonly<Record<keyof FlowSettings, string | null>> {
  return {
    by: by === START_GROUPING ? null : by,
    width: writeChoice(width, WIDTHS),
    way: writeChoice(way, WAYS),
    show: writeChoice(show, SHOWS),
    table: table ? '1' : null,
  };
}
