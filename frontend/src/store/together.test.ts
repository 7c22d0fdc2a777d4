// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { Store } from './store';
import { EVERYTHING } from './filter';
import { cells } from '../feed/cells';
import { encodeFrame, type FrameSpec } from '../feed/encode';
import { Reader } from '../feed/reader';
import { markedColumns, type TableName } from '../feed/schema';
import type { Update } from '../feed/update';
import { Together } from '../feed/together';

/** A site with one device, which talks with one company; active and seen at so many milliseconds of its epoch. */
function household(alias: string, company: string, upBytes: number, at: number): unknown {
  const rows: Partial<Record<TableName, unknown[][]>> = {
    site: [cells('site', 1, { name: 'x', mode: 'router', connections: 1, accounting: true, session: at })],
    companies: [cells('companies', 1, { name: company })],
    devices: [cells('devices', 1, { alias, active: at, seen: at, up_bytes: upBytes })],
    remotes: [cells('remotes', 1, { seen: at, company: 1 })],
    conversations: [
      cells('conversations', 1, {
        device: 1,
        remote: 1,
        company: 1,
        active: at,
        seen: at,
        up_bytes: upBytes,
        open: 1,
      }),
    ],
  };
  const tables = ['site', 'places', 'networks', 'companies', 'devices', 'remotes', 'conversations'] as const;
  return tables.map((table) => [table, markedColumns(table), rows[table] ?? []]);
}

async function take(reader: Reader, spec: Partial<FrameSpec>): Promise<void> {
  const frame = { kind: 'keyframe', sequence: 5, payload: [], site: reader.site, ...spec } as const;
  expect(await reader.accept(encodeFrame(frame))).toBe('applied');
}

/** What the page has after these. */
function shown(store: Store, updates: Iterable<Update>) {
  for (const update of updates) store.take(update);
  const selection = store.select(EVERYTHING);
  return {
    devices: selection.devices.filter(({ gone }) => gone === null).map(({ alias, upBytes }) => [alias, upBytes]),
    talks: selection.conversations.map(({ device, company, upBytes }) => [device?.alias, company?.name, upBytes]),
    connections: selection.site?.connections,
  };
}

/** The second site's epoch began a minute later. */
const MINUTE = 60_000;
const START = 1_700_000_000_000;

async function two(): Promise<readonly [Reader, Reader]> {
  const home = new Reader('home', 'overview');
  const lab = new Reader('lab', 'overview');
  await take(home, { payload: household('Mila', 'Netflix', 500, 90_000), time: 100_000, epochStart: START });
  await take(lab, { payload: household('Mila', 'Google', 70, 30_000), time: 40_000, epochStart: START + MINUTE });
  return [home, lab];
}

describe('Together', () => {
  it('leaves a single site as it is', async () => {
    const [home] = await two();
    const [update, ...more] = [...new Together().take([home], true)];
    expect(more).toEqual([]);
    expect(update).toMatchObject({ site: 'home', whole: true, more: false, began: START, time: 100_000 });
    expect(update?.tables.find(({ name }) => name === 'devices')?.rows[0]?.[0]).toBe(1);
  });

  it('tells rows of two sites apart that have the same ids and names', async () => {
    const readers = await two();
    const store = new Store();
    expect(shown(store, new Together().take(readers, true))).toEqual({
      devices: [
        ['Mila (home)', 500],
        ['Mila (lab)', 70],
      ],
      talks: [
        ['Mila (home)', 'Netflix', 500],
        ['Mila (lab)', 'Google', 70],
      ],
      connections: 2,
    });
  });

  it('tells of which site those are that have gone, too', async () => {
    const sites = await Promise.all(
      ['home', 'lab'].map(async (site) => {
        const reader = new Reader(site, 'history');
        const row = cells('past_devices', 1, { alias: 'Mila' });
        await take(reader, {
          topic: 'history',
          payload: [['past_devices', markedColumns('past_devices'), [row]]],
          epochStart: START,
        });
        return reader;
      }),
    );
    const tables = [...new Together().take(sites, true)].flatMap((update) => update.tables);
    const at = tables.flatMap(({ name, columns, rows }) =>
      name === 'past_devices' ? rows.map((row) => row[columns.indexOf('alias') + 1]) : [],
    );
    expect(at).toEqual(['Mila (home)', 'Mila (lab)']);
  });

  it('puts times on one clock', async () => {
    const store = new Store();
    shown(store, new Together().take(await two(), true));
    const { now, date, devices } = store.select(EVERYTHING);
    expect(now).toBe(100_000);
    expect(date).toBe(START + 100_000);
    expect(devices.map(({ active }) => active)).toEqual([90_000, 30_000 + MINUTE]);
  });

  it('adds what changed at one of them, and its speed is of that one', async () => {
    const readers = await two();
    const [home, lab] = readers;
    const together = new Together();
    const store = new Store();
    shown(store, together.take(readers, true));
    const mask = (table: TableName): number => 2 ** markedColumns(table).indexOf('+up_bytes');
    // nothing of the first's in between: each of its updates is 100 ms after the last
    for (let i = 1; i <= 9; i += 1) {
      await take(home, { kind: 'delta', sequence: 5 + i, time: 100_000 + i * 100, epochStart: START });
      shown(store, together.take(readers, true));
    }
    await take(lab, {
      kind: 'delta',
      sequence: 6,
      time: 41_000,
      epochStart: START + MINUTE,
      payload: [
        [4, [], [], [1, mask('devices'), 1000]],
        [6, [], [], [1, mask('conversations'), 1000]],
      ],
    });
    expect(shown(store, together.take(readers, true)).devices).toEqual([
      ['Mila (home)', 500],
      ['Mila (lab)', 1070],
    ]);
    const rate = store.select(EVERYTHING).devices[1]?.upRate ?? 0;
    expect(rate).toBeGreaterThan(0);
    expect(rate).toBeLessThan(1500);
  });

  it('shows a site that comes later, and no longer one that began anew and has nothing yet', async () => {
    const readers = await two();
    const [home, lab] = readers;
    lab.forget();
    const together = new Together();
    const store = new Store();
    expect(shown(store, together.take(readers, true)).devices).toEqual([['Mila (home)', 500]]);
    await take(lab, { payload: household('Noor', 'Google', 7, 0), time: 10, epochStart: START + MINUTE });
    expect(shown(store, together.take(readers, true)).devices).toEqual([
      ['Mila (home)', 500],
      ['Noor (lab)', 7],
    ]);
    home.forget();
    expect(shown(store, together.take(readers, true)).devices).toEqual([['Noor (lab)', 7]]);
  });

  it('knows the viewer’s device where only one of the sites has that address', async () => {
    const readers = await two();
    const addressed = async (reader: Reader, last: number, epochStart: number): Promise<void> => {
      const rows = [cells('addresses', 1, { device: 1, address: Uint8Array.of(192, 0, 2, last) })];
      const payload = [['addresses', markedColumns('addresses'), rows]];
      await take(reader, { payload, topic: 'identities', sequence: 9, time: 100_000, epochStart });
    };
    const identities = readers.map(({ site }) => new Reader(site, 'identities'));
    const [home, lab] = identities as [Reader, Reader];
    await addressed(home, 5, START);
    await addressed(lab, 6, START + MINUTE);
    const store = new Store();
    const together = new Together();
    for (const update of new Together().take(readers, true)) store.take(update);
    for (const update of together.take(identities, true, readers)) store.take(update);
    const of = (address: string) => store.select({ ...EVERYTHING, address });
    expect(of('192.0.2.6')).toMatchObject({ me: { alias: 'Mila (lab)' }, ambiguous: false });
    expect(of('192.0.2.7')).toMatchObject({ me: null, ambiguous: false });
    await take(lab, {
      kind: 'delta',
      topic: 'identities',
      sequence: 10,
      time: 100_100,
      epochStart: START + MINUTE,
      payload: [[0, [], [cells('addresses', 2, { device: 1, address: Uint8Array.of(192, 0, 2, 5) })], []]],
    });
    for (const update of together.take(identities, true, readers)) store.take(update);
    expect(of('192.0.2.5')).toMatchObject({ me: null, ambiguous: true });
    expect(of('192.0.2.6')).toMatchObject({ me: { alias: 'Mila (lab)' }, ambiguous: false });
  });

  it('holds back what another topic says of another epoch, until the overview is there', async () => {
    const overview = new Reader('home', 'overview');
    const identities = new Reader('home', 'identities');
    const together = new Together();
    const told = (): unknown[] =>
      [...together.take([identities], true, [overview])].map(({ whole, epoch }) => [whole, epoch]);
    const spec = { topic: 'identities', payload: [['addresses', markedColumns('addresses'), []]] };
    await take(identities, { ...spec, epochStart: START });
    expect(told()).toEqual([]);
    await take(overview, { payload: household('Mila', 'Netflix', 5, 9), epochStart: START });
    expect(told()).toEqual([[true, `${START}-7`]]);
    await take(identities, { ...spec, epochStart: START + 1 });
    expect(told()).toEqual([]);
    await take(overview, { payload: household('Mila', 'Netflix', 5, 9), epochStart: START + 1 });
    expect(told()).toEqual([[true, `${START + 1}-7`]]);
    expect(told()).toEqual([[false, `${START + 1}-7`]]);
  });
});
