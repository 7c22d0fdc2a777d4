// SPDX-License-Identifier: MIT
// Sentences of the flows, the map, the wall, and of what one can take along.

import { createElement } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { formatter } from '../../i18n/format';
import { buildFlows } from '../../views/flows/flows';
import { buildScene } from '../../views/flows/flow-scene';
import { readSettings } from '../../views/flows/flow-settings';
import { newGroups } from '../../store/session';
import { Setup } from '../../views/display/setup';
import type { Awake } from '../../views/display/wall-health';
import type { HomePlace } from '../../views/map/home-place';
import { buildMarks } from '../../views/map/marks';
import { buildScene as buildMap } from '../../views/map/map-scene';
import { WHOLE } from '../../views/map/camera';
import { NowhereSheet } from '../../views/map/map-controls';
import type { Hello } from '../../feed/hello';
import type { Refusal } from '../../record/recording';
import { Stumbled } from '../empty';
import { MenuSheet } from '../extras-menu';
import { conversation, device, ip } from './home';
import { NOW, SECOND, type Patch, type Values } from './made-feed';
import { CLOCK, selected, type Shown, type Words } from './shown-page';
import { sentence as so, type Scene, type Sentence } from './sentence';

const flows = (options: Record<string, string> = {}, rest: Partial<Shown> = {}): Shown => ({
  view: 'flows',
  options,
  ...rest,
});
const table = (rest: Partial<Shown> = {}): Shown => flows({ table: '1' }, rest);
const ids = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 10);
const rows = <T>(count: number, row: (id: number) => T): Record<number, T> =>
  Object.fromEntries(ids(count).map((id) => [id, row(id)]));

/** So many destinations more, each in a place of its own. */
const many = (count: number): Patch => ({
  places: rows(count, (id) => ({ country: 'FI', city: `Town ${id}`, latitude: 60, longitude: 25 })),
  names: rows(count, (id) => ({ name: `n${id}.example`, domain: `n${id}.example` })),
  remotes: rows(count, (id) => ({ address: ip(`198.51.${id >> 8}.${id & 255}`), place: id, seen: 0 })),
  conversations: rows(count, (id) => conversation(1, id)),
  remote_names: rows(count, (id) => ({ name: id })),
  conversation_names: rows(count, (id) => ({ name: id })),
});
const quiet = (count: number): Patch => ({ devices: rows(count, (id) => device(`Dev ${id}`)) });
/** Another kilobyte each way. */
const moving: Partial<Shown> = {
  then: { conversations: { 1: { up_bytes: 4_001_000, down_bytes: 90_001_000, active: NOW + SECOND } } },
};

/** The words in the picture of the flows. */
function drawn(shown: Shown): Scene {
  return async ({ t, locale }: Words) => {
    const selection = await selected(shown);
    const settings = readSettings(shown.options ?? {});
    const wish = {
      ...{ settings, target: null, before: new Set<string>(), standing: { order: null, mayMove: true } },
      frame: { width: 1200, height: 600, scale: 1, narrow: false, afar: null },
      newDestinations: newGroups(selection.allGroups('company'), selection),
    };
    const scene = buildScene(selection, buildFlows(selection, 'company'), wish, { t, format: formatter(locale, t) });
    return scene.nodes.map(({ label, sub }) => [label, ...sub].join('\n')).join('\n');
  };
}
const NEW: Partial<Shown> = {
  but: { conversations: { 1: { seen: NOW - 2 * SECOND } }, lookups: { 1: { seen: NOW } } },
};

const FLOWS: readonly Sentence[] = [
  so('all fit', 'flows.tally.all', flows(), flows({}, { but: many(60) })),
  so('more than fit', ['flows.tally.some'], flows({}, { but: many(60) }), flows()),
  so('those that do not fit are one', 'flows.other', drawn({ but: many(60) }), drawn({})),
  so('both directions are shown', 'flows.shades', flows({}, moving), flows({ way: 'sent' }, moving)),
  so(
    'the picture is there',
    ['flows.picture', 'flows.keys', 'flows.root', 'legend.faded', 'legend.nameless', 'flows.dashed'],
    flows(),
    table(),
  ),
  so('the viewer has a device', 'legend.spoken.you', flows({}, { address: '192.0.2.11' }), flows()),
  so('the viewer has none', 'legend.spoken', flows(), flows({}, { address: '192.0.2.11' })),
  so('the table is there', 'flows.caption', table(), flows()),
  so('there are more than are listed', 'flows.more', table({ but: many(310) }), table()),
  so('a device has no traffic', 'flows.quiet', flows({}, { but: { conversations: { 1: null } } }), flows()),
  so('the filter leaves nothing of a busy one', 'flows.unselected', flows({}, { find: 'ads' }), flows()),
  so('more are quiet than are listed', 'flows.quietMore', flows({}, { but: quiet(40) }), flows()),
  so('nobody here had it before', 'flows.new', drawn(NEW), drawn({})),
  so('it has ended', 'flows.ended', drawn({ then: { conversations: { 1: null } } }), drawn({})),
  so('widths are of connections', 'flows.connections', drawn(flows({ width: 'connections' })), drawn({})),
  so(
    'several have it',
    'flows.sharedBy',
    drawn({ but: { conversations: { 3: conversation(2, 1) }, conversation_names: { 3: { name: 1 } } } }),
    drawn({}),
  ),
];

const map = (but: Patch = {}, rest: Partial<Shown> = {}): Shown => ({ view: 'map', but, ...rest });
/** With lines, whatever the time zone. */
const homely = (options: Record<string, string> = {}): Shown => map({}, { options: { home: 'FI', ...options } });
const mapTable = (but: Patch = {}): Shown => map(but, { options: { table: '1' } });
const HOME: HomePlace = { country: 'FI', latitude: 60, longitude: 25, sure: false };
const SET_HOME: HomePlace = { ...HOME, sure: true };
const FAR: Patch = { places: { 2: { latitude: -33, longitude: 151 } } };
const NOT_PLACED: Patch = { remotes: { 1: { place: null } } };

/** The words on the map. */
function onMap(shown: Shown, home: HomePlace | null = null): Scene {
  return async ({ t, locale }: Words) => {
    const selection = await selected(shown);
    const wish = {
      ...{
        frame: { width: 1200, height: 600 },
        camera: WHOLE,
        scale: 1,
        words: 1,
        names: 2,
        labels: true,
        target: null,
        spotlight: null,
        way: 'both' as const,
        home,
      },
      ...{ sides: new Map(), waited: new Map() },
    };
    const fit = (text: string) => ({ text, width: 60 });
    const marks = buildMarks(selection.conversations, new Map());
    const scene = buildMap(selection, marks, wish, { t, format: formatter(locale, t), fit });
    return [scene.home.text, ...scene.spots.map(({ title }) => title)].join('\n');
  };
}

/** What the number of conversations without a place opens to. */
function nowhere(): Scene {
  return async ({ t, locale }: Words) => {
    const { conversations } = await selected(map(NOT_PLACED));
    const marks = buildMarks(conversations, new Map());
    return renderToString(
      createElement(NowhereSheet, { marks, t, format: formatter(locale, t), onPick: () => undefined }),
    );
  };
}

const MAP: readonly Sentence[] = [
  so(
    'somebody talks',
    ['map.tally', 'map.legend.hot', 'map.legend.vague', 'map.legend.fill', 'map.keys', 'map.picture'],
    map(),
    flows(),
  ),
  so('what is sent is shown', 'map.legend.sent', homely(), homely({ way: 'received' })),
  so('what is received is shown', 'map.legend.received', homely(), homely({ way: 'sent' })),
  so('the table is there', 'map.caption', mapTable(), map()),
  so('only the country is known', 'map.vague', mapTable({ places: { 1: { city: null } } }), mapTable()),
  so('there are more than are listed', 'map.rest', mapTable(many(310)), mapTable()),
  so('a place is not known', 'map.nowhere', map(NOT_PLACED), map()),
  so('one asks why', 'map.nowhere.why', nowhere(), map(NOT_PLACED)),
  so('places lie on each other', 'map.more', onMap(map()), onMap(map(FAR))),
  so(
    'a place has no name',
    'map.unknown',
    onMap(map({ places: { 1: { country: null, region: null, city: null } } })),
    onMap(map()),
  ),
  so('everybody is shown', 'map.home', onMap(map()), onMap(map({}, { who: '=Ann' }))),
  so('nothing tells where the home is', 'map.home.unknown', onMap(map()), onMap(map(), HOME)),
  so('the time zone tells where the home is', 'map.home.probably', onMap(map(), HOME), onMap(map(), SET_HOME)),
];

const wall: Shown = { view: 'display' };
/** The page has another address, or another way to it. */
function at(place: Partial<Location>, isSecureContext: boolean, scene: (words: Words) => string): Scene {
  return (words) => {
    const before = [globalThis.location, globalThis.window] as const;
    Object.assign(globalThis, { location: place, window: { isSecureContext } });
    try {
      return scene(words);
    } finally {
      Object.assign(globalThis, { location: before[0], window: before[1] });
    }
  };
}
const greeting = (certificate: string): Hello => ({
  ...{ protocol: 1, build: '', role: 'participant', signIn: '', address: '', sites: ['home'], topics: [], refused: [] },
  certificate,
});
const setup = (awake: Awake, join: boolean, secure = true): Scene =>
  at({}, secure, ({ t }) => renderToString(createElement(Setup, { awake, join, t })));

const ROUND = { round: 'Quiet', round_since: NOW - 30 * SECOND };
/** A wall that somebody leads. */
const led = (room: Values): Shown => ({ ...wall, but: { room: { 1: room } } });

const WALL: readonly Sentence[] = [
  so('always', 'display.keys', wall, null),
  so('its picture stands still', 'room.frozen', led({ frozen: NOW - SECOND }), wall),
  so('it came later', 'room.frozen.later', led({ frozen: NOW - 60 * SECOND }), led({ frozen: NOW - SECOND })),
  so('a device is in the spotlight', 'room.spotlight', led({ device: 1 }), wall),
  so(
    'the timer is over',
    'room.over',
    led({ ...ROUND, round_until: NOW }),
    led({ ...ROUND, round_until: NOW + SECOND }),
  ),
  so('nobody talks', ['empty.title', 'empty.text'], { ...wall, but: { conversations: { 1: null, 2: null } } }, wall),
  so('its picture is old', 'status.since', { ...wall, feed: { freshAt: CLOCK - 9 * SECOND } }, wall),
  so('a name is made up', 'devices.madeUp', wall, {
    ...wall,
    but: { devices: { 1: { named: true }, 2: { named: true } } },
  }),
  so('others can reach it', ['display.join', 'display.code'], { ...wall, here: 'http://192.0.2.1:8080/' }, wall),
  so(
    'others are asked whether they trust it',
    'display.certificate',
    { ...wall, here: 'https://192.0.2.1:8080/', feed: { hello: greeting('0A:FF') } },
    { ...wall, here: 'https://192.0.2.1:8080/', feed: { hello: greeting('') } },
  ),
  so('something is to be done by whoever set it up', 'display.setup', setup('yes', false), setup('yes', true)),
  so('its address is of no use to others', 'display.setup.join', setup('yes', false), setup('yes', true)),
  so('without HTTPS the screen may go dark', 'display.setup.http', setup('no', true, false), setup('no', true)),
  so('the browser lets it go dark', 'display.setup.sleep', setup('no', true), setup('yes', true)),
];

const REFUSALS = ['none', 'newer', 'large', 'broken', 'empty'] as const satisfies readonly Refusal[];
/** The menu when it is open. */
const sheet = (refusal: Refusal | null = null, together = false): Scene => {
  const nothing = (): void => undefined;
  const sound = { on: false, possible: true, toggle: nothing };
  const props = { playing: false, refusal, together, sound, pseudonymised: true, onPicture: null };
  return ({ t }) =>
    renderToString(
      createElement(MenuSheet, {
        ...props,
        t,
        save: nothing,
        open: nothing,
        onPseudonymised: nothing,
        onLead: nothing,
        leads: false,
        first: null,
        view: 'flows',
        close: nothing,
      }),
    );
};
const playback = { at: 1000, length: 60_000, began: 0, speed: 1, faulty: false };

const TAKEN: readonly Sentence[] = [
  ...REFUSALS.map((why) => so(`a file was refused: ${why}`, `record.refused.${why}`, sheet(why), sheet())),
  so(
    'a part of a recording cannot be read',
    'record.faulty',
    { playback: { ...playback, faulty: true } },
    { playback },
  ),
  so('the menu is open', 'sound.about', sheet(), {}),
  so('several networks are shown', 'record.oneSite', sheet(null, true), sheet()),
  so(
    'a view has failed',
    ['empty.stumbled', 'empty.stumbledText'],
    ({ t }) => renderToString(createElement(Stumbled, { t })),
    {},
  ),
];

export const PICTURES: readonly Sentence[] = [...FLOWS, ...MAP, ...WALL, ...TAKEN];
