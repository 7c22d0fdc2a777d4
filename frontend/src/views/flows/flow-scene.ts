// SPDX-License-Identifier: MIT
// What is to be drawn: nodes and flows with their places, words and freshness. Pure.

import type { Format } from '../../i18n/format';
import type { Translate } from '../../i18n';
import { heat, presence } from '../../store/freshness';
import { trackingOf, type Tracking } from '../../store/category';
import { groupLabel } from '../../store/grouping';
import type { Device } from '../../store/rows';
import { directionsText } from '../../parts/directions';
import { purposeOf, rankOf, type Purpose } from '../../parts/purpose-colour';
import { ago } from '../../parts/text';
import { sameTarget, type Selection, type Target } from '../../store/selection';
import { arrange, destinationKey, deviceKey, type Standing } from './arrangement';
import { choose, type Choice } from './choose';
import { gauge, type Frame, type Margins } from './gauge';
import { addAmounts, amount, directed, sentShare, startAmounts, type Amounts, type Flows } from './flows';
import { layOut, weights, type Box, type Layout, type LinkInput, type NodeInput, type Ribbon } from './layout';
import type { FlowSettings } from './flow-settings';
import type { Order } from './untangle';

/** As tall as a picture may get, in CSS pixels: browsers draw none that is much taller. */
const TALLEST = 32_000;
/** The key of the node that stands for all that has no node of its own. */
export const OTHER = '~other';

interface Shown {
  readonly key: string;
  readonly purpose: Purpose;
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
  readonly tracks: Tracking;
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
  /** How much of it was sent, from 0 to 1; null where its directions are not told apart. */
  readonly sent: number | null;
  /** Whether it is for advertising or measures people: all of it, some of it, or none. */
  readonly tracks: Tracking;
  readonly target: Target | null;
}

export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly links: readonly SceneLink[];
  readonly order: Order;
  readonly width: number;
  readonly height: number;
  readonly margins: Margins;
  /** The size of the letters of a name, in CSS pixels. */
  readonly letters: number;
  readonly choice: Choice;
  /** Devices without any traffic now, and those that have some, of which the filter leaves nothing. */
  readonly quiet: readonly Device[];
  readonly unselected: readonly Device[];
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

export interface Wish {
  readonly settings: FlowSettings;
  readonly target: Target | null;
  readonly frame: Frame;
  /** The destinations of the last scene that had nodes of their own. */
  readonly before: ReadonlySet<string>;
  readonly standing: Standing;
  readonly newDestinations: ReadonlySet<string>;
}

type DeviceAmounts = Amounts & { readonly device: Device };
type DestinationName = { readonly key: string; readonly label: string };

interface DrawnFlow {
  readonly flow: DeviceAmounts & { readonly key: string };
  /** Positions in the list of nodes. */
  readonly from: number;
  readonly to: number;
}

/** What is drawn, in its order, before it has places. */
interface Plan {
  readonly choice: Choice;
  readonly devices: readonly DeviceAmounts[];
  readonly destinations: readonly DestinationName[];
  readonly nodes: readonly NodeInput[];
  readonly drawn: readonly DrawnFlow[];
  readonly order: Order;
}

const keyOfDevice = ({ device }: DeviceAmounts): string => deviceKey(device.id);
const keyOfDestination = ({ key }: DestinationName): string => destinationKey(key);

/** In the order of these keys. */
function inOrder<T>(all: readonly T[], keyOf: (one: T) => string, order: readonly string[]): T[] {
  const byKey = new Map(all.map((one) => [keyOf(one), one]));
  return order.flatMap((key) => byKey.get(key) ?? []);
}

function planScene(flows: Flows, { settings, frame, before, standing }: Wish, { t, format }: Words): Plan {
  const { pitch, roomy, top, most } = gauge(frame);
  const fits = Math.min(most, Math.max(6, Math.floor((frame.height - 2 * top) / pitch)));
  const room = settings.show === 'all' ? Math.max(fits, Math.floor((TALLEST - 2 * top) / roomy)) : fits;
  const choice = choose(flows.destinations.values(), settings.show, room, before);
  const talking = [...flows.devices.values()].sort((a, b) => a.device.id - b.device.id);
  const named = [...choice.shown]
    .map((key) => ({ key, label: groupLabel(key, settings.by, t, format.country) }))
    .sort((a, b) => a.label.localeCompare(b.label) || (a.key < b.key ? -1 : 1));
  if (choice.others > 0) named.push({ key: OTHER, label: t('flows.other', { n: choice.others }) });
  const folded = foldOthers(flows, choice.shown);
  const all = { left: talking.map(keyOfDevice), right: named.map(keyOfDestination) };
  const order = arrange(all, [...folded.values()], settings, standing, destinationKey(OTHER));
  const devices = inOrder(talking, keyOfDevice, order.left);
  const destinations = inOrder(named, keyOfDestination, order.right);
  const drawn: DrawnFlow[] = [];
  devices.forEach(({ device }, from) => {
    destinations.forEach(({ key }, to) => {
      const flow = folded.get(`${device.id}/${key}`);
      if (flow) drawn.push({ flow, from, to: devices.length + to });
    });
  });
  const nodes = [
    ...order.left.map((key): NodeInput => ({ key, side: 'device' })),
    ...order.right.map((key): NodeInput => ({ key, side: 'destination' })),
  ];
  return { choice, devices, destinations, nodes, drawn, order };
}

function layOutPlan(
  { devices, destinations, nodes, drawn }: Plan,
  { settings, frame }: Wish,
): Layout & { height: number } {
  const { roomy, nodeWidth, margins, top, gap, least } = gauge(frame);
  const heavy = weights(drawn.map(({ flow }) => amount(flow, settings)));
  const links = drawn.map(({ from, to, flow }, i): LinkInput => {
    return { key: `${flow.device.id}/${flow.key}`, from, to, weight: heavy[i] ?? 1 };
  });
  const most = Math.max(devices.length, destinations.length);
  const height = Math.max(frame.height, most * roomy + 2 * top);
  const layout = layOut(nodes, links, {
    left: margins.left,
    right: frame.width - margins.right,
    top,
    bottom: height - top,
    nodeWidth,
    gap,
    least,
    widest: 56 * frame.scale,
  });
  return { ...layout, height };
}

interface Drafting {
  readonly selection: Selection;
  readonly flows: Flows;
  readonly wish: Wish;
  readonly words: Words;
}

/** What the width says, in numbers. */
function muchText(amounts: Amounts, age: number, settings: FlowSettings, { t, format }: Words): string {
  const bytes = directed(amounts, settings);
  if (!bytes) return t('flows.connections', { n: amounts.connections });
  if (settings.width === 'total') {
    const text = (value: number): string => (value > 0 ? format.bytes(value) : '');
    return directionsText(text(bytes.up), text(bytes.down), settings.way);
  }
  return age < 5000 ? directionsText(format.rate(bytes.up), format.rate(bytes.down), settings.way) : '';
}

function describe(amounts: Amounts, sharedBy: number, extra: string, { selection, wish, words }: Drafting): string[] {
  const { t, format } = words;
  if (wish.frame.afar !== null) return [];
  const age = selection.now - amounts.active;
  const much = muchText(amounts, age, wish.settings, words);
  // Who sends now has no age worth telling.
  const when = amounts.gone !== null ? t('flows.ended') : age < 5000 && much !== '' ? '' : ago(age, { t, format });
  const parts = [extra, sharedBy > 1 ? t('flows.sharedBy', { n: sharedBy }) : '', much, when];
  return parts.filter((part) => part !== '');
}

/** How a node or a flow looks, from what it stands for. */
function look(
  amounts: Amounts,
  picks: Target | null,
  { selection, wish }: Drafting,
): Omit<Shown, 'key'> & { target: Target | null } {
  return {
    purpose: purposeOf(amounts),
    heat: heat(selection.now - amounts.active),
    presence: presence(amounts.gone, selection.now),
    picked: picks !== null && sameTarget(wish.target, picks),
    target: picks,
  };
}

function deviceNode(key: string, box: Box, own: DeviceAmounts, drafting: Drafting): SceneNode {
  const { device } = own;
  const me = device === drafting.selection.me;
  const picks: Target = { kind: 'device', device: device.id };
  // what a device is has nothing to do with whom it talks to
  const amounts = { ...own, tracking: 0, known: true, spoken: me || own.spoken };
  return {
    ...box,
    ...look(amounts, picks, drafting),
    key,
    side: 'device',
    label: device.alias,
    sub: describe(own, 0, me ? drafting.words.t('device.you') : '', drafting),
    me,
    sharedBy: 0,
    tracks: 'none',
    isNew: false,
  };
}

/** As much as is drawn: of a destination, what the devices had with it that talk to it now. */
function sumOf(key: string, drawn: readonly DrawnFlow[]): Amounts {
  const sum = startAmounts();
  for (const { flow } of drawn) if (flow.key === key) addAmounts(sum, flow);
  return sum;
}

function destinationNode(
  nodeKey: string,
  box: Box,
  { key, label }: DestinationName,
  drawn: readonly DrawnFlow[],
  drafting: Drafting,
): SceneNode {
  const { flows, wish, words } = drafting;
  const destination = flows.destinations.get(key);
  const { talks = 0, tracking = 0 } = destination ?? {};
  const amounts = { ...sumOf(key, drawn), talks, tracking };
  const sharedBy = destination?.devices.size ?? 0;
  const isNew = wish.newDestinations.has(key);
  return {
    ...box,
    ...look(amounts, key === OTHER ? null : { kind: 'group', by: wish.settings.by, key }, drafting),
    key: nodeKey,
    side: 'destination',
    label,
    sub: describe(amounts, sharedBy, isNew ? words.t('flows.new') : '', drafting),
    me: false,
    sharedBy,
    tracks: trackingOf(tracking, talks),
    isNew,
  };
}

function sceneLink({ flow, from, to }: DrawnFlow, ribbon: Ribbon, { nodes }: Plan, drafting: Drafting): SceneLink {
  const { by } = drafting.wish.settings;
  const picks: Target | null = flow.key === OTHER ? null : { kind: 'link', device: flow.device.id, by, key: flow.key };
  return {
    ...ribbon,
    ...look({ ...flow, spoken: flow.spoken || flow.device === drafting.selection.me }, picks, drafting),
    key: `${flow.device.id}/${flow.key}`,
    from: nodes[from]?.key ?? '',
    to: nodes[to]?.key ?? '',
    sent: sentShare(flow, drafting.wish.settings),
    tracks: trackingOf(flow.tracking, flow.talks),
  };
}

const NOWHERE: Box = { x: 0, y: 0, width: 0, height: 0 };
const NO_RIBBON: Ribbon = { x0: 0, y0: 0, x1: 0, y1: 0, width: 1 };

/** Of whom nothing is drawn, where all are wanted. */
function absentDevices({ devices, only }: Selection, flows: Flows): readonly Device[] {
  if (only) return [];
  return devices.filter((device) => device.gone === null && !device.self && !flows.devices.has(device.id));
}

export function buildScene(selection: Selection, flows: Flows, wish: Wish, words: Words): Scene {
  const plan = planScene(flows, wish, words);
  const { margins, letters } = gauge(wish.frame);
  const { boxes, ribbons, height } = layOutPlan(plan, wish);
  const drafting: Drafting = { selection, flows, wish, words };
  const { devices, destinations, nodes, drawn, choice, order } = plan;
  const box = (i: number): Box => boxes[i] ?? NOWHERE;
  const key = (i: number): string => nodes[i]?.key ?? '';
  const absent = absentDevices(selection, flows);
  return {
    nodes: [
      ...devices.map((own, i) => deviceNode(key(i), box(i), own, drafting)),
      ...destinations.map((one, i) => {
        const at = devices.length + i;
        return destinationNode(key(at), box(at), one, drawn, drafting);
      }),
    ],
    links: drawn
      .map((one, i) => sceneLink(one, ribbons[i] ?? NO_RIBBON, plan, drafting))
      .sort((a, b) => rankOf(a.purpose) - rankOf(b.purpose)),
    order,
    width: wish.frame.width,
    height,
    margins,
    letters,
    choice,
    quiet: absent.filter(({ id }) => !selection.busy.has(id)),
    unselected: absent.filter(({ id }) => selection.busy.has(id)),
  };
}

/** From node to node with the arrow keys: up and down within a side, left and right across. */
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
