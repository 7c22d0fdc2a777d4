// SPDX-License-Identifier: MIT
// The bars as a picture to keep.

import type { Format } from '../../i18n/format';
import type { Snapshot } from '../../parts/picture/snapshot';
import { trackerKey } from '../../parts/badges';
import { heat } from '../../store/freshness';
import { purposeColour } from '../../parts/purpose-colour';
import { readStyle } from '../../parts/read-style';
import { fitText } from '../../parts/fit-text';
import type { ViewProps } from '../view-props';
import { muchOf, purposeOfBar, type Bar } from './domain-bars';
import type { Measure } from './domain-settings';

export interface BarLine {
  readonly name: string;
  /** What is said beside the name. */
  readonly remark: string;
  readonly tracks: boolean;
  /** Of the longest bar. */
  readonly part: number;
  readonly colour: string;
  readonly much: string;
  readonly age: string;
}

interface Words extends Pick<ViewProps, 'selection' | 't' | 'theme'> {
  readonly format: Format;
  readonly by: Measure;
  readonly longest: number;
}

export function barLines(bars: readonly Bar[], { selection, t, theme, format, by, longest }: Words): BarLine[] {
  return bars.map((bar) => {
    const much = muchOf(bar, by);
    const age = selection.now - bar.asked;
    const tracks = bar.tracking !== 'none';
    const company = bar.company && bar.company.name !== bar.key ? bar.company.name : '';
    return {
      name: bar.key,
      remark: [company, bar.tracking === 'none' ? '' : t(trackerKey(bar.tracking))]
        .filter((part) => part !== '')
        .join(' · '),
      tracks,
      part: Math.min(1, much / longest),
      colour: purposeColour(purposeOfBar(bar, null), heat(age), theme),
      much: t(by === 'times' ? 'domains.times' : 'flows.sharedBy', { n: much }),
      age: format.age(age),
    };
  });
}

/** Sharp on paper too. */
const RATIO = 2;
/** CSS pixels. */
const WIDTH = 1000;
const ROW = 28;
const EDGE = 16;
const BAR = { left: 470, right: 740, height: 12 };
const MUCH = { left: 752, right: 868 };

/** Null when there is nothing to draw. */
export function paintBars(lines: readonly BarLine[], element: HTMLElement | null): Snapshot | null {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context || !element || lines.length === 0) return null;
  const { font, colours } = readStyle(element);
  const height = lines.length * ROW + EDGE;
  canvas.width = WIDTH * RATIO;
  canvas.height = height * RATIO;
  context.scale(RATIO, RATIO);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, WIDTH, height);
  context.textBaseline = 'middle';
  const write = (text: string, weight: number, size: number, colour: string, left: number, room: number): number => {
    const face = `${weight} ${size}px ${font}`;
    const fitted = fitText(context, face, text, room);
    context.font = face;
    context.fillStyle = colour;
    context.fillText(fitted.text, left, 0);
    return left + fitted.width;
  };
  for (const [i, line] of lines.entries()) {
    context.save();
    context.translate(0, i * ROW + ROW / 2);
    const end = write(line.name, 600, 14, colours.text, EDGE, BAR.left - 2 * EDGE);
    write(
      line.remark,
      400,
      12,
      line.tracks ? colours.tracker : colours.muted,
      end + 8,
      Math.max(0, BAR.left - EDGE - end - 8),
    );
    context.fillStyle = line.colour;
    context.fillRect(BAR.left, -BAR.height / 2, Math.max(2, (BAR.right - BAR.left) * line.part), BAR.height);
    write(line.much, 400, 13, colours.text, MUCH.left, MUCH.right - MUCH.left);
    write(line.age, 400, 13, colours.muted, MUCH.right, WIDTH - EDGE - MUCH.right);
    context.restore();
  }
  return { canvas, ratio: RATIO, font, ground: colours.ground, text: colours.text, muted: colours.muted };
}
