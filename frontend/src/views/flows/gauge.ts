// SPDX-License-Identifier: MIT
// How much room what is drawn takes. Pure.

export interface Frame {
  readonly width: number;
  /** Height to fill; more is taken where nodes need it. */
  readonly height: number;
  readonly scale: number;
  readonly narrow: boolean;
  /** Of a name that is read from the last row, in CSS pixels: then no more than names is written. Null: as on a page. */
  readonly afar: number | null;
}

/** The size of the letters of a name on a page, in CSS pixels at scale 1. */
const NAME_SIZE = 14.5;
/** Of what is read from afar no more is taken in: companies with names of their own, and one for all others. */
const MOST_AFAR = 9;

/** Room for words beside the nodes; 0 where they lie on the flows. */
export interface Margins {
  readonly left: number;
  readonly right: number;
}

export interface Gauge {
  /** Height that a node needs with its words, and where more are wanted than the height is for. */
  readonly pitch: number;
  readonly roomy: number;
  readonly gap: number;
  /** At least this share of the height is for the flows. */
  readonly least: number;
  /** At most so many destinations. */
  readonly most: number;
  /** The size of the letters of a name. */
  readonly letters: number;
  readonly nodeWidth: number;
  readonly margins: Margins;
  readonly top: number;
}

/** Name below name, with as much of the width as they need. letters: their size. */
function gaugeAfar(letters: number, { scale, width }: Frame): Gauge {
  const pitch = 1.07 * letters;
  const [left, right] = [width * 0.315, width * 0.27];
  return {
    ...{ pitch, roomy: pitch, gap: 1.02 * letters, least: 0.12, most: MOST_AFAR, letters },
    ...{ nodeWidth: Math.round(9 * scale), margins: { left, right }, top: 0.56 * letters },
  };
}

export function gauge(frame: Frame): Gauge {
  const { scale, narrow, width, afar } = frame;
  if (afar !== null) return gaugeAfar(afar, frame);
  const pitch = (narrow ? 34 : 27) * scale;
  return {
    pitch,
    roomy: pitch * (narrow ? 1.25 : 1),
    gap: pitch * (narrow ? 0.95 : 0.78),
    least: 0.33,
    most: Infinity,
    letters: NAME_SIZE * scale,
    nodeWidth: Math.round((narrow ? 7 : 9) * scale),
    margins: narrow
      ? { left: 0, right: 0 }
      : { left: Math.min(width * 0.2, 215 * scale), right: Math.min(width * 0.27, 300 * scale) },
    top: 16 * scale,
  };
}
