// SPDX-License-Identifier: MIT
// The past of a device as the outline of an area. Pure.

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
