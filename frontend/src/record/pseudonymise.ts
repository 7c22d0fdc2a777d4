// SPDX-License-Identifier: MIT
// Takes out of frames what points to people: addresses, hardware addresses, the devices' own names and names of the home network.
// Aliases stay. Only columns that are known to be harmless stay, so that what a later collector adds is left out.

import { decodeHeader } from '../feed/header';
import { inflate } from '../feed/inflate';
import { decodePayload, type Cell } from '../feed/payload';
import { makeFrame } from '../feed/write-frame';

/** What stays, of each table; what is not here becomes nil. Tables that are not here lose all their rows. */
const STAYS: Readonly<Record<string, readonly string[]>> = {
  site: (
    'name mode connections shown hidden_router hidden_dns hidden_home accounting interval dump_cost events event_losses full_connections full_devices ' +
    'full_remotes full_conversations dropped_frames keyframe_bytes keyframe_limit rivals session lookups lookup_losses full_lookups'
  ).split(' '),
  sources: ['kind', 'state', 'type', 'built', 'attribution', 'entries', 'broken'],
  places: ['country', 'region', 'city', 'latitude', 'longitude'],
  networks: ['asn', 'name'],
  companies: ['name'],
  names: ['name', 'domain', 'company', 'category', 'list'],
  devices:
    'active up_bytes down_bytes up_packets down_packets alias mac_kind self seen total unseen vendor named looked_up hidden_dns'.split(
      ' ',
    ),
  addresses: ['device'],
  lookups: ['asked', 'count', 'device', 'name', 'result', 'seen'],
  remotes: [
    'address',
    'place',
    'network',
    'special',
    'seen',
    'name',
    'company',
    'category',
    'list',
    'cloud',
    'names',
    'more_names',
  ],
  conversations:
    'active up_bytes down_bytes up_packets down_packets open connecting total device remote protocol port inbound seen name behaviour'.split(
      ' ',
    ),
};

/** Names that only a home has (RFC 6762, 8375 and habit), and those that are addresses. */
const PRIVATE =
  /(^|\.)(local|lan|home|internal|intranet|localdomain|private|corp|home\.arpa|fritz\.box|in-addr\.arpa|ip6\.arpa)$/;
const HIDDEN = 'hidden.invalid';

interface Layout {
  readonly name: string;
  /** Without their marks. */
  readonly columns: readonly string[];
}

function list(value: Cell | undefined): readonly Cell[] {
  return Array.isArray(value) ? (value as readonly Cell[]) : [];
}

/** An address for documentation (RFC 3849), the same for the same row. */
function standIn(id: number): Uint8Array {
  return new Uint8Array([
    0x20,
    0x01,
    0x0d,
    0xb8,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    id >>> 24,
    (id >>> 16) & 255,
    (id >>> 8) & 255,
    id & 255,
  ]);
}

export class Pseudonymiser {
  #layouts: readonly Layout[] = [];
  /** The devices' own names, in small letters. */
  readonly #hosts = new Set<string>();

  /** The frame without what points to people; null when it cannot be read. Frames have to come in their order. */
  async frame(bytes: Uint8Array): Promise<Uint8Array | null> {
    const header = decodeHeader(bytes);
    if (typeof header === 'string') return null;
    try {
      const sent = bytes.subarray(header.payload);
      const payload = decodePayload(header.deflated ? await inflate(sent, header.inflatedLength) : sent);
      return makeFrame(header, header.kind === 'keyframe' ? this.#keyframe(list(payload)) : this.#delta(list(payload)));
    } catch {
      return null;
    }
  }

  #keyframe(tables: readonly Cell[]): Cell {
    this.#layouts = tables.map((table) => {
      const [name, columns] = list(table);
      return {
        name: typeof name === 'string' ? name : '',
        columns: list(columns).map((column) => String(column).replace(/^[+~]/, '')),
      };
    });
    // all devices first: names come before them
    tables.forEach((table, i) => this.#learn(this.#layouts[i], list(list(table)[2])));
    return tables.map((table, i): Cell => {
      const [name, columns, rows] = list(table);
      return [name ?? '', columns ?? [], this.#rows(this.#layouts[i], list(rows))];
    });
  }

  #delta(news: readonly Cell[]): Cell {
    for (const table of news) {
      const [position, , rows, changes] = list(table);
      this.#learn(this.#layouts[Number(position)], list(rows));
      this.#learnChanges(this.#layouts[Number(position)], list(changes));
    }
    return news.map((table): Cell => {
      const [position, gone, rows, changes] = list(table);
      const layout = this.#layouts[Number(position)];
      const known = layout !== undefined && Object.hasOwn(STAYS, layout.name);
      return [
        position ?? 0,
        known ? (gone ?? []) : [],
        this.#rows(layout, list(rows)),
        known ? this.#changes(layout, list(changes)) : [],
      ];
    });
  }

  #learn(layout: Layout | undefined, rows: readonly Cell[]): void {
    if (layout?.name !== 'devices') return;
    const at = layout.columns.indexOf('host_name') + 1;
    if (at > 0) for (const row of rows) this.#remember(list(row)[at]);
  }

  #learnChanges(layout: Layout | undefined, changes: readonly Cell[]): void {
    if (layout?.name !== 'devices') return;
    const at = layout.columns.indexOf('host_name');
    walk(changes, (_id, column, value) => {
      if (column === at) this.#remember(value);
      return value;
    });
  }

  #remember(host: Cell | undefined): void {
    if (typeof host === 'string' && host !== '') this.#hosts.add(host.toLowerCase());
  }

  #rows(layout: Layout | undefined, rows: readonly Cell[]): Cell {
    if (!layout || !Object.hasOwn(STAYS, layout.name)) return [];
    return rows.map((row): Cell => {
      const [id, ...cells] = list(row);
      return [id ?? 0, ...cells.map((cell, i) => this.#value(layout, i, Number(id), cell))];
    });
  }

  #changes(layout: Layout, changes: readonly Cell[]): Cell {
    return walk(changes, (id, column, value) => this.#value(layout, column, id, value));
  }

  #value({ name, columns }: Layout, at: number, id: number, value: Cell): Cell {
    const column = columns[at] ?? '';
    if (STAYS[name]?.includes(column) !== true) return null;
    if (value instanceof Uint8Array) return name === 'remotes' && column === 'address' ? standIn(id) : null;
    if (name === 'names' && (column === 'name' || column === 'domain') && typeof value === 'string')
      return this.#name(value);
    return value;
  }

  #name(name: string): string {
    const labels = name.split('.');
    return labels.length < 2 || PRIVATE.test(name) || labels.some((label) => this.#hosts.has(label)) ? HIDDEN : name;
  }
}

/** The changes of a delta with their values replaced: see common/PROTOCOL.md. Throws when they make no sense. */
function walk(changes: readonly Cell[], replace: (id: number, column: number, value: Cell) => Cell): Cell[] {
  const out: Cell[] = [];
  let id = 0;
  for (let i = 0; i < changes.length;) {
    const [step, mask] = [changes[i], changes[i + 1]];
    if (typeof step !== 'number' || typeof mask !== 'number' || !Number.isSafeInteger(mask) || mask < 0)
      throw new Error('a change has no mask');
    id += step;
    out.push(step, mask);
    i += 2;
    for (let column = 0, bits = mask; bits > 0; column += 1, bits = Math.floor(bits / 2)) {
      if (bits % 2 === 0) continue;
      if (i >= changes.length) throw new Error('a change lacks a value');
      out.push(replace(id, column, changes[i] as Cell));
      i += 1;
    }
  }
  return out;
}

/** All frames that can be read, without what points to people. */
export async function pseudonymise(frames: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const pseudonymiser = new Pseudonymiser();
  const out: Uint8Array[] = [];
  for (const frame of frames) {
    const done = await pseudonymiser.frame(frame);
    if (done) out.push(done);
  }
  return out;
}
