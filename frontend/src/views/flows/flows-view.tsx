// SPDX-License-Identifier: MIT
// The flows: devices at the left, destinations at the right.

import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { formatter, type Format } from '../../i18n/format';
import { useSpoken } from '../../parts/finding/use-spoken';
import { hasMadeUpNames } from '../../parts/name-checks';
import { useDrawnHere } from '../../parts/picture/beside';
import type { ViewProps } from '../view-props';
import { Arrangement } from './arrangement';
import { FlowControls } from './flow-controls';
import { buildFlows, tellsDirections, type Flows } from './flows';
import { FlowPicture } from './flow-picture';
import { buildScene, type Scene } from './flow-scene';
import { newGroups } from '../../store/session';
import { FlowLegend } from './flow-legend';
import { readSettings, writeSettings, type FlowSettings } from './flow-settings';
import { useSize, type Size } from '../../parts/use-size';
import { FlowTable } from './flow-table';
import { useHeld } from './use-held';

interface FlowsProps extends ViewProps {
  readonly settings: FlowSettings;
  readonly onSettings: (settings: FlowSettings) => void;
}

/** The picture of the view that is open, at its size and with its words; keeps what was drawn before. */
function useScene(props: FlowsProps, { width, height }: Size, isHeld: () => boolean): Seen {
  const { selection, settings, target, t, locale, size, scale, paused, afar } = props;
  const before = useRef<ReadonlySet<string>>(new Set());
  const arrangement = useRef(new Arrangement());
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const { by } = settings;
  const isSpoken = useSpoken();
  const flows = useMemo(() => buildFlows(selection, by, isSpoken), [selection, by, isSpoken]);
  const newDestinations = useMemo(() => newGroups(selection.allGroups(by), selection), [selection, by]);
  const scene = useMemo(() => {
    if (width < 40 || settings.table) return null;
    // A page that scrolls gives no height of its own.
    const room = size === 'phone' ? window.innerHeight * 0.8 : height;
    const frame = { width, height: Math.max(room, 240), scale, narrow: afar === null && width < 620 * scale, afar };
    const free = !paused && !target && !isHeld();
    // by the viewer's own clock: a recording goes as fast as one likes, and to and fro
    const standing = arrangement.current.next(`${settings.by}/${selection.only?.id}`, performance.now(), free);
    const wish = { settings, target, frame, before: before.current, standing, newDestinations };
    return buildScene(selection, flows, wish, { t, format });
  }, [
    selection,
    flows,
    newDestinations,
    settings,
    target,
    width,
    height,
    size,
    scale,
    afar,
    paused,
    isHeld,
    t,
    format,
  ]);
  if (scene) {
    before.current = scene.choice.shown;
    arrangement.current.drawn(scene.order);
  }
  return { flows, newDestinations, scene, format };
}

interface Seen {
  readonly flows: Flows;
  readonly newDestinations: ReadonlySet<string>;
  /** Null while there is no picture. */
  readonly scene: Scene | null;
  readonly format: Format;
}

/** On a phone the details cover the lower half: what was picked goes into the upper one. */
function useInSight(stage: RefObject<HTMLElement>, scene: Scene | null, props: FlowsProps): void {
  const { size, reducedMotion } = props;
  const picked =
    scene?.nodes.find((node) => node.picked) ??
    scene?.nodes.find((node) => scene.links.some((link) => link.picked && link.to === node.key));
  const key = picked?.key;
  // once for each that is picked, and not again when it glides
  const y = useRef(0);
  y.current = picked?.y ?? 0;
  const behavior = useRef<ScrollBehavior>('auto');
  behavior.current = reducedMotion ? 'auto' : 'smooth';
  useEffect(() => {
    if (size !== 'phone' || key === undefined || !stage.current) return;
    const top = stage.current.getBoundingClientRect().top + window.scrollY + y.current;
    window.scrollTo({ top: top - window.innerHeight * 0.25, behavior: behavior.current });
  }, [size, key, stage]);
}

export default function FlowsView(props: ViewProps) {
  const { options, onOptions } = props;
  const settings = useMemo(() => readSettings(options), [options]);
  return <Shown {...props} settings={settings} onSettings={(next) => onOptions(writeSettings(next))} />;
}

function Shown(props: FlowsProps) {
  const { settings, onSettings, selection, t, size, wall } = props;
  const stage = useRef<HTMLDivElement>(null);
  const drawn = useDrawnHere();
  const { scene, ...rest } = useScene(props, useSize(stage), useHeld(stage, wall));
  useInSight(stage, scene, props);
  return (
    <section class={`flows flows-${size}`} aria-label={t('view.flows')}>
      <FlowControls settings={settings} onSettings={onSettings} choice={scene?.choice ?? null} size={size} t={t} />
      <div class="stage" ref={stage}>
        {settings.table && <FlowTable {...props} {...rest} />}
        {scene && (
          <FlowPicture key={drawn} {...props} scene={scene} onAll={() => onSettings({ ...settings, show: 'all' })} />
        )}
      </div>
      {scene && (
        <FlowLegend
          {...props}
          quiet={scene.quiet}
          unselected={scene.unselected}
          mine={selection.me !== null}
          directed={tellsDirections(settings)}
          madeUp={hasMadeUpNames(selection.devices)}
        />
      )}
    </section>
  );
}
