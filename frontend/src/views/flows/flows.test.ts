// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { dice } from '../../feed/dice';
import type { Receipts } from '../../parts/finding/finding';
import { spokenBy } from '../../parts/finding/spoken';
import { translator } from '../../i18n';
import { formatter } from '../../i18n/format';
import type { Conversation, Device, Place, Remote } from '../../store/rows';
import {
  sampleCompany,
  sampleConversation,
  sampleDevice,
  sampleName,
  sampleRemote,
  sampleSelection,
  sampleSum,
} from '../../store/sample';
import type { Grouping, Selection } from '../../store/selection';
import type { Standing } from './arrangement';
import { choose } from './choose';
import { buildFlows, type Destination } from './flows';
import { Glide } from './glide';
import { step, buildScene, OTHER, type Scene, type Wish } from './flow-scene';
import type { Frame } from './gauge';
import { layOut, weights, type NodeInput } from './layout';
import { readSettings, writeSettings, type FlowSettings } from './flow-settings';
import { order } from './flow-table';
import type { Way } from '../../parts/directions';

const NOW = 100_000;
const t = translator('en');
const words = { t, format: formatter('en', t) };

function device(id: number, alias = `device ${id}`): Device {
  return sampleDevice(alias, { id, active: NOW });
}

function remote(id: number, name: string, more: Partial<Remote> = {}): Remote {
  return sampleRemote({ id, asked: sampleName(name), ...more });
}

function talk(of: Device, to: Remote, more: Partial<Conversation> = {}): Conversation {
  return sampleConversation(of, to, { active: NOW, upBytes: 10, downBytes: 90, upRate: 1, downRate: 9, ...more });
}

function selection(conversations: Conversation[], devices: Device[], more: Partial<Selection> = {}): Selection {
  return sampleSelection(conversations, { now: NOW, devices, ...more });
}

const settings: FlowSettings = { by: 'company', width: 'total', way: 'both', show: 'fit', table: false };
const frame: Frame = { width: 1000, height: 600, scale: 1, narrow: false, afar: null };

/** A room of so many devices that each talk to every third of so many destinations. */
function room(devices: number, remotes: number): Selection {
  const all = Array.from({ length: devices }, (_, i) => device(i + 1));
  const to = Array.from({ length: remotes }, (_, i) => remote(i + 1, `host-${String(i).padStart(3, '0')}.example`));
  const talks = all.flatMap((one) =>
    to
      .filter((other) => (other.id + one.id) % 3 === 0)
      .map((other) => talk(one, other, { downBytes: other.id * one.id * 100 })),
  );
  return selection(talks, all);
}

const show = (of: Selection, change: Partial<FlowSettings> = {}, before: ReadonlySet<string> = new Set()): Scene =>
  pictured(of, { settings: { ...settings, ...change }, before });

const pictured = (of: Selection, wish: Partial<Wish> = {}): Scene => {
  const standing = { order: null, mayMove: true };
  const sets = { before: new Set<string>(), newDestinations: new Set<string>() };
  const all: Wish = { settings, target: null, frame, standing, ...sets, ...wish };
  return buildScene(of, buildFlows(of, all.settings.by), all, words);
};

/** The scene after this one. */
const as = ({ order }: Scene, mayMove = false): Standing => ({ order, mayMove });

describe('buildFlows', () => {
  const [a, b] = [device(1), device(2)];
  const finland = {
    id: 1,
    gone: null,
    country: 'FI',
    region: null,
    city: null,
    latitude: null,
    longitude: null,
  } satisfies Place;
  const network = { id: 1, gone: null, asn: 64500, name: 'Example' };
  const one = remote(1, 'a.example', {
    network,
    place: finland,
    asked: sampleName('a.example', { company: sampleCompany('Example Oy'), category: 'video' }),
  });
  const two = remote(2, 'b.example', { network });
  const hidden = sampleRemote({ special: 'private' });
  const of = selection(
    [talk(a, one, { active: 5 }), talk(a, one, { port: 80, active: 9 }), talk(b, one), talk(b, two), talk(a, hidden)],
    [a, b],
  );

  it('adds up, and takes the latest activity of all', () => {
    const { flows, destinations } = buildFlows(of, 'domain');
    expect(flows).toHaveLength(4);
    expect(flows[0]).toMatchObject({
      key: 'a.example',
      upTotal: 20,
      downTotal: 180,
      upNow: 2,
      downNow: 18,
      connections: 2,
      active: 9,
      gone: null,
    });
    expect(destinations.get('a.example')).toMatchObject({ upTotal: 30, downTotal: 270, active: NOW });
    expect(destinations.get('a.example')?.devices.size).toBe(2);
  });

  it.each<[Grouping, string[]]>([
    ['domain', ['a.example', 'b.example', '~private']],
    ['company', ['Example Oy', 'b.example', '~private']],
    ['category', ['video', '~private', '~unknown']],
    ['network', ['Example', '~private']],
    ['country', ['FI', '~private', '~unknown']],
  ])('groups by %s', (by, keys) => {
    expect([...buildFlows(of, by).destinations.keys()].sort()).toEqual(keys);
  });

  it('calls one address by what each device asked for', () => {
    const shared = sampleRemote({ asked: sampleName('last.example') });
    const own = (of: Device, name: string): Conversation => sampleConversation(of, shared, { own: sampleName(name) });
    const { flows } = buildFlows(
      selection([own(a, 'news.example'), own(b, 'ads.example'), talk(device(3), shared)], []),
      'domain',
    );
    expect(flows.map((flow) => [flow.device.id, flow.key])).toEqual([
      [1, 'news.example'],
      [2, 'ads.example'],
      [3, 'last.example'],
    ]);
  });

  it('says how much it was in the session: with what has ended, and what is kept as a sum only', () => {
    const ended = talk(a, one, { open: 0, gone: 3 });
    const sums = [
      sampleSum(a, { company: sampleCompany('Example Oy'), upBytes: 1000, downBytes: 500, conversations: 2 }),
      sampleSum(b, { company: sampleCompany('Example Oy'), upBytes: 7, category: 'advertising' }),
      sampleSum(null, { company: sampleCompany('Example Oy'), upBytes: 3 }),
      sampleSum(a, { name: sampleName('c.example'), upBytes: 9 }),
    ];
    const now = [talk(a, one)];
    const drawn = buildFlows(selection(now, [a, b], { held: [...now, ended], sums }), 'company');
    expect(drawn.flows).toMatchObject([
      { device: a, key: 'Example Oy', upTotal: 1020, downTotal: 680, upNow: 1, connections: 1 },
    ]);
    expect([...drawn.destinations.values()]).toMatchObject([{ upTotal: 1030, downTotal: 680, talks: 6, tracking: 1 }]);
    expect(drawn.destinations.get('Example Oy')?.devices.size).toBe(1);
    expect(drawn.devices.get(1)?.upTotal).toBe(1020);
  });

  it('is gone only when all of it is, and since the last of it is', () => {
    const gone = selection([talk(a, one, { gone: 7 }), talk(a, one, { gone: 9 }), talk(b, one)], [a, b]);
    expect(buildFlows(gone, 'domain').flows.map((flow) => flow.gone)).toEqual([9, null]);
    expect(buildFlows(gone, 'domain').destinations.get('a.example')?.gone).toBe(null);
  });
});

describe('directions', () => {
  const [a, b] = [device(1), device(2)];
  const film = talk(a, remote(1, 'film.example'), { upBytes: 10, downBytes: 990, upRate: 5, downRate: 95 });
  const post = talk(b, remote(2, 'post.example'), { upBytes: 300, downBytes: 100, upRate: 60, downRate: 20 });
  const of = selection([film, post], [a, b]);
  const subs = (change: Partial<FlowSettings>): string[][] =>
    show(of, change).nodes.flatMap((node) => (node.side === 'device' ? [[...node.sub]] : []));
  const widths = (change: Partial<FlowSettings>): boolean => {
    const [first, second] = show(of, change).links;
    return (first?.width ?? 0) > (second?.width ?? 0);
  };

  it('are told beside the names, of the same amounts as the widths', () => {
    expect(subs({ width: 'total' })).toEqual([['↑ 10 B  ↓ 990 B'], ['↑ 300 B  ↓ 100 B']]);
    expect(subs({ width: 'now' })).toEqual([['↑ 5 B/s  ↓ 95 B/s'], ['↑ 60 B/s  ↓ 20 B/s']]);
    expect(subs({ width: 'now', way: 'sent' })).toEqual([['↑ 5 B/s'], ['↑ 60 B/s']]);
    expect(subs({ width: 'total', way: 'received' })).toEqual([['↓ 990 B'], ['↓ 100 B']]);
    expect(subs({ width: 'connections' })).toEqual([['one connection'], ['one connection']]);
  });

  it('are what the width is of', () => {
    expect(widths({ width: 'now' })).toBe(true);
    expect(widths({ width: 'now', way: 'sent' })).toBe(false);
    expect(widths({ width: 'total', way: 'sent' })).toBe(false);
    expect(widths({ width: 'total', way: 'received' })).toBe(true);
  });

  it('are seen in a flow, unless it is of one alone', () => {
    const sent = (change: Partial<FlowSettings>): unknown[] => show(of, change).links.map((link) => link.sent);
    expect(sent({ width: 'now' })).toEqual([0.05, 0.75]);
    expect(sent({ width: 'total' })).toEqual([0.01, 0.75]);
    expect(sent({ way: 'sent' })).toEqual([null, null]);
    expect(sent({ width: 'connections' })).toEqual([null, null]);
  });

  it('order the table, and stay in the address', () => {
    const first = (way: Way): string | undefined =>
      order(buildFlows(of, 'company').flows, { ...settings, way })[0]?.key;
    expect([first('both'), first('sent'), first('received')]).toEqual(['film.example', 'post.example', 'film.example']);
    expect(readSettings({ way: 'sent' }).way).toBe('sent');
    expect(writeSettings({ ...settings, way: 'received' }).way).toBe('received');
    expect(writeSettings(settings).way).toBe(null);
  });
});

it('calls those quiet who have no traffic at all, and not those whom the filter leaves out', () => {
  const [a, b, c] = [device(1), device(2), device(3)];
  const scene = pictured(selection([talk(a, remote(1, 'a.example'))], [a, b, c], { busy: new Set([1, 2]) }));
  expect([scene.quiet, scene.unselected]).toEqual([[c], [b]]);
});

describe('what a flow is drawn as', () => {
  const [ann, bob] = [device(1), device(2)];
  const [shop, ads] = [remote(1, 'shop.example'), remote(2, 'ads.example')];
  const advertising = { category: 'advertising' } as const;
  const drawnAs = (talks: Conversation[], said: Receipts | null = null, me: Device | null = null) => {
    const of = { ...selection(talks, [ann, bob]), me };
    const all: Wish = {
      ...{ settings, target: null, frame, standing: { order: null, mayMove: true } },
      ...{ before: new Set<string>(), newDestinations: new Set<string>() },
    };
    const { nodes, links } = buildScene(of, buildFlows(of, 'domain', spokenBy(said)), all, words);
    return {
      nodes: Object.fromEntries(nodes.map(({ label, purpose }) => [label, purpose])),
      links: links.map(({ purpose, tracks }) => [purpose, tracks]),
    };
  };

  it('is what it is for: ads where all of it is', () => {
    expect(drawnAs([talk(ann, shop), talk(ann, ads, advertising)]).links).toEqual([
      ['rest', 'none'],
      ['ads', 'all'],
    ]);
    expect(drawnAs([talk(ann, shop), talk(ann, shop, { ...advertising, port: 80 })]).links).toEqual([['rest', 'some']]);
  });

  it('has no name where nobody asked for one, and nothing is known of whose it is', () => {
    const bare = { asked: null, company: null };
    expect(drawnAs([talk(ann, shop, bare)]).links).toEqual([['nameless', 'none']]);
    expect(drawnAs([talk(ann, shop, bare), talk(bob, shop)]).nodes).toMatchObject({ 'shop.example': 'rest' });
  });

  it('is spoken of where the sentence says so, above all others', () => {
    const said = { devices: [ann], companies: [], names: [] };
    const { nodes, links } = drawnAs([talk(ann, ads, advertising), talk(bob, shop)], said);
    expect(links).toEqual([
      ['rest', 'none'],
      ['spoken', 'all'],
    ]);
    expect(nodes).toEqual({
      [ann.alias]: 'spoken',
      [bob.alias]: 'rest',
      'ads.example': 'spoken',
      'shop.example': 'rest',
    });
    const company = { devices: [], companies: ['shop.example'], names: [] };
    expect(drawnAs([talk(ann, ads), talk(bob, shop)], company).links.map(([purpose]) => purpose)).toEqual([
      'rest',
      'spoken',
    ]);
  });

  it('is the viewer’s own, but for whom it is with', () => {
    const { nodes, links } = drawnAs([talk(ann, ads), talk(bob, shop)], null, ann);
    expect(links.map(([purpose]) => purpose)).toEqual(['rest', 'spoken']);
    expect(nodes).toEqual({
      [ann.alias]: 'spoken',
      [bob.alias]: 'rest',
      'ads.example': 'rest',
      'shop.example': 'rest',
    });
  });
});

describe('choose', () => {
  const make = (key: string, devices: number, total: number): Destination => ({
    key,
    upNow: 0,
    downNow: 0,
    upTotal: 0,
    downTotal: total,
    connections: 1,
    active: 0,
    gone: null,
    devices: new Set(Array.from({ length: devices }, (_, i) => i)),
    talks: 1,
    tracking: 0,
    known: true,
    spoken: false,
  });
  const many = [
    make('few', 1, 5),
    make('shared', 4, 5),
    make('huge', 1, 9999),
    ...Array.from({ length: 30 }, (_, i) => make(`x${i}`, 2, 10 + i)),
  ];

  it('shows all that fit', () => {
    expect(choose(many.slice(0, 3), 'fit', 3, new Set())).toMatchObject({ others: 0, drawn: 3, total: 3 });
  });

  it('keeps one place for others, and says how many they are', () => {
    const choice = choose(many, 'fit', 10, new Set());
    expect(choice.shown.size).toBe(9);
    expect(choice).toMatchObject({ others: 24, drawn: 9, total: 33 });
  });

  it('hides neither what most have nor where the most went', () => {
    const { shown } = choose(many, 'fit', 5, new Set());
    expect(shown.has('shared')).toBe(true);
    expect(shown.has('huge')).toBe(true);
  });

  it('shows the shared ones alone when asked', () => {
    const { shown, others } = choose(many, 'shared', 100, new Set());
    expect(shown.has('huge')).toBe(false);
    expect(others).toBe(2);
  });

  it('makes room at once for what outgrows all others', () => {
    const few = many.slice(0, 20);
    const first = choose(few, 'fit', 10, new Set());
    const hidden = few.find((one) => !first.shown.has(one.key));
    if (!hidden) throw new Error('all are shown');
    const grown = few.map((one) => (one === hidden ? { ...one, downTotal: 1e12 } : one));
    expect(choose(grown, 'fit', 10, first.shown).shown).toContain(hidden.key);
  });

  it('does not swap what is nearly as popular', () => {
    const first = choose(many, 'fit', 10, new Set()).shown;
    const changed = many.map((one) => ({ ...one, downTotal: one.downTotal + (one.key === 'x5' ? 19 : 0) }));
    expect(choose(changed, 'fit', 10, first).shown).toEqual(first);
  });
});

describe('layOut', () => {
  const area = { left: 0, right: 500, top: 0, bottom: 400, nodeWidth: 10, gap: 20, widest: 50, least: 0.33 };

  it('keeps the order it was given and stays inside', () => {
    const nodes: NodeInput[] = [
      ...[0, 1, 2].map((i): NodeInput => ({ key: `d${i}`, side: 'device' })),
      ...[0, 1, 2, 3].map((i): NodeInput => ({ key: `g${i}`, side: 'destination' })),
    ];
    const links = [0, 1, 2].flatMap((from) =>
      [3, 4, 5, 6].map((to) => ({ key: `${from}/${to}`, from, to, weight: ((from * 7 + to * 5) % 11) + 1 })),
    );
    const { boxes, ribbons } = layOut(nodes, links, area);
    for (const side of [boxes.slice(0, 3), boxes.slice(3)]) {
      for (let i = 1; i < side.length; i += 1)
        expect(side[i]?.y).toBeGreaterThan((side[i - 1]?.y ?? 0) + (side[i - 1]?.height ?? 0));
    }
    for (const box of boxes) {
      expect(box.y).toBeGreaterThanOrEqual(-0.01);
      expect(box.y + box.height).toBeLessThanOrEqual(400.01);
    }
    expect(Math.max(...ribbons.map((ribbon) => ribbon.width))).toBeLessThanOrEqual(50.01);
  });

  it('does not fill the height with one flow', () => {
    const { boxes } = layOut(
      [
        { key: 'd', side: 'device' },
        { key: 'g', side: 'destination' },
      ],
      [{ key: 'l', from: 0, to: 1, weight: 3 }],
      area,
    );
    expect(boxes[0]?.height).toBeCloseTo(50);
    expect(boxes[0]?.y).toBeCloseTo(175);
  });

  it('gives weight to what has none, and is not carried away by what has much', () => {
    expect(weights([0, 0])).toEqual([1, 1]);
    const [small = 0, large = 0] = weights([0, 1e12]);
    expect(large / small).toBeLessThan(30);
  });
});

describe('buildScene', () => {
  it('draws every device, however many there are', () => {
    const scene = show(room(80, 300));
    expect(scene.nodes.filter((node) => node.side === 'device')).toHaveLength(80);
    expect(scene.height).toBeGreaterThan(frame.height);
  });

  it('names quiet devices, so that none disappears', () => {
    const of = room(3, 9);
    const scene = show({ ...of, devices: [...of.devices, device(9, 'sleepy')] });
    expect(scene.quiet.map((one) => one.alias)).toEqual(['sleepy']);
  });

  it('folds what has no place into one node, and loses no bytes by it', () => {
    const of = room(6, 200);
    const scene = show(of);
    const other = scene.nodes.find((node) => node.key === `g${OTHER}`);
    expect(other?.label).toBe(`${scene.choice.others} others`);
    expect(scene.choice.drawn + scene.choice.others).toBe(200);
    expect(scene.links.filter((link) => link.to === `g${OTHER}`)).toHaveLength(6);
  });

  it('says how many devices share a destination, who you are, and how old it is', () => {
    const [a, b] = [device(1, 'Aino'), device(2, 'Onni')];
    const to = remote(1, 'a.example');
    const scene = show(
      selection(
        [talk(a, to, { active: NOW - 42_000, upRate: 0, downRate: 0 }), talk(b, to, { active: NOW - 90_000 })],
        [a, b],
        { me: a },
      ),
    );
    expect(scene.nodes.map((node) => [node.label, node.sub, node.me])).toEqual([
      ['Aino', ['you', '↑ 10 B  ↓ 90 B', '42 s ago'], true],
      ['Onni', ['↑ 10 B  ↓ 90 B', '1 min ago'], false],
      ['a.example', ['2 devices', '↑ 20 B  ↓ 180 B', '42 s ago'], false],
    ]);
  });

  it('moves no node out of its order when only values change, and none far', () => {
    const of = room(12, 24);
    const first = show(of);
    const random = dice(9);
    const changed = of.conversations.map((one) => ({ ...one, downBytes: one.downBytes * (0.9 + 0.2 * random()) }));
    const second = pictured(selection(changed, [...of.devices]), { before: first.choice.shown, standing: as(first) });
    expect(second.nodes.map((node) => node.key)).toEqual(first.nodes.map((node) => node.key));
    const shifts = second.nodes.map((node, i) => Math.abs(node.y - (first.nodes[i]?.y ?? 0)));
    expect(shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length).toBeLessThan(10);
  });

  it('stands so that less crosses, and keeps each flow between its two nodes', () => {
    const of = room(6, 12);
    // no device has a flow with more than four of twelve
    const scene = show(of);
    const place = new Map(scene.nodes.map((node, i) => [node.key, i]));
    const ends = scene.links.map(({ from, to }) => [place.get(from) ?? 0, place.get(to) ?? 0] as const);
    const pairs = ends.flatMap(([a, b], i) => ends.slice(i + 1).map(([c, d]) => (a - c) * (b - d)));
    expect(pairs.filter((pair) => pair < 0).length).toBeLessThan(pairs.length / 5);
    for (const link of scene.links)
      for (const [key, y] of [
        [link.from, link.y0],
        [link.to, link.y1],
      ] as const) {
        const node = scene.nodes[place.get(key) ?? -1];
        expect(y).toBeGreaterThan((node?.y ?? Infinity) - 0.01);
        expect(y).toBeLessThan((node?.y ?? 0) + (node?.height ?? 0) + 0.01);
      }
  });

  it('moves nodes only when they may, and never what stands for the others', () => {
    const of = room(12, 40);
    const first = show(of);
    const turned = { order: { left: [...first.order.left].reverse(), right: first.order.right } };
    const before = first.choice.shown;
    const keys = (scene: Scene): string[] => scene.nodes.map(({ key }) => key);
    const still = pictured(of, { before, standing: { ...turned, mayMove: false } });
    expect(keys(still)).toEqual([...turned.order.left, ...turned.order.right]);
    const moved = pictured(of, { before, standing: { ...turned, mayMove: true } });
    expect(keys(moved)).not.toEqual(keys(still));
    for (const scene of [first, still, moved]) {
      expect(keys(scene).at(-1)).toBe(`g${OTHER}`);
      expect([...scene.order.left, ...scene.order.right]).toEqual(keys(scene));
    }
    expect(keys(pictured(of, { before, standing: as(moved, true) }))).toEqual(keys(moved));
  });

  it('marks what advertises or measures people, all of it or some', () => {
    const [ads, plain] = [
      sampleName('ads.example', { company: sampleCompany('Both'), category: 'advertising' }),
      sampleName('plain.example', { company: sampleCompany('Both') }),
    ];
    const to = [ads, plain, sampleName('other.example')].map((asked, i) => remote(i + 1, '', { asked }));
    const of = selection(
      to.map((one) => talk(device(1), one)),
      [],
    );
    const tracks = (by: Grouping): unknown =>
      show(of, { by })
        .nodes.filter((node) => node.side === 'destination')
        .map((node) => [node.label, node.tracks]);
    expect(tracks('company')).toEqual([
      ['Both', 'some'],
      ['other.example', 'none'],
    ]);
    expect(tracks('domain')).toEqual([
      ['ads.example', 'all'],
      ['other.example', 'none'],
      ['plain.example', 'none'],
    ]);
  });

  it('marks what is picked', () => {
    const of = room(2, 4);
    const scene = pictured(of, { target: { kind: 'device', device: 2 } });
    expect(scene.nodes.filter((node) => node.picked).map((node) => node.key)).toEqual(['d2']);
  });
});

describe('Glide', () => {
  it('begins still, moves towards the next scene and comes to rest there', () => {
    const of = room(4, 8);
    const glide = new Glide();
    const first = show(of);
    glide.aim(first, false);
    expect(glide.step(16)).toBe(false);
    const second = show(selection(of.conversations.slice(5), [...of.devices]));
    glide.aim(second, false);
    let frames = 0;
    while (glide.step(16) && frames < 1000) frames += 1;
    expect(frames).toBeGreaterThan(5);
    expect(frames).toBeLessThan(200);
    glide.nodes.forEach(({ now }, i) => expect(now.y).toBeCloseTo(second.nodes[i]?.y ?? -1));
  });

  it('goes at once when asked to, and when time has no bounds', () => {
    const of = room(4, 8);
    const glide = new Glide();
    glide.aim(show(of), false);
    const second = show(selection(of.conversations.slice(5), [...of.devices]));
    glide.aim(second, true);
    expect(glide.step(16)).toBe(false);
    glide.aim(show(of), false);
    glide.step(Infinity);
    expect(glide.step(16)).toBe(false);
  });
});

describe('the arrow keys', () => {
  const scene = show(room(4, 8));
  const first = scene.nodes[0]?.key ?? '';

  it('go through a side and stop at its ends', () => {
    expect(step(scene, null, 'ArrowDown')?.key).toBe(first);
    expect(step(scene, first, 'ArrowUp')?.key).toBe(first);
    expect(step(scene, first, 'ArrowDown')?.key).toBe(scene.nodes[1]?.key);
    const last = step(scene, first, 'End');
    expect(last).toBe(scene.nodes.filter(({ side }) => side === 'device').at(-1));
    expect(step(scene, last?.key ?? '', 'ArrowDown')).toBe(last);
  });

  it('go down the picture, in whatever order the nodes stand', () => {
    const seen = [first];
    for (let at = first; seen.length < 4; seen.push(at)) at = step(scene, at, 'ArrowDown')?.key ?? '';
    const tops = seen.map((key) => scene.nodes.find((node) => node.key === key)?.y ?? 0);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect([...seen].sort()).toEqual(['d1', 'd2', 'd3', 'd4']);
  });

  it('go across along a flow', () => {
    const across = step(scene, first, 'ArrowRight');
    expect(across?.side).toBe('destination');
    expect(scene.links.some((link) => link.from === first && link.to === across?.key)).toBe(true);
    expect(step(scene, first, 'ArrowLeft')?.key).toBe(first);
  });
});
