// SPDX-License-Identifier: MIT
// The tables of PROTOCOL.md that say who may do what.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths';

/** A row by its columns' names. What is code in it, is without its marks. */
export type TableRow = Readonly<Record<string, string>>;

const cells = (line: string): string[] =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());

/** The rows of the first table under a heading; throws where there is none. */
export function protocolTable(heading: string): readonly TableRow[] {
  const lines = readFileSync(join(root, 'common/PROTOCOL.md'), 'utf8').split('\n');
  const under = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (under < 0) throw new Error(`PROTOCOL.md has no heading "${heading}"`);
  const end = lines.findIndex((line, i) => i > under && /^#+ /.test(line));
  const section = lines.slice(under + 1, end < 0 ? undefined : end);
  const first = section.findIndex((line) => line.startsWith('|'));
  if (first < 0) throw new Error(`PROTOCOL.md has no table under "${heading}"`);
  const length = section.slice(first).findIndex((line) => !line.startsWith('|'));
  const [head = '', , ...rows] = section.slice(first, length < 0 ? undefined : first + length);
  const names = cells(head);
  return rows.map((row) => {
    const values = cells(row);
    if (values.length !== names.length) throw new Error(`a row under "${heading}" has other columns: ${row}`);
    return Object.fromEntries(names.map((name, i) => [name, (values[i] ?? '').replaceAll('`', '')]));
  });
}
