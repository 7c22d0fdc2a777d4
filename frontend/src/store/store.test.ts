// SPDX-License-Identifier: MIT
import { beforeEach, describe, expect, it } from 'vitest';
import type { TableUpdate, Update } from '../feed/update';
import type { Cells } from '../feed/table';
import { FADE, IDLE } from './freshness';
import { EVERYTHING, type Filter } from './filter';
import { Store } from './store';

const COLUMNS = {
  site: ['name', 'mode', 'accounting', 'hidden_dns', 'idle'],
  places: ['country', 'region', 'city', 'latitude', 'longitude'],
  networks: ['asn', 'name'],
  companies: ['name'],
  names: ['name', 'domain', 'company', 'category', 'list'],
  sources: ['kind', 'state', 'detail', 'type', 'built', 'attribution', 'name', 'entries', 'broken'],
  devices: ['active', 'up_bytes', 'down_bytes', 'up_packets', 'down_packets', 'alias', 'self', 'seen'],
  identities: ['host_name', 'mac', 'mac_kind', 'vendor'],
  addresses: ['device', 'address'],
  lookups: ['asked', 'count', 'device', 'name', 'result', 'seen'],
  remotes: ['address', 'place', 'network', 'special', 'seen', 'company', 'category', 'list', 'cloud', 'anycast'],
  remote_names: ['name', 'names', 'more_names'],
  conversation_names: ['name'],
  conversations: [
    'active',
    'up_bytes',
    'down_bytes',
    'up_packets',
    'down_packets',
    'open',
    'connecting',
    'total',
    'device',
    'remote',
    'protocol',
    'port',
    'inbound',
    'seen',
    'behaviour',
    'company',
    'category',
    'list',
  ],
} as const;

function table(name: keyof typeof COLUMNS, rows: Cells[], gone: number[] = []): TableUpdate {
  return { name, columns: COLUMNS[name], rows, gone };
}

function update(time: number, tables: TableUpdate[], more: Partial<Update> = {}): Update {
  return {
    kind: 'update',
    topic: 'overview',
    site: 'home',
    epoch: 'one',
    began: 1_700_000_000_000,
    time,
    whole: false,
    more: false,
    fresh: true,
    tables,
    ...more,
  };
}

interface Talk {
  readonly active?: number;
  readonly up?: number;
  readonly down?: number;
  readonly packets?: number;
  readonly open?: number;
  readonly connecting?: number;
  readonly device?: number;
  readonly remote?: number;
  readonly behaviour?: string | null;
  readonly company?: number | null;
  /** What the topic lookups calls it by is a company's, for advertising, as a list says. */
  readonly ads?: boolean;
}

function talk(
  id: number,
  {
    active = 1000,
    up = 0,
    down = 0,
    packets = 0,
    open = 1,
    connecting = 0,
    device = 1,
    remote = 1,
    behaviour = null,
    ads = false,
    company = ads ? 1 : null,
  }: Talk = {},
): Cells {
  return [
    id,
    active,
    up,
    down,
    packets,
    packets,
    open,
    connecting,
    1,
    device,
    remote,
    6,
    443,
    false,
    500,
    behaviour,
    company,
    ...(ads ? ['advertising', 1] : []),
  ];
}

const devices: Cells[] = [
  [1, 1000, 0, 0, 0, 0, 'Aino', false, 10],
  [2, 1000, 0, 0, 0, 0, 'Onni'],
];
const remotes: Cells[] = [
  [1, Uint8Array.of(192, 0, 2, 7), 1, 1, null, 10],
  [2, Uint8Array.of(198, 51, 100, 7), null, 1],
  [3, Uint8Array.of(10, 0, 0, 9), null, null, 'private'],
  [4, Uint8Array.from([0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])],
];
const names: Cells[] = [
  [1, 'www.example.org', 'example.org'],
  [2, 'ads.shop.example', 'shop.example', 1, 'advertising', 1],
];

/** Of the topic lookups. called: which of the names each conversation is called by. */
function asked(
  called: Readonly<Record<number, number>>,
  tables: TableUpdate[] = [],
  more: Partial<Update> = {},
): Update {
  const rows = Object.entries(called).map(([id, name]): Cells => [Number(id), name]);
  return update(1000, [...tables, table('conversation_names', rows)], { topic: 'lookups', ...more });
}
const KNOWN = (): TableUpdate[] => [
  table(
    'names',
    names.map((row) => [...row]),
  ),
  table('remote_names', [[1, 1]]),
];

const ADDRESSES: Cells[] = [
  [1, 1, Uint8Array.of(192, 168, 1, 20)],
  [2, 2, Uint8Array.of(192, 168, 1, 21)],
];

/** Of the topic identities. */
const identities = (rows: Cells[], more: Partial<Update> = {}): Update =>
  update(1000, [table('identities', rows), table('addresses', ADDRESSES)], { topic: 'identities', ...more });

const ALL = EVERYTHING;

function started(): Store {
  const store = new Store();
  store.take(
    update(
      1000,
      [
        table('site', [[1, 'home', 'router', true, 4]]),
        table('places', [[1, 'FI', null, 'Helsinki', 60.2, 24.9]]),
        table('networks', [[1, 64500, 'Example Networks']]),
        table('sources', [[1, 'list', 'ok', null, null, null, null, 'Ads', 9]]),
        table('companies', [[1, 'Example Shops']]),
        table(
          'devices',
          devices.map((row) => [...row]),
        ),
        table(
          'remotes',
          remotes.map((row) => [...row]),
        ),
        table('conversations', [talk(1), talk(2, { device: 2, remote: 2 })]),
      ],
      { whole: true },
    ),
  );
  store.take(identities([[1, 'laptop', Uint8Array.of(2, 0, 0, 0, 0, 10), 'random'], [2]], { whole: true }));
  store.take(asked({}, KNOWN(), { whole: true }));
  return store;
}

describe('Store', () => {
  let store: Store;
  const shown = (filter: Filter = ALL): number[] => store.select(filter).conversations.map((one) => one.id);
  const goTo = (time: number): boolean => store.take(update(time, []));
  beforeEach(() => {
    store = started();
  });

  it('joins what belongs together', () => {
    const [first] = store.select(ALL).conversations;
    expect(first?.device).toMatchObject({
      alias: 'Aino',
      hostName: 'laptop',
      mac: '02:00:00:00:00:0a',
      addresses: ['192.168.1.20'],
    });
    expect(first?.remote).toMatchObject({
      address: '192.0.2.7',
      asked: { name: 'www.example.org' },
      place: { city: 'Helsinki' },
      network: { asn: 64500 },
    });
    expect(store.select(ALL).site).toMatchObject({
      name: 'home',
      mode: 'router',
      accounting: true,
      hiddenDns: 4,
      rivals: false,
    });
  });

  it('says what to call the far end, and how that is known', () => {
    store.take(
      update(1100, [
        table('conversations', [
          talk(3, { remote: 3 }),
          talk(4, { remote: 4 }),
          talk(5, { ads: true, behaviour: 'call' }),
        ]),
      ]),
    );
    store.take(asked({ 5: 2 }));
    const far = store.select(ALL).conversations.map(({ name, fullName, how }) => [name, fullName, how]);
    expect(far).toEqual([
      ['example.org', 'www.example.org', 'dns-other'],
      ['Example Networks', 'Example Networks', 'network'],
      ['private', 'private', 'special'],
      ['2001:db8::1', '2001:db8::1', 'address'],
      ['shop.example', 'ads.shop.example', 'dns'],
    ]);
    expect(store.select(ALL).conversations[4]).toMatchObject({
      company: { name: 'Example Shops' },
      category: 'advertising',
      list: { name: 'Ads' },
      behaviour: 'call',
    });
  });

  it('follows what is learnt later about a far end, and does not take the host for the one who was asked for', () => {
    const cloud: Cells = [1, Uint8Array.of(192, 0, 2, 7), 1, 1, null, 10, 1, null, null, 'Amazon eu-north-1'];
    store.take(update(1100, [table('remotes', [cloud]), table('conversations', [talk(1, { company: 1 })])]));
    store.take(asked({}, [table('remote_names', [[1, null]])]));
    expect(store.select(ALL).conversations[0]).toMatchObject({
      name: 'Amazon eu-north-1',
      how: 'cloud',
      company: { name: 'Example Shops' },
    });
    store.take(asked({}, [table('remote_names', [[1, 1]])]));
    expect(store.select(ALL).conversations[0]).toMatchObject({
      name: 'example.org',
      how: 'dns-other',
      company: { name: 'Example Shops' },
    });
  });

  it('keeps who asked for what, and which lookups gave an address', () => {
    store.take(
      asked({}, [
        table('lookups', [
          [1, 1050, 3, 1, 1, 'answered', 900],
          [2, 1060, 1, 2, 2, 'blocked', 1060],
          [3, 1060, 1, 77, 2, 'later-result', 1060],
        ]),
        table('remote_names', [[1, 1, [1, 1050, 99, 7], 4]]),
      ]),
    );
    const { lookups, conversations, names: all } = store.select(ALL);
    expect(lookups.map(({ device, name, result, count }) => [device.alias, name.domain, result, count])).toEqual([
      ['Aino', 'example.org', 'answered', 3],
      ['Onni', 'shop.example', 'blocked', 1],
    ]);
    expect(conversations[0]?.remote.answers).toEqual([{ lookup: lookups[0], time: 1050 }]);
    expect(conversations[0]?.remote.moreAnswers).toBe(4);
    expect(all.map((name) => name.category)).toEqual([null, 'advertising']);
  });

  it('finds by words and by kind', () => {
    store.take(update(1100, [table('conversations', [talk(3, { ads: true }), talk(4, { device: 2, ads: true })])]));
    store.take(asked({ 3: 2, 4: 2 }, [table('lookups', [[1, 1050, 3, 1, 2]])]));
    expect(shown({ ...ALL, find: ' AINO shop' })).toEqual([3]);
    expect(shown({ ...ALL, find: 'example networks' })).toEqual([1, 2, 3, 4]);
    expect(shown({ ...ALL, kind: 'tracking' })).toEqual([3, 4]);
    expect(shown({ ...ALL, kind: 'video' })).toEqual([]);
    expect(
      store.select({ ...ALL, kind: 'tracking', only: { kind: 'alias', alias: 'Onni' } }).held.map((one) => one.id),
    ).toEqual([4]);
    expect(store.select({ ...ALL, find: 'nothing like it' }).lookups).toEqual([]);
    expect(store.select({ ...ALL, find: 'ads' }).lookups).toHaveLength(1);
    expect(store.select({ ...ALL, kind: 'video' }).categories).toEqual(['advertising']);
  });

  it('shows what is open: a connection that is still being made is not', () => {
    store.take(update(1100, [table('conversations', [talk(3, { open: 0, connecting: 1 })])]));
    expect(shown()).toEqual([1, 2]);
    store.take(update(1200, [table('conversations', [talk(3, { open: 1 })])]));
    expect(shown()).toEqual([1, 2, 3]);
  });

  it('lets what goes fade out over some seconds, and then forgets it', () => {
    expect(shown()).toEqual([1, 2]);
    store.take(update(2000, [table('conversations', [], [1])]));
    expect(store.select(ALL).conversations[0]).toMatchObject({ id: 1, gone: 2000 });
    goTo(2000 + FADE);
    expect(shown()).toEqual([1, 2]);
    goTo(2001 + FADE);
    expect(shown()).toEqual([2]);
  });

  it('lets what closed fade out in the same way, and brings it back when it opens again', () => {
    expect(shown()).toEqual([1, 2]);
    store.take(update(2000, [table('conversations', [talk(1, { open: 0 })])]));
    expect(store.select(ALL).conversations[0]?.gone).toBe(2000);
    store.take(update(3000, [table('conversations', [talk(1, { active: 3000 })])]));
    expect(store.select(ALL).conversations[0]?.gone).toBe(null);
  });

  it('shows what came and went between two dumps for these seconds', () => {
    store.take(update(2000, [table('conversations', [talk(3, { active: 2000, open: 0, packets: 5 })])]));
    expect(shown()).toEqual([1, 2, 3]);
    goTo(2001 + FADE);
    expect(shown()).toEqual([1, 2]);
  });

  it('leaves out what has been idle for long', () => {
    goTo(1000 + IDLE);
    expect(shown()).toEqual([1, 2]);
    goTo(1001 + IDLE);
    expect(store.select(ALL).conversations.every((one) => one.gone !== null)).toBe(true);
    goTo(1002 + IDLE + FADE);
    expect(shown()).toEqual([]);
    store.take(update(1003 + IDLE + FADE, [table('conversations', [talk(1, { active: 1003 + IDLE + FADE })])]));
    expect(shown()).toEqual([1]);
  });

  it('leaves out what has been idle for as long as the feed says', () => {
    store.take(update(1000, [table('site', [[1, 'home', 'router', true, 4, 60_000]])]));
    goTo(61_000);
    expect(store.select(ALL).conversations.some((one) => one.gone !== null)).toBe(false);
    goTo(61_001);
    expect(store.select(ALL).conversations.every((one) => one.gone !== null)).toBe(true);
  });

  it('filters by me, known by any of my addresses in any form, and by alias', () => {
    const me: Filter = { ...ALL, address: '::ffff:192.168.1.21', only: { kind: 'me' } };
    expect(store.select(me).me?.alias).toBe('Onni');
    expect(shown(me)).toEqual([2]);
    expect(shown({ ...ALL, only: { kind: 'alias', alias: 'Aino' } })).toEqual([1]);
    expect(store.select({ ...ALL, address: '192.0.2.1', only: { kind: 'me' } }).me).toBe(null);
  });

  it('takes who comes from the machine itself for its device, and on a router for nobody in particular', () => {
    const row: Cells = [3, 1000, 0, 0, 0, 0, 'Box', true, 10];
    const local: Filter = { ...ALL, address: '127.0.0.1' };
    store.take(update(1100, [table('devices', [row])]));
    expect(store.select(local)).toMatchObject({ me: null, local: true });
    store.take(update(1200, [table('site', [[1, 'home', 'machine', true, 4]])]));
    expect(store.select(local).me?.alias).toBe('Box');
    expect(store.select({ ...ALL, address: '::1' }).me?.alias).toBe('Box');
    expect(store.select({ ...ALL, address: '192.0.2.1' })).toMatchObject({ me: null, local: false });
  });

  it('knows whose traffic there is, whatever the filter leaves of it', () => {
    expect(store.select({ ...ALL, find: 'example.org' }).busy).toEqual(new Set([1, 2]));
    expect(store.select({ ...ALL, only: { kind: 'alias', alias: 'Aino' } }).busy).toEqual(new Set([1, 2]));
    goTo(400_000);
    goTo(405_000);
    store.select(ALL);
    goTo(410_000);
    expect(store.select(ALL).busy).toEqual(new Set());
  });

  it('keeps rows as the same objects', () => {
    const [before] = store.select(ALL).conversations;
    store.take(update(2000, [table('conversations', [talk(1, { up: 9 })])]));
    const [after] = store.select(ALL).conversations;
    expect(after).toBe(before);
    expect(after?.upBytes).toBe(9);
  });

  it('measures bytes a second over what came since the page looked', () => {
    for (let second = 1; second <= 30; second += 1) {
      store.take(
        update(1000 + second * 1000, [
          table('conversations', [talk(1, { active: 1000 + second * 1000, down: second * 5000 })]),
        ]),
      );
    }
    const rate = store.select(ALL).conversations[0]?.downRate ?? 0;
    expect(rate).toBeGreaterThan(4000);
    expect(rate).toBeLessThan(6500);
    goTo(31_000 + 30_000);
    expect(store.select(ALL).conversations[0]?.downRate).toBe(0);
  });

  it('measures as much when it slept and hears a minute at once', () => {
    store.take(update(61_000, [table('conversations', [talk(1, { active: 61_000, down: 60 * 5000 })])]));
    const rate = store.select(ALL).conversations[0]?.downRate ?? 0;
    expect(rate).toBeGreaterThan(4500);
    expect(rate).toBeLessThan(5500);
  });

  it('takes a keyframe in parts: nothing new is told before the last, and what it lacks goes', () => {
    expect(shown()).toEqual([1, 2]);
    expect(
      store.take(
        update(
          2000,
          [
            table(
              'devices',
              devices.map((row) => [...row]),
            ),
            table(
              'remotes',
              remotes.map((row) => [...row]),
            ),
          ],
          { whole: true, more: true },
        ),
      ),
    ).toBe(false);
    expect(
      store.take(update(2000, [table('conversations', [talk(2, { device: 2, remote: 2 })])], { more: true })),
    ).toBe(false);
    expect(store.take(update(2000, [table('conversations', [talk(5)])]))).toBe(true);
    expect(
      store
        .select(ALL)
        .conversations.filter((one) => one.gone === null)
        .map((one) => one.id),
    ).toEqual([2, 5]);
    expect(store.select(ALL).conversations.find((one) => one.id === 1)?.gone).toBe(2000);
  });

  it('begins anew with another epoch, whose ids mean other things', () => {
    store.take(update(10, [table('devices', [[1, 0, 0, 0, 0, 0, 'Eino']])], { whole: true, epoch: 'two' }));
    const selection = store.select(ALL);
    expect(selection.conversations).toEqual([]);
    expect(selection.devices.map((device) => device.alias)).toEqual(['Eino']);
    expect(selection.now).toBe(10);
    expect(selection.date).toBe(1_700_000_000_010);
  });

  it('does not show a conversation whose ends are unknown, and ignores unknown tables and columns', () => {
    store.take(
      update(1100, [
        table('conversations', [talk(3, { remote: 99 })]),
        { name: 'later', columns: ['x'], rows: [[1, 2]], gone: [] },
      ]),
    );
    expect(shown()).toEqual([1, 2]);
  });

  it('moves an address from device to device', () => {
    store.take(update(1100, [table('addresses', [[2, 1, Uint8Array.of(192, 168, 1, 21)]])], { topic: 'identities' }));
    expect(store.select(ALL).devices.map((device) => device.addresses)).toEqual([['192.168.1.20', '192.168.1.21'], []]);
  });

  it('knows a device by what comes before it, after it, and no longer when that may not be seen', () => {
    const told = () =>
      store
        .select(ALL)
        .devices.map(({ hostName, vendor, addresses, identified }) => [hostName, vendor, addresses.length, identified]);
    expect(told()).toEqual([
      ['laptop', null, 1, true],
      [null, null, 1, true],
    ]);
    const noor = table('addresses', [[3, 3, Uint8Array.of(192, 168, 1, 22)]]);
    store.take(update(1100, [table('identities', [[3, 'phone', null, null, 'Acme']]), noor], { topic: 'identities' }));
    expect(told()).toHaveLength(2);
    store.take(update(1100, [table('devices', [[3, 1000, 0, 0, 0, 0, 'Noor']])]));
    expect(told()[2]).toEqual(['phone', 'Acme', 1, true]);
    store.take(update(1200, [table('identities', [[3, 'tablet', null, null, 'Acme']])], { topic: 'identities' }));
    expect(told()[2]).toEqual(['tablet', 'Acme', 1, true]);
    // a keyframe says all
    store.take(identities([[1, 'laptop']], { whole: true }));
    expect(told()).toEqual([
      ['laptop', null, 1, true],
      [null, null, 1, false],
      [null, null, 0, false],
    ]);
    store.forgetIdentities();
    const unknown = [null, null, 0, false];
    expect(told()).toEqual([unknown, unknown, unknown]);
  });

  it('knows what was looked up by what comes before it, after it, and no longer when that may not be seen', () => {
    const told = () => {
      const { conversations, lookups, lookupsTold } = store.select(ALL);
      return [
        conversations.at(-1)?.how,
        lookups.map(({ device, name }) => [device.alias, name.company?.name]),
        lookupsTold,
      ];
    };
    // a conversation, a device and a company of which the overview tells later
    const later = [table('names', [[3, 'new.example', null, 2]]), table('lookups', [[1, 1050, 1, 3, 3]])];
    store.take(asked({ 3: 3 }, later));
    expect(told()).toEqual(['network', [], true]);
    store.take(
      update(1100, [
        table('companies', [[2, 'New Company']]),
        table('devices', [[3, 1000, 0, 0, 0, 0, 'Noor']]),
        table('conversations', [talk(3, { device: 3 })]),
      ]),
    );
    expect(told()).toEqual(['dns', [['Noor', 'New Company']], true]);
    // a keyframe says all
    store.take(asked({}, KNOWN(), { whole: true, time: 1000 + 2 * FADE }));
    expect(told()).toEqual(['dns-other', [], true]);
    store.take(asked({ 3: 1 }, [table('lookups', [[2, 1050, 1, 1, 1]])]));
    expect(told()).toEqual(['dns', [['Aino', undefined]], true]);
    store.forgetLookups();
    expect(told()).toEqual(['network', [], false]);
    expect(store.select(ALL).names).toEqual([]);
    // not for this viewer, or on its way
    const coming = () => [false, true].map((awaitsLookups) => store.select({ ...ALL, awaitsLookups }).lookupsComing);
    expect(coming()).toEqual([false, true]);
    store.take(asked({}, KNOWN(), { whole: true }));
    expect(coming()).toEqual([false, false]);
  });

  it('shows nothing of devices whose state is not here yet', () => {
    const early = new Store();
    expect(early.take(identities([[1, 'laptop']], { whole: true }))).toBe(false);
    expect(early.ready).toBe(false);
    early.take(update(1000, [table('devices', devices)], { whole: true, epoch: 'two' }));
    expect(early.select(ALL).devices[0]).toMatchObject({ hostName: null, identified: false });
  });
});
