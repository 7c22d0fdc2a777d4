// SPDX-License-Identifier: MIT
// The map: where in the world the destinations are.

import { useMemo, useRef } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import { useDrawnHere } from '../../parts/picture/beside';
import { useSize } from '../../parts/use-size';
import { useSpoken } from '../../parts/finding/use-spoken';
import type { ViewProps } from '../view-props';
import { MapControls, Signs, Zoom } from './map-controls';
import { fillSteps, sameSteps } from './base-layer';
import { homeOf } from './home-place';
import { buildMarks, type Marks } from './marks';
import { readSettings, writeSettings } from './map-settings';
import { MapTable } from './map-table';
import { useAtlas } from './use-atlas';
import { useCamera, useMoved, useStart } from './use-camera';
import { SLOW_EVERY } from '../../feed/pacing';
import { usePaced } from '../../parts/use-paced';
import { World } from './world';

/** From this zoom on the fine map is worth its size on any screen. */
const FINE_ZOOM = 3;

/** How strongly countries are filled. */
function useFills(marks: Marks, urgent: unknown): ReadonlyMap<string, number> {
  const held = useRef<ReadonlyMap<string, number>>(new Map());
  const paced = usePaced(marks, SLOW_EVERY, urgent);
  return useMemo(() => {
    const next = fillSteps(paced.countries, paced.placed, held.current);
    if (!sameSteps(next, held.current)) held.current = next;
    return held.current;
  }, [paced]);
}

export default function MapView(props: ViewProps) {
  const { t, locale, theme, size, scale, onTarget, options, onOptions, selection, kind, find, wall } = props;
  const stage = useRef<HTMLDivElement>(null);
  const frame = useSize(stage);
  const drawn = useDrawnHere();
  const settings = useMemo(() => readSettings(options), [options]);
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const chosen = `${selection.only?.id ?? ''} ${kind} ${find}`;
  const moved = useMoved(props, chosen);
  const { outlines, middles } = useAtlas(size === 'wall' || (moved[0]?.camera.zoom ?? 1) >= FINE_ZOOM);
  const isSpoken = useSpoken();
  const marks = useMemo(() => buildMarks(selection.conversations, middles, isSpoken), [selection, middles, isSpoken]);
  const zone = useMemo(() => Intl.DateTimeFormat().resolvedOptions().timeZone, []);
  const guess = useMemo(() => homeOf(null, zone), [zone]);
  const home = useMemo(() => homeOf(settings.home, zone), [settings.home, zone]);
  const points = useMemo(() => (home ? [...marks.marks, home] : marks.marks), [home, marks]);
  const urgent = `${chosen} ${marks.marks.length > 0}`;
  const steps = useFills(marks, urgent);
  const start = useStart(frame, scale, points, `${urgent} ${home?.country ?? ''}`);
  const { onZoom, ...looking } = useCamera(moved, chosen, start, points, frame, scale);
  const { table, labels, way } = settings;
  return (
    <section class={`map map-${size}`} aria-label={t('view.map')}>
      <MapControls
        {...{ settings, marks, guess, format, t, locale, onTarget, wall, size }}
        onSettings={(next) => onOptions(writeSettings(next))}
      />
      <div class={table ? 'stage' : 'stage map-stage'} ref={stage}>
        {table && <MapTable {...{ marks, urgent, way, format, t, onTarget }} now={selection.now} />}
        {!table && frame.width > 40 && (
          <>
            <World
              key={drawn}
              {...props}
              {...looking}
              {...{ format, marks, home, outlines, steps, frame, labels, way }}
            />
            <Zoom onZoom={onZoom} t={t} />
          </>
        )}
      </div>
      {!table && <Signs {...{ t, theme, way }} lines={home !== null} />}
    </section>
  );
}
