// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COLUMNS, NESTING, ROWS, STRING_BYTES, TABLES } from './limits';
import { TOPICS, type Column, type Topic } from './schema';

const PROTOCOL = readFileSync(new URL('../../../common/PROTOCOL.md', import.meta.url), 'utf8');

interface Described {
  /** With its mark. */
  readonly column: string;
  readonly text: string;
}

/** The tables of a topic as PROTOCOL.md has them, in its order: a line may stand for several columns. */
function described(topic: Topic): Map<string, Described[]> {
  const section = PROTOCOL.split(/^## /m).find((part) => part.startsWith(`Topic \`${topic}\``)) ?? '';
  const tables = section.split(/^### /m).slice(1);
  return new Map(
    tables.map((part) => {
      const lines = [...part.matchAll(/^\| (.+?) \| ?(.*?) ?\|$/gm)].filter(([, columns]) => columns !== 'column');
      return [
        /^`(\w+)`/.exec(part)?.[1] ?? '',
        lines.flatMap(([, columns = '', text = '']) => columns.split(', ').map((column) => ({ column, text }))),
      ];
    }),
  );
}

const all = (Object.keys(TOPICS) as Topic[]).flatMap((topic) =>
  [...TOPICS[topic]].map(([table, columns]): [string, readonly Column[], readonly Described[]] => [
    table,
    columns,
    described(topic).get(table) ?? [],
  ]),
);

describe('the schema', () => {
  it.each(all)('has the columns of %s that PROTOCOL.md describes', (_, columns, text) => {
    expect(columns.map(({ mark, name }) => mark + name)).toEqual(text.map(({ column }) => column));
  });

  it.each(all)('says of %s what PROTOCOL.md says of nil, references and words', (_, columns, text) => {
    const wrong = columns.filter(({ nil, kind, of }, i) => {
      const words = text[i]?.text ?? '';
      const named = kind === 'words' ? of.every((word) => words.includes(`\`${word}\``)) : words.includes(of[0] ?? '');
      return /\bnil\b/.test(words) !== nil || !named;
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('has the topics and tables of PROTOCOL.md, and no more', () => {
    expect(PROTOCOL.match(/(?<=^## Topic `)\w+/gm)).toEqual(Object.keys(TOPICS));
    for (const topic of Object.keys(TOPICS) as Topic[])
      expect([...described(topic).keys()]).toEqual([...TOPICS[topic].keys()]);
  });

  it('names no table twice', () => {
    const names = all.map(([table]) => table);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has the limits that PROTOCOL.md names, and masks of columns that are exact numbers', () => {
    const [, ...limits] =
      /tables (\d+), columns (\d+), rows ([\d,]+), strings (\d+) KiB, nesting (\d+)/.exec(PROTOCOL) ?? [];
    const [tables, columns, rows, kilobytes = 0, nesting] = limits.map((text) => Number(text.replaceAll(',', '')));
    expect([tables, columns, rows, kilobytes * 1024, nesting]).toEqual([TABLES, COLUMNS, ROWS, STRING_BYTES, NESTING]);
    expect(Number.isSafeInteger(2 ** COLUMNS - 1)).toBe(true);
    expect(Math.max(...all.map(([, { length }]) => length))).toBeLessThanOrEqual(COLUMNS);
  });

  it('has a kind and a class for each column', () => {
    const kinds = ['number', 'time', 'degrees', 'flag', 'text', 'texts', 'words', 'address', 'mac', 'ref', 'refs'];
    const tables = all.map(([table]) => table);
    for (const [, columns] of all) {
      for (const { kind, of, keep } of columns) {
        expect(kinds).toContain(kind);
        expect(['keep', 'drop', 'public', 'secret', 'replace']).toContain(keep);
        if (kind === 'ref' || kind === 'refs') expect(tables).toContain(of[0]);
      }
    }
  });
});
