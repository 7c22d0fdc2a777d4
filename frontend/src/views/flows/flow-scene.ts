// SPDX-License-Identifier: MIT
// What is to be drawn: nodes and flows with their places, words and freshness. Pure.

import type { Format } from '../../i18n/format';
import type { Translate } from '../../i18n';
import { heat, presence } from '../../store/freshness';
import { groupLabel } from '../../store/grouping';
import type { Device } from '../../store/rows';
import { ago } from '../../parts/text';
import { sameTarget, type Selection, type Target } from '../../store/selection';
import { choose, type Choice } from './choose';
import { addAmounts, amount, type Amounts, type Flows } from './flows';
import { layOut, weights, type LinkInput, type NodeInput } from './layout';
import type { FlowSettings } from './flow-settings';

/** Hot within 10 s. */
export const HOT = 10_000;
/** The key of the node that stands for all that has no node of its own. */
export const OTHER = '~other';

export interface Frame {
  readonly width: number;
  /** Height to fill; more is taken where nodes need it. */
  readonly height: number;
  readonly scale: number;
  readonly narrow: boolean;
}

/** Room for words beside the nodes; 0 where they lie on the flows. */
export interface Margins {
  readonly left: number;
  readonly right: number;
}

interface Shown {
  readonly key: string;
  readonly heat: number;
  readonly presence: number;
  readonly picked: boolean;
}

export interface SceneNode extends Shown {
  readonly side: 'device' | 'destination';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** More about it, the most important first: as many as fit are written. */
  readonly sub: readonly string[];
  /** This viewer's own device. */
  readonly me: boolean;
  /** How many devices have this destination. */
  readonly sharedBy: number;
  /** Whether it is for advertising or measures people: all of it, some of it, or none. */
  readonly tracks: 'all' | 'some' | 'none';
  /** Nobody here had it before in this session. */
  readonly isNew: boolean;
  /** Null for "other". */
  readonly target: Target | null;
}

export interface SceneLink extends Shown {
  readonly from: string;
  readonly to: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly width: number;
  readonly target: Target | null;
}

export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly links: readonly SceneLink[];
  readonly width: number;
  readonly height: number;
  readonly margins: Margins;
  readonly choice: Choice;
  /** Devices without anything to show now. */
  readonly quiet: readonly Device[];
}

export interface Words {
  readonly t: Translate;
  readonly format: Format;
}

/** The flows into nodes that are not drawn, put together: one for each device. */
function foldOthers(flows: Flows, shown: ReadonlySet<string>): Map<string, Amounts & { device: Device; key: string }> {
  const folded = new Map<string, Amounts & { device: Device; key: string }>();
  for (const flow of flows.flows) {
    const key = shown.has(flow.key) ? flow.key : OTHER;
    const id = `${flow.device.id}/${key}`;
    const sum = folded.get(id);
    if (sum) addAmounts(sum, flow);
    else folded.set(id, { ...flow, key });
  }
  return folded;
}

interface Gauge {
  /** Height that a node needs with its words. */
  readonly pitch: number;
  readonly nodeWidth: number;
  readonly margins: Margins;
  readonly top: number;
}

function gauge(frame: Frame): Gauge {
  const { scale, narrow, width } = frame;
  return {
    pitch: (narrow ? 34 : 27) * scale,
    nodeWidth: Math.round((narrow ? 7 : 9) * scale),
    margins: narrow
      ? { left: 0, right: 0 }
      : { left: Math.min(width * 0.2, 215 * scale), right: Math.min(width * 0.27, 300 * scale) },
    top: 16 * scale,
  };
}

export interface Wish {
  readonly settings: FlowSettings;
  readonly target: Target | null;
  readonly frame: Frame;
  /** The destinations of the last scene that had nodes of their own. */
  readonly before: ReadonlySet<string>;
  readonly newDestinations: ReadonlySet<string>;
}

export function buildScene(selection: Selection, flows: Flows, wish: Wish, words: Words): Scene {
  const { settings, target, frame, before, newDestinations } = wish;
  const { t, format } = words;
  const { now } = selection;
  const { pitch, nodeWidth, margins, top } = gauge(frame);
  const fits = Math.max(6, Math.floor((frame.height - 2 * top) / pitch));
  const room = settings.show === 'all' ? 200 : fits;
  const choice = choose(flows.destinations.values(), settings.show, room, before);

  const label = (key: string): string =>
    key === OTHER ? t('flows.other', { n: choice.others }) : groupLabel(key, settings.by, t, format.country);
  const devices = [...flows.devices.values()].sort((a, b) => a.device.id - b.device.id);
  const keys = [...choice.shown]
    .map((key) => ({ key, label: label(key) }))
    .sort((a, b) => a.label.localeCompare(b.label) || (a.key < b.key ? -1 : 1));
  if (choice.others > 0) keys.push({ key: OTHER, label: label(OTHER) });

  const folded = foldOthers(flows, choice.shown);
  const inputs: NodeInput[] = [
    ...devices.map(({ device }): NodeInput => ({ key: `d${device.id}`, side: 'device' })),
    ...keys.map(({ key }): NodeInput => ({ key: `g${key}`, side: 'destination' })),
  ];
  const drawn: { flow: Amounts & { device: Device; key: string }; from: number; to: number }[] = [];
  devices.forEach(({ device }, from) => {
    keys.forEach(({ key }, to) => {
      const flow = folded.get(`${device.id}/${key}`);
      if (flow) drawn.push({ flow, from, to: devices.length + to });
    });
  });
  const heavy = weights(drawn.map(({ flow }) => amount(flow, settings.width)));
  const links = drawn.map(({ from, to, flow }, i): LinkInput => ({
    key: `${flow.device.id}/${flow.key}`,
    from,
    to,
    weight: heavy[i] ?? 1,
  }));

  const most = Math.max(devices.length, keys.length);
  const height = Math.max(frame.height, most * pitch * (frame.narrow ? 1.25 : 1) + 2 * top);
  const layout = layOut(inputs, links, {
    left: margins.left,
    right: frame.width - margins.right,
    top,
    bottom: height - top,
    nodeWidth,
    gap: pitch * (frame.narrow ? 0.95 : 0.78),
    widest: 56 * frame.scale,
  });

  const describe = (amounts: Amounts, sharedBy: number, extra: string): string[] => {
    const age = now - amounts.active;
    // Who sends now has no age worth telling.
    const rate = age < 5000 ? format.rate(amounts.now) : '';
    const lately = amounts.gone !== null ? t('flows.ended') : rate === '' ? ago(age, { t, format }) : rate;
    const parts = [extra, sharedBy > 1 ? t('flows.sharedBy', { n: sharedBy }) : '', lately];
    return parts.filter((part) => part !== '');
  };

  const nodes = inputs.map((input, i): SceneNode => {
    const box = layout.boxes[i] ?? { x: 0, y: 0, width: 0, height: 0 };
    if (input.side === 'device') {
      const own = devices[i];
      const device = own?.device;
      const amounts = own ?? { now: 0, total: 0, connections: 0, active: now, gone: null };
      const picked: Target = { kind: 'device', device: device?.id ?? 0 };
      const me = device !== undefined && device === selection.me;
      return {
        ...box,
        key: input.key,
        side: 'device',
        label: device?.alias ?? '',
        sub: describe(amounts, 0, me ? t('device.you') : ''),
        heat: heat(now - amounts.active, HOT),
        presence: presence(amounts.gone, now),
        picked: sameTarget(target, picked),
        me,
        sharedBy: 0,
        tracks: 'none',
        isNew: false,
        target: picked,
      };
    }
    const { key, label: name } = keys[i - devices.length] ?? { key: '', label: '' };
    const destination = flows.destinations.get(key);
    const amounts: Amounts = destination ?? { now: 0, total: 0, connections: 0, active: -Infinity, gone: null };
    if (!destination) for (const { flow } of drawn) if (flow.key === key) addAmounts(amounts, flow);
    const picked: Target | null = key === OTHER ? null : { kind: 'group', by: settings.by, key };
    const sharedBy = destination?.devices.size ?? 0;
    const isNew = newDestinations.has(key);
    return {
      ...box,
      key: input.key,
      side: 'destination',
      label: name,
      sub: describe(amounts, sharedBy, isNew ? t('flows.new') : ''),
      heat: heat(now - amounts.active, HOT),
      presence: presence(amounts.gone, now),
      picked: picked !== null && sameTarget(target, picked),
      me: false,
      sharedBy,
      tracks:
        !destination || destination.tracking === 0
          ? 'none'
          : destination.tracking === destination.talks
            ? 'all'
            : 'some',
      isNew,
      target: picked,
    };
  });

  return {
    nodes,
    links: drawn.map(({ flow, from, to }, i): SceneLink => {
      const ribbon = layout.ribbons[i] ?? { x0: 0, y0: 0, x1: 0, y1: 0, width: 1 };
      const picked: Target | null =
        flow.key === OTHER ? null : { kind: 'link', device: flow.device.id, by: settings.by, key: flow.key };
      return {
        ...ribbon,
        key: `${flow.device.id}/${flow.key}`,
        from: inputs[from]?.key ?? '',
        to: inputs[to]?.key ?? '',
        heat: heat(now - flow.active, HOT),
        presence: presence(flow.gone, now),
        picked: picked !== null && sameTarget(target, picked),
        target: picked,
      };
    }),
    width: frame.width,
    height,
    margins,
    choice,
    quiet: selection.only
      ? []
      : selection.devices.filter((device) => device.gone === null && !device.self && !flows.devices.has(device.id)),
  };
}

export function step(scene: Scene, focused: string | null, key: string): SceneNode | null {
  const current = scene.nodes.find((node) => node.key === focused);
  if (!current) return scene.nodes[0] ?? null;
  const side = scene.nodes.filter((node) => node.side === current.side);
  const at = side.indexOf(current);
  if (key === 'ArrowDown') return side[Math.min(side.length - 1, at + 1)] ?? null;
  if (key === 'ArrowUp') return side[Math.max(0, at - 1)] ?? null;
  if (key === 'Home') return side[0] ?? null;
  if (key === 'End') return side[side.length - 1] ?? null;
  const across = key === 'ArrowRight' ? 'destination' : 'device';
  if (current.side === across) return current;
  const middle = current.y + current.height / 2;
  const joined = new Set(
    scene.links.flatMap((link) => (link.from === current.key ? [link.to] : link.to === current.key ? [link.from] : [])),
  );
  return (
    scene.nodes
      .filter((node) => joined.has(node.key))
      .sort((a, b) => Math.abs(a.y + a.height / 2 - middle) - Math.abs(b.y + b.height / 2 - middle))[0] ?? current
  );
}
