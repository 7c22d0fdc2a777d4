// SPDX-License-Identifier: MIT
// A viewer: a WebSocket to the broadcaster, and the page's own decoder behind it.

import WebSocket from 'ws';
import { Errands, type Answer } from '../../frontend/src/feed/errands';
import { readText, type Hello } from '../../frontend/src/feed/hello';
import { Reader, type Outcome } from '../../frontend/src/feed/reader';
import type { Cell } from '../../frontend/src/feed/payload';
import { TOPICS } from '../../frontend/src/feed/schema';
import { RECORDED } from '../../frontend/src/record/recording';
import type { Stage } from './stage';
import { sleep, until, within } from './wait';

export type Row = { readonly id: number } & Readonly<Record<string, Cell>>;

export interface ViewerOptions {
  readonly site?: string;
  readonly topics?: readonly string[];
  readonly address?: string;
  readonly localAddress?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocol?: string;
  readonly origin?: string;
  /** The socket of a doorway, by which it connects from another place. */
  readonly through?: string;
  /** The PEM of who is trusted: the connection is by TLS, to somebody called localhost (which may be ::1 to others here). */
  readonly ca?: string;
  /** Connects again by itself when the connection is lost, as the page does. */
  readonly faithful?: boolean;
}

/** What other topics add to the rows of a table by the same ids, and what a row has of which they say nothing. */
const ADDED: Readonly<Record<string, { readonly table: string; readonly none: Readonly<Record<string, Cell>> }>> = {
  devices: { table: 'identities', none: { host_name: null, mac: null, mac_kind: null, vendor: null } },
  remotes: { table: 'remote_names', none: { name: null, names: null, more_names: null } },
  conversations: { table: 'conversation_names', none: { name: null } },
  sums: { table: 'sum_names', none: { name: null } },
};
const RETRY_MS = 300;
const WATCH_AGAIN_MS = 500;
/** More than the collector's shortest time between two frames of a topic. */
const SETTLED_MS = 60;

export class Viewer {
  readonly readers = new Map<string, Reader>();
  readonly outcomes: Record<Outcome, number> = { applied: 0, skipped: 0, dropped: 0, lost: 0, newer: 0 };
  readonly waiting = new Set<string>();
  hello: Hello | undefined;
  /** Times that it has connected. */
  connects = 0;
  closed: { code: number; reason: string } | undefined;
  /** Called after each frame that has changed the state. */
  onApplied: ((reader: Reader) => void) | undefined;

  socket!: WebSocket;
  readonly #url: string;
  readonly #errands = new Errands();
  readonly #options: ViewerOptions;
  #order: Promise<void> = Promise.resolve();
  #watched = 0;
  #done = false;

  private constructor(port: number, options: ViewerOptions) {
    this.#options = options;
    if (options.through !== undefined) this.#url = `ws+unix:${options.through}:/feed`;
    else this.#url = `${options.ca === undefined ? 'ws' : 'wss'}://${options.address ?? '127.0.0.1'}:${port}/feed`;
    for (const topic of options.topics ?? RECORDED) {
      this.readers.set(topic, new Reader(options.site ?? 'home', topic));
    }
  }

  /** Resolves when connected; rejects when refused. */
  static async open(stage: Stage, port: number, options: ViewerOptions = {}): Promise<Viewer> {
    const viewer = new Viewer(port, options);
    stage.onClose(() => viewer.close());
    await within('a viewer to connect', 10_000, viewer.#connect());
    return viewer;
  }

  /** Where its page would be from. */
  get #page(): string {
    return this.#options.through === undefined ? this.#url : 'ws://localhost/feed';
  }

  #connect(): Promise<void> {
    const { protocol = 'connvis.v1', headers = {}, localAddress } = this.#options;
    const socket = new WebSocket(this.#url, protocol, {
      origin: this.#options.origin ?? this.#page.replace(/^ws/, 'http').replace(/\/feed$/, ''),
      perMessageDeflate: false,
      headers,
      ...(localAddress === undefined ? {} : { localAddress }),
      ...(this.#options.ca === undefined ? {} : { ca: this.#options.ca, servername: 'localhost' }),
    });
    this.socket = socket;
    socket.on('message', (data, binary) => this.#take(data as Buffer, binary));
    let opened = false;
    socket.on('close', (code, reason) => {
      if (opened) this.closed = { code, reason: reason.toString() };
      if (this.#done || !this.#options.faithful) return;
      setTimeout(() => {
        if (!this.#done) this.#connect().catch(() => undefined);
      }, RETRY_MS);
    });
    return new Promise((done, fail) => {
      socket.on('error', fail);
      socket.on('open', () => {
        opened = true;
        this.connects += 1;
        for (const reader of this.readers.values()) {
          reader.forget();
          socket.send(`watch ${reader.site} ${reader.topic}`);
        }
        done();
      });
    });
  }

  #take(data: Buffer, binary: boolean): void {
    if (binary) {
      this.#order = this.#order.then(() => this.#accept(data));
      return;
    }
    const message = readText(data.toString());
    if (message?.kind === 'hello') this.hello = message.hello;
    if (message?.kind === 'waiting') this.waiting.add(message.topic);
    if (message?.kind === 'answer') this.#errands.take(message.number, message.answer);
  }

  async #accept(data: Buffer): Promise<void> {
    const topic = data.toString('latin1', 48 + (data[5] ?? 0), 48 + (data[5] ?? 0) + (data[6] ?? 0));
    const reader = this.readers.get(topic);
    if (!reader) return;
    const outcome = await reader.accept(data);
    this.outcomes[outcome] += 1;
    if (outcome === 'applied') this.onApplied?.(reader);
    if (outcome === 'lost' && performance.now() - this.#watched > WATCH_AGAIN_MS) {
      this.#watched = performance.now();
      this.socket.send(`watch ${reader.site} ${reader.topic}`);
    }
  }

  /** Has something done: the answer. words: the verb and its arguments. */
  command(words: string): Promise<Answer> {
    const site = this.#options.site ?? 'home';
    return this.#errands.ask((number) => this.socket.send(`command ${site} ${number} ${words}`));
  }

  /** The same; what it is refused with, or "done". */
  async refusal(words: string): Promise<string> {
    const answer = await this.command(words);
    return answer.done ? 'done' : answer.fault;
  }

  reader(topic = 'overview'): Reader {
    const reader = this.readers.get(topic);
    if (!reader) throw new Error(`the viewer does not watch ${topic}`);
    return reader;
  }

  /** The rows of a table, by their columns' names, with what other topics add to them, as far as those are watched. */
  rows(table: string, topic = topicOf(table)): Row[] {
    const rows = this.#rowsOf(table, topic);
    const added = ADDED[table];
    if (!added || !this.readers.has(topicOf(added.table))) return rows;
    const known = new Map(this.#rowsOf(added.table, topicOf(added.table)).map((row) => [row.id, row]));
    return rows.map((row) => ({ ...added.none, ...known.get(row.id), ...row }));
  }

  #rowsOf(table: string, topic: string): Row[] {
    const found = this.reader(topic).tables.find(({ name }) => name === table);
    if (!found) return [];
    return [...found.rows.values()].map((cells) => {
      const row: Record<string, Cell> = { id: cells[0] as number };
      found.columns.forEach((column, i) => {
        row[column === 'id' ? 'kernel_id' : column] = cells[i + 1] ?? null;
      });
      return row as Row;
    });
  }

  /** The one row of the table site. */
  site(): Row {
    const row = this.rows('site')[0];
    if (!row) throw new Error('the feed has no row in its table site');
    return row;
  }

  /**
   * Waits until frames were applied after which the probe is content, and still is once what belongs to them has come:
   * a topic has its own frame of what happens at one moment.
   */
  async until(what: string, ms: number, probe: (viewer: this) => boolean): Promise<void> {
    const holds = (): boolean => [...this.readers.values()].every((reader) => reader.whole) && probe(this);
    const deadline = performance.now() + ms;
    do {
      await until(what, deadline - performance.now(), holds, () => this.describe());
      await sleep(SETTLED_MS);
    } while (!holds());
  }

  /** Waits until frames come again: the state is whole and its clock moves. */
  async live(ms: number): Promise<void> {
    const before = new Map([...this.readers].map(([topic, reader]) => [topic, this.#mark(reader)]));
    await this.until('frames to come', ms, () =>
      [...this.readers].every(([topic, reader]) => this.#mark(reader) !== before.get(topic)),
    );
  }

  #mark(reader: Reader): string {
    return `${reader.epoch?.start}.${reader.epoch?.random}.${reader.sequence}`;
  }

  describe(): string {
    const topics = [...this.readers.values()].map((reader) => {
      const sizes = reader.tables.map(({ name, rows }) => `${name} ${rows.size}`).join(', ');
      return `${reader.topic}: ${reader.whole ? 'whole' : `not whole (${reader.fault})`} at ${this.#mark(reader)}; ${sizes}`;
    });
    return `The viewer: ${JSON.stringify(this.outcomes)}, closed ${JSON.stringify(this.closed)}\n${topics.join('\n')}`;
  }

  close(): void {
    this.#done = true;
    this.socket.on('error', () => undefined);
    this.socket.terminate();
  }
}

/** The topic that has the table. */
export const topicOf = (table: string): string =>
  Object.entries(TOPICS).find(([, tables]) => tables.has(table))?.[0] ?? 'overview';

/** The whole state of a topic as text: equal states give equal texts. */
export function stateText(reader: Reader): string {
  return JSON.stringify(
    reader.tables.map((table) => [
      table.name,
      [...table.rows.values()]
        .map((cells) =>
          table.columns.reduce<unknown[]>((row, _, i) => [...row, plain(cells[i + 1] ?? null)], [cells[0]]),
        )
        .sort((a, b) => Number(a[0]) - Number(b[0])),
    ]),
  );
}

function plain(cell: Cell): unknown {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : cell;
}

/** The states of all at the moment when they come to one sequence number, which lies ahead. */
export function sameMoment(viewers: readonly Viewer[], topic = 'overview'): Promise<string[]> {
  const AHEAD = 12;
  const target = (viewers[0]?.reader(topic).sequence ?? 0) + AHEAD;
  const texts = viewers.map(
    (viewer) =>
      new Promise<string>((done) => {
        viewer.onApplied = (reader) => {
          if (reader.topic !== topic || reader.sequence !== target) return;
          viewer.onApplied = undefined;
          done(stateText(reader));
        };
      }),
  );
  return within(`${viewers.length} viewers to come to sequence ${target}`, 30_000, Promise.all(texts));
}
