// SPDX-License-Identifier: MIT
// The topic `history` of a made-up room: an event of each kind, and some more, the same in each run.

import { at, cells } from '../../frontend/src/feed/cells';
import type { Cell } from '../../frontend/src/feed/payload';
import { columnsOf } from '../../frontend/src/feed/schema';

type Row = [number, ...Cell[]];
type Rows = Readonly<Record<string, readonly Row[]>>;

const MINUTE = 60_000;
/** Of the devices of the room so many are in it. */
const DEVICES = 8;
const PARTIES: readonly (readonly [name: string, category: string, country: string])[] = [
  ['Netflix', 'video', 'NL'],
  ['Doubleclick', 'advertising', 'US'],
  ['Zoom', 'calls', 'DE'],
  ['Dropbox', 'storage', 'IE'],
  ['Tuya', 'smart-home', 'CN'],
];
/** Of which party, and how much of something. */
const ABOUT: Readonly<Record<string, readonly [party: number | null, amount?: number]>> = {
  company: [1],
  country: [5],
  tracker: [2],
  upload: [4, 45_000_000],
  'upload-ended': [4, 410_000_000],
  download: [1, 340_000_000],
  'download-ended': [1, 2_300_000_000],
  call: [3],
  'call-ended': [null, 1_260_000],
  blocked: [2, 34],
  failed: [5, 30],
  gap: [null, 240_000],
};
const WHOLE: readonly string[] = ['round', 'round-ended', 'mark', 'gap'];
export const KINDS = columnsOf('events').find(({ name }) => name === 'kind')?.of ?? [];

/** The tables of the topic. rows: those of the room. time: of its clock; the last event was half a minute before, and each four minutes earlier than the next. */
export function madePast(
  rows: Rows,
  text: (value: string, what: string) => string,
  time: number,
): Record<string, Row[]> {
  const devices = (rows.devices ?? []).slice(0, DEVICES);
  const kinds = [...KINDS].reverse();
  const events = devices.length === 0 ? [] : [...kinds, ...kinds.slice(3, 15)];
  return {
    kept: [cells('kept', 1, { hours: 24, full: 0 })],
    past_devices: devices.map((row) =>
      cells('past_devices', row[0], { device: row[0], alias: row[at('devices', 'alias')] as string }),
    ),
    parties: PARTIES.map(([company, category, country], i) =>
      cells('parties', i + 1, {
        company: text(company, 'company'),
        name: null,
        network: null,
        asn: null,
        special: null,
        category,
        country,
      }),
    ),
    spans: [],
    minutes: [],
    events: events.map((kind, i) => {
      const [party = null, amount = null] = ABOUT[kind] ?? [];
      const whole = WHOLE.includes(kind);
      return cells('events', events.length - i, {
        at: time - MINUTE / 2 - i * 4 * MINUTE,
        kind,
        device: whole ? null : (devices[i % devices.length]?.[0] ?? null),
        party,
        amount,
        text: whole && kind !== 'gap' ? text('Everybody opens a page', 'mark') : null,
        first: i % 2 === 0,
        more: i % 5 === 2 ? 12 : 0,
      });
    }),
  };
}
