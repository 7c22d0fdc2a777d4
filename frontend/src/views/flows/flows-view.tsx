// SPDX-License-Identifier: MIT
// The flows: devices at the left, destinations at the right.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import { offerPicture } from '../../parts/picture/snapshot';
import { hasMadeUpNames } from '../../parts/name-checks';
import type { ViewProps } from '../view-props';
import { FlowCanvas } from './flow-canvas';
import { FlowControls } from './flow-controls';
import { buildFlows } from './flows';
import { step, buildScene, type Scene, type SceneNode } from './flow-scene';
import { NewDestinations } from './new-destinations';
import { Rings } from './rings';
import { FlowLegend } from './flow-legend';
import { readSettings, writeSettings, type FlowSettings } from './flow-settings';
import { useSize } from '../../parts/use-size';
import { FlowTable } from './flow-table';

interface SankeyProps extends ViewProps {
  readonly settings: FlowSettings;
  readonly onSettings: (settings: FlowSettings) => void;
}

const ARROWS: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];
/** How near a pointer has to come, in CSS pixels: a finger is less exact than a mouse. */
const REACH = { mouse: 8, finger: 20 } as const;

function Canvas(props: SankeyProps & { readonly scene: Scene }) {
  const { scene, theme, scale, paused, reducedMotion, t, onTarget } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const flowCanvas = useRef<FlowCanvas | null>(null);
  const motion = useRef<HTMLDivElement>(null);
  const rings = useRef<Rings | null>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const focus = scene.nodes.find((node) => node.key === focused) ?? null;

  useEffect(() => {
    if (!canvas.current) return undefined;
    const made = new FlowCanvas(canvas.current);
    flowCanvas.current = made;
    if (motion.current) rings.current = new Rings(motion.current);
    const end = offerPicture(() => made.snapshot());
    return () => {
      end();
      made.close();
    };
  }, []);
  useEffect(() => {
    flowCanvas.current?.show({
      scene,
      theme,
      scale,
      still: paused || reducedMotion,
      hovered,
      focused: focus?.key ?? null,
    });
    for (const layer of [canvas.current, motion.current]) if (layer) layer.style.height = `${scene.height}px`;
    rings.current?.follow(scene.nodes, paused || reducedMotion);
  }, [scene, theme, scale, paused, reducedMotion, hovered, focus?.key]);

  const at = (event: PointerEvent | MouseEvent, reach: number) => {
    const box = canvas.current?.getBoundingClientRect();
    return box
      ? (flowCanvas.current?.at(event.clientX - box.left, event.clientY - box.top, reach)?.scene ?? null)
      : null;
  };
  const pick = (node: SceneNode | null): void => {
    if (node?.target) onTarget(node.picked ? null : node.target);
    else if (node) props.onSettings({ ...props.settings, show: 'all' });
  };
  const press = (event: KeyboardEvent): void => {
    if (ARROWS.includes(event.key)) setFocused(step(scene, focused, event.key)?.key ?? null);
    else if (event.key === 'Enter' || event.key === ' ') pick(focus);
    else if (event.key === 'Escape') onTarget(null);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <canvas
        ref={canvas}
        class={hovered === null ? 'picture' : 'picture pointing'}
        tabIndex={0}
        role="application"
        aria-label={t('flows.picture', { n: scene.choice.total })}
        aria-describedby="flows-help"
        onPointerMove={(event) => {
          if (event.pointerType === 'mouse') setHovered(at(event, REACH.mouse)?.key ?? null);
        }}
        onPointerLeave={() => setHovered(null)}
        onClick={(event) => {
          const finger = matchMedia('(pointer: coarse)').matches;
          const found = at(event, finger ? REACH.finger : REACH.mouse);
          if (!found) onTarget(null);
          else if ('side' in found) pick(found);
          else onTarget(found.picked ? null : found.target);
        }}
        onKeyDown={press}
        onBlur={() => setFocused(null)}
      />
      <div ref={motion} class="flows-motion" aria-hidden="true" />
      <p id="flows-help" class="visually-hidden">
        {t('flows.keys')}
      </p>
      <p class="visually-hidden" role="status">
        {focus ? `${focus.label}, ${focus.sub.join(', ')}` : ''}
      </p>
    </>
  );
}

export default function FlowsView(props: ViewProps) {
  const { options, onOptions } = props;
  const settings = useMemo(() => readSettings(options), [options]);
  return <Flows {...props} settings={settings} onSettings={(next) => onOptions(writeSettings(next))} />;
}

function Flows(props: SankeyProps) {
  const { settings, onSettings, target, t, locale, size, scale } = props;
  const { selection } = props;
  const stage = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(stage);
  const before = useRef<ReadonlySet<string>>(new Set());
  const [newDestinations] = useState(() => new NewDestinations());
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const flows = useMemo(() => buildFlows(selection, settings.by), [selection, settings.by]);
  const fresh = useMemo(() => newDestinations.follow(selection, settings.by, flows.destinations), [selection, flows]);
  const scene = useMemo(() => {
    if (width < 40 || settings.table) return null;
    // A page that scrolls gives no height of its own.
    const room = size === 'phone' ? window.innerHeight * 0.8 : height;
    const frame = { width, height: Math.max(room, 240), scale, narrow: width < 620 * scale };
    return buildScene(
      selection,
      flows,
      { settings, target, frame, before: before.current, newDestinations: fresh },
      { t, format },
    );
  }, [selection, flows, fresh, settings, target, width, height, size, scale, t, format]);
  if (scene) before.current = scene.choice.shown;

  // On a phone the details cover the lower half: what was picked goes into the upper one.
  const picked =
    scene?.nodes.find((node) => node.picked) ??
    scene?.nodes.find((node) => scene.links.some((link) => link.picked && link.to === node.key));
  useEffect(() => {
    if (size !== 'phone' || !picked || !stage.current) return;
    const top = stage.current.getBoundingClientRect().top + window.scrollY + picked.y;
    window.scrollTo({ top: top - window.innerHeight * 0.25, behavior: props.reducedMotion ? 'auto' : 'smooth' });
  }, [size, picked?.key]);

  return (
    <section class={`flows flows-${size}`} aria-label={t('view.flows')}>
      <FlowControls settings={settings} onSettings={onSettings} choice={scene?.choice ?? null} size={size} t={t} />
      <div class="stage" ref={stage}>
        {settings.table && (
          <FlowTable {...props} selection={selection} flows={flows} newDestinations={fresh} format={format} />
        )}
        {scene && <Canvas {...props} scene={scene} />}
      </div>
      {scene && (
        <FlowLegend
          {...props}
          quiet={scene.quiet}
          tracks={scene.nodes.some((node) => node.tracks !== 'none')}
          madeUp={hasMadeUpNames(selection.devices)}
        />
      )}
    </section>
  );
}
