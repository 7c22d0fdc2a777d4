// SPDX-License-Identifier: MIT
// The topic `lookups`: what devices asked for, and what rows of the overview are called by it. Some may not see it.

import type { Update } from '../feed/update';
import { Attached } from './attached';
import type { Refs } from './entity';
import { Rows } from './entity-table';
import { LookupEntity, NameEntity, NO_REMOTE_NAMES, type RemoteNames } from './knowledge';
import type { Name } from './rows';

/** Rows of the overview by their ids, those that are here now. */
export type Called = Readonly<Record<'remotes' | 'conversations' | 'sums', (id: number) => object | null>>;

export class LookupTables {
  /** A whole state of it has come. */
  told = false;
  readonly names: Rows<NameEntity>;
  readonly lookups: Rows<LookupEntity>;
  readonly remotes: Attached<RemoteNames>;
  readonly conversations: Attached<{ own: Name | null }>;
  readonly sums: Attached<{ name: Name | null }>;
  #whole = false;
  /** The time of its last update. */
  #time = 0;

  /** refs: also those to these tables. */
  constructor(refs: Refs, called: Called) {
    this.names = new Rows(
      (id) => new NameEntity(id),
      (entity, row) => entity.fill(row, refs),
    );
    this.lookups = new Rows(
      (id) => new LookupEntity(id),
      (entity, row) => entity.fill(row, refs),
    );
    this.remotes = new Attached<RemoteNames>(
      NO_REMOTE_NAMES,
      (id) => called.remotes(id),
      (row) => {
        const given = row.numbers('names').flatMap((id) => {
          const lookup = this.lookups.find(id);
          return lookup ? [{ lookup, time: lookup.asked }] : [];
        });
        return { asked: refs.names(row.maybeNumber('name')), given, moreAnswers: row.number('more_names') };
      },
    );
    this.conversations = new Attached<{ own: Name | null }>(
      { own: null },
      (id) => called.conversations(id),
      (row) => ({ own: refs.names(row.maybeNumber('name')) }),
    );
    this.sums = new Attached<{ name: Name | null }>(
      { name: null },
      (id) => called.sums(id),
      (row) => ({ name: refs.names(row.maybeNumber('name')) }),
    );
  }

  /** They are of the epoch that is shown: the worker sees to that. now: the overview's time. */
  take({ whole, more, time, tables }: Update, now: number): void {
    const rows = { names: this.names, lookups: this.lookups };
    const attached = {
      remote_names: this.remotes,
      conversation_names: this.conversations,
      sum_names: this.sums,
    };
    const before = this.#time;
    this.#time = time;
    if (whole) {
      this.#whole = true;
      for (const table of Object.values(rows)) table.begin();
      for (const table of Object.values(attached)) table.clear();
    }
    for (const table of tables) {
      rows[table.name as keyof typeof rows]?.take(table, { now: time, before, whole: this.#whole });
      attached[table.name as keyof typeof attached]?.take(table);
    }
    if (more) return;
    if (this.#whole) for (const table of Object.values(rows)) table.end(time, before);
    this.#whole = false;
    this.told = true;
    this.sweep(Math.max(now, time));
  }

  /** Lets go what has faded. */
  sweep(now: number): void {
    this.names.sweep(now);
    this.lookups.sweep(now);
  }

  clear(): void {
    this.told = false;
    this.#whole = false;
    for (const table of [this.remotes, this.conversations, this.sums, this.names, this.lookups]) table.clear();
  }
}
