// SPDX-License-Identifier: MIT
// Takes out of frames what points to people: addresses, hardware addresses, the devices' own names and names of the home network.
// Aliases stay. Only columns that are known to be harmless stay, so that what a later collector adds is left out.

import { decodeHeader } from '../feed/header';
import { inflate } from '../feed/inflate';
import { decodePayload, type Cell } from '../feed/payload';
import { TOPICS, type Topic } from '../feed/schema';
import { makeFrame } from '../feed/write-frame';

/** Names that only a home has (RFC 6762, 8375 and habit), and those that are addresses. */
const PRIVATE =
  /(^|\.)(local|lan|home|internal|intranet|localdomain|private|corp|home\.arpa|fritz\.box|in-addr\.arpa|ip6\.arpa)$/;
const HIDDEN = 'hidden.invalid';
const TABLES: Readonly<Record<string, (typeof TOPICS)[Topic] | undefined>> = TOPICS;

interface Layout {
  /** The schema knows the table. */
  readonly known: boolean;
  /** What is kept of each column: see common/PROTOCOL.md. Empty for one that the schema does not know. */
  readonly keeps: readonly string[];
}

function readLayout(topic: string, table: Cell): Layout {
  const [name, columns] = list(table);
  const known = typeof name === 'string' ? TABLES[topic]?.get(name) : undefined;
  const keeps = new Map(known?.map(({ name: column, keep }) => [column, keep]));
  return {
    known: known !== undefined,
    keeps: list(columns).map((column) => keeps.get(String(column).replace(/^[+~]/, '')) ?? ''),
  };
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
  /** By topic. */
  readonly #layouts = new Map<string, readonly Layout[]>();
  /** The devices' own names, in small letters. */
  readonly #hosts = new Set<string>();

  /**
   * The frame without what points to people; null when it cannot be read. Frames have to come in their order, all of them
   * twice: names that are to be left out may be told later.
   */
  async frame(bytes: Uint8Array): Promise<Uint8Array | null> {
    const header = decodeHeader(bytes);
    if (typeof header === 'string') return null;
    const { topic, kind } = header;
    try {
      const sent = bytes.subarray(header.payload);
      const payload = list(decodePayload(header.deflated ? await inflate(sent, header.inflatedLength) : sent));
      if (kind === 'delta') return makeFrame(header, this.#delta(this.#layouts.get(topic) ?? [], payload));
      const layouts = payload.map((table) => readLayout(topic, table));
      this.#layouts.set(topic, layouts);
      return makeFrame(header, this.#keyframe(layouts, payload));
    } catch {
      return null;
    }
  }

  #keyframe(layouts: readonly Layout[], tables: readonly Cell[]): Cell {
    return tables.map((table, i): Cell => {
      const [name, columns, rows] = list(table);
      return [name ?? '', columns ?? [], this.#rows(layouts[i], list(rows))];
    });
  }

  #delta(layouts: readonly Layout[], news: readonly Cell[]): Cell {
    return news.map((table): Cell => {
      const [position, gone, rows, changes] = list(table);
      const layout = layouts[Number(position)];
      const known = layout?.known === true;
      return [
        position ?? 0,
        known ? (gone ?? []) : [],
        this.#rows(layout, list(rows)),
        known ? this.#changes(layout, list(changes)) : [],
      ];
    });
  }

  #rows(layout: Layout | undefined, rows: readonly Cell[]): Cell {
    if (!layout?.known) return [];
    return rows.map((row): Cell => {
      const [id, ...cells] = list(row);
      return [id ?? 0, ...cells.map((cell, i) => this.#value(layout, i, Number(id), cell))];
    });
  }

  #changes(layout: Layout, changes: readonly Cell[]): Cell {
    return walk(changes, (id, column, value) => this.#value(layout, column, id, value));
  }

  #value({ keeps }: Layout, at: number, id: number, value: Cell): Cell {
    const keep = keeps[at];
    if (keep === 'secret' && typeof value === 'string' && value !== '') this.#hosts.add(value.toLowerCase());
    if (value instanceof Uint8Array) return keep === 'replace' ? standIn(id) : null;
    if (keep === 'public') return typeof value === 'string' ? this.#name(value) : null;
    return keep === 'keep' ? value : null;
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
  for (const frame of frames) await pseudonymiser.frame(frame);
  for (const frame of frames) {
    const done = await pseudonymiser.frame(frame);
    if (done) out.push(done);
  }
  return out;
}
