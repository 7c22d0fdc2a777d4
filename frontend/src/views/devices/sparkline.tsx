// SPDX-License-Identifier: MIT
// The last two minutes of a device: what came in stands above the line, what went out hangs below. The numbers are beside it.

import { history } from './history';
import { areaPath, highest } from './spark';

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
