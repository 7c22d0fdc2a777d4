// SPDX-License-Identifier: MIT
// The small pictures of the views. They say nothing that the view does not say, so they are hidden from screen readers.

import { useMemo } from 'preact/hooks';
import { ellipsis, lettersOf, printable } from '../../parts/characters';
import { freshnessColour, freshnessEdge, strongColour } from '../../parts/freshness-colour';
import type { ViewProps } from '../view-props';
import { COLUMNS, landDots, ROWS } from './world-dots';
import { deviceBars, domainBars, dots, ribbons, type Bar, type Ribbon } from './miniature';

export type PictureProps = Pick<ViewProps, 'selection' | 'theme' | 't' | 'locale'>;

const WIDTH = 288;
const HEIGHT = 128;
const FLOWS = 7;
const BARS = 5;
const WIDEST = 9;

function Frame({
  children,
  box = `0 0 ${WIDTH} ${HEIGHT}`,
}: {
  readonly children: preact.ComponentChildren;
  readonly box?: string;
}) {
  return (
    <svg class="mini" viewBox={box} preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      {children}
    </svg>
  );
}

/** As in the large picture: pale with an edge that is seen, and what is sent is the strong upper part. */
function MiniFlow({ from, to, weight, sent, heat, theme }: Ribbon & Pick<PictureProps, 'theme'>) {
  const width = 1 + WIDEST * weight;
  const part = sent > 0 ? Math.max(1, width * sent) : 0;
  const path = (down: number): string => {
    const [start, end] = [(from * HEIGHT + down).toFixed(1), (to * HEIGHT + down).toFixed(1)];
    return `M8 ${start}C${WIDTH / 2} ${start} ${WIDTH / 2} ${end} ${WIDTH - 8} ${end}`;
  };
  return (
    <>
      <path
        d={path(0)}
        fill="none"
        stroke={freshnessColour(heat, theme)}
        stroke-width={width.toFixed(1)}
        stroke-opacity="0.5"
        stroke-linecap="round"
      />
      <path d={path(-width / 2) + path(width / 2)} fill="none" stroke={freshnessEdge(heat, theme)} />
      {part > 0 && (
        <path
          d={path((part - width) / 2)}
          fill="none"
          stroke={strongColour(heat, theme)}
          stroke-width={part.toFixed(1)}
          stroke-linecap="round"
        />
      )}
    </>
  );
}

export function MiniFlows({ selection, theme }: PictureProps) {
  const drawn = ribbons(selection.conversations, selection.now, FLOWS);
  return (
    <Frame>
      {drawn.map((ribbon) => (
        <MiniFlow key={`${ribbon.from} ${ribbon.to}`} {...ribbon} theme={theme} />
      ))}
    </Frame>
  );
}

export function MiniMap({ selection, theme }: PictureProps) {
  const land = useMemo(
    () =>
      landDots()
        .map(([x, y]) => `M${x + 0.5} ${y + 0.5}h0`)
        .join(''),
    [],
  );
  return (
    <Frame box={`0 0 ${COLUMNS} ${ROWS.length}`}>
      <path d={land} class="mini-land" />
      {dots(selection.conversations, selection.now).map(({ x, y, heat }) => (
        <circle
          key={`${x} ${y}`}
          cx={x.toFixed(2)}
          cy={y.toFixed(2)}
          r={(0.8 + 0.6 * heat).toFixed(2)}
          fill={freshnessColour(heat, theme)}
          stroke={freshnessEdge(heat, theme)}
          stroke-width="0.3"
        />
      ))}
    </Frame>
  );
}

const PITCH = HEIGHT / BARS;
const LETTERS = 22;

function shortened(label: string): string {
  const letters = lettersOf(printable(label));
  return letters.length > LETTERS ? letters.slice(0, LETTERS - 1).join('') + ellipsis(label) : letters.join('');
}

function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  return (
    <Frame>
      {bars.map(({ label, share }, i) => (
        <g key={label}>
          <rect
            class="mini-track"
            x="0"
            y={(i * PITCH + 3).toFixed(1)}
            width={WIDTH}
            height={(PITCH - 6).toFixed(1)}
            rx="4"
          />
          <rect
            class="mini-bar"
            x="0"
            y={(i * PITCH + 3).toFixed(1)}
            width={(6 + share * (WIDTH - 6)).toFixed(1)}
            height={(PITCH - 6).toFixed(1)}
            rx="4"
          />
          <text class="mini-text" x="10" y={(i * PITCH + PITCH / 2 + 4.5).toFixed(1)}>
            {shortened(label)}
          </text>
        </g>
      ))}
    </Frame>
  );
}

export function MiniDomains({ selection }: PictureProps) {
  return <Bars bars={domainBars(selection.lookups, BARS)} />;
}

export function MiniDevices({ selection }: PictureProps) {
  return <Bars bars={deviceBars(selection.devices, BARS)} />;
}

export function MiniConnections({ selection, t, locale }: PictureProps) {
  const { site } = selection;
  // without those that the views leave out
  const count = site
    ? Math.max(0, site.connections - site.hiddenRouter - site.hiddenDns - site.hiddenHome - site.hiddenIgnored)
    : 0;
  return (
    <Frame>
      <text class="mini-count" x={WIDTH / 2} y={HEIGHT / 2 + 14} text-anchor="middle">
        {new Intl.NumberFormat(locale).format(count)}
      </text>
      <text class="mini-text mini-under" x={WIDTH / 2} y={HEIGHT / 2 + 40} text-anchor="middle">
        {t('landing.count', { n: count })}
      </text>
    </Frame>
  );
}

/** A screen, and people before it. */
export function MiniWall() {
  return (
    <Frame>
      <rect class="mini-screen" x="54" y="8" width="180" height="82" rx="7" />
      {[0, 1, 2, 3, 4, 5, 6].map((seat) => (
        <g key={seat} class="mini-people">
          <circle cx={54 + seat * 30} cy="108" r="7" />
          <path d={`M${40 + seat * 30} 132a14 14 0 0 1 28 0z`} />
        </g>
      ))}
    </Frame>
  );
}
