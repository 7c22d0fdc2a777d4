// SPDX-License-Identifier: MIT
// The last two minutes of a device: what came in stands above the line, what went out hangs below. The numbers are beside it.

import { history } from './rate-history';

const WIDTH = 240;

export function Sparkline({ device, height }: { readonly device: number; readonly height: number }) {
  const { up, down } = history.past(device);
  const most = Math.max(highest(up), highest(down));
  const half = height / 2;
  // before it nobody looked, or not all the time
  let seen = down.length;
  while (seen > 0 && !Number.isNaN(down[seen - 1])) seen -= 1;
  const from = Math.round((Math.min(seen, down.length - 1) * WIDTH) / (down.length - 1));
  return (
    <svg class="spark" viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="spark-down" d={areaPath(down, most, WIDTH, half - 1)} />
      <path class="spark-up" transform={`translate(0 ${half + 1})`} d={areaPath(up, most, WIDTH, half - 1, true)} />
      <path class="spark-line spark-unseen" d={`M0 ${half}H${from}`} />
      <path class="spark-line" d={`M${from} ${half}H${WIDTH}`} />
    </svg>
  );
}

/** So many bytes a second fill the height at least: what is next to nothing looks like it. */
export const FLOOR = 20_000;

export function highest(samples: Float32Array): number {
  let most = FLOOR;
  for (const sample of samples) if (sample > most) most = sample;
  return most;
}

/**
 * An SVG path within width x height, closed along its foot; up: it hangs from the top instead. One area for each stretch
 * that was seen; an empty text when there was none.
 */
export function areaPath(samples: Float32Array, most: number, width: number, height: number, up = false): string {
  const step = width / Math.max(1, samples.length - 1);
  const foot = up ? 0 : height;
  const y = (sample: number): number => (up ? 1 : -1) * Math.min(1, sample / most) * height + foot;
  const round = (value: number): number => Math.round(value * 10) / 10;
  const parts: string[] = [];
  let open = false;
  samples.forEach((sample, i) => {
    const x = round(i * step);
    if (Number.isNaN(sample)) {
      if (open) parts.push(`V${foot}Z`);
      open = false;
      return;
    }
    parts.push(open ? `L${x} ${round(y(sample))}` : `M${x} ${foot}V${round(y(sample))}`);
    open = true;
  });
  if (open) parts.push(`V${foot}Z`);
  return parts.join('');
}
