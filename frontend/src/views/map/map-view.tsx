// SPDX-License-Identifier: MIT
// The map: where in the world the destinations are.

import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import { useSize } from '../../parts/use-size';
import type { ViewProps } from '../view-props';
import { startCamera, zoomAt, type Camera } from './camera';
import { MapControls, Signs, Zoom } from './map-controls';
import { fillSteps, sameSteps } from './base-layer';
import { buildMarks, type Marks } from './marks';
import { readSettings, writeSettings } from './map-settings';
import { MapTable } from './map-table';
import { useAtlas } from './use-atlas';
import { SLOW_EVERY } from '../../feed/pacing';
import { usePaced } from '../../parts/use-paced';
import { World } from './world';

/** From this zoom on the fine map is worth its size on any screen. */
const FINE_ZOOM = 3;
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
  const { t, locale, theme, size, scale, onTarget, options, onOptions } = props;
  const stage = useRef<HTMLDivElement>(null);
  const frame = useSize(stage);
  const settings = useMemo(() => readSettings(options), [options]);
  /** Null: as at first, whatever the size. */
  const [moved, setMoved] = useState<Camera | null>(null);
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const { outlines, middles } = useAtlas(size === 'wall' || (moved?.zoom ?? 1) >= FINE_ZOOM);

  const { selection } = props;
  const marks = useMemo(() => buildMarks(selection.conversations, middles), [selection, middles]);
  const urgent = `${selection.only?.id ?? ''} ${marks.marks.length > 0}`;
  const steps = useFills(marks, urgent);

  const start = useMemo(
    () =>
      startCamera(
        frame,
        scale,
        marks.marks.map(({ longitude, latitude, conversations: weight }) => ({ longitude, latitude, weight })),
      ),
    [frame, scale, urgent],
  );
  const camera = moved ?? start;
  const onCamera = useCallback(
    (next: ((camera: Camera) => Camera) | null): void => setMoved((before) => next && next(before ?? start)),
    [start],
  );
  const onZoom = (factor: number): void =>
    onCamera(
      factor === 0
        ? null
        : (before) => zoomAt(before, factor, { x: frame.width / 2, y: frame.height / 2 }, frame, scale),
    );

  return (
    <section class={`map map-${size}`} aria-label={t('view.map')}>
      <MapControls settings={settings} onSettings={(next) => onOptions(writeSettings(next))} marks={marks} t={t} />
      <div class={settings.table ? 'stage' : 'stage map-stage'} ref={stage}>
        {settings.table ? (
          <MapTable marks={marks} now={selection.now} urgent={urgent} format={format} t={t} onTarget={onTarget} />
        ) : (
          frame.width > 40 && (
            <>
              <World
                {...props}
                selection={selection}
                format={format}
                marks={marks}
                outlines={outlines}
                steps={steps}
                frame={frame}
                camera={camera}
                near={camera.zoom > start.zoom * 1.05}
                labels={settings.labels}
                onCamera={onCamera}
              />
              <Zoom onZoom={onZoom} t={t} />
            </>
          )
        )}
      </div>
      {!settings.table && <Signs t={t} theme={theme} tracks={marks.marks.some((mark) => mark.trackers.length > 0)} />}
    </section>
  );
}
