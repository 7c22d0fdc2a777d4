// SPDX-License-Identifier: MIT
// All views' sheets are in the page soon after its start, in whatever order they came: none may style what is another's.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const sheets = new Map(
  readdirSync(FOLDER).flatMap((file) =>
    file.endsWith('.css')
      ? [[file, readFileSync(join(FOLDER, file), 'utf8').replace(/\/\*.*?\*\//gs, '')] as const]
      : [],
  ),
);

function imported(file: string): Set<string> {
  const text = sheets.get(file) ?? '';
  const own = [...text.matchAll(/@import '\.\/([^']+)'/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  return new Set(own.flatMap((name) => [name, ...imported(name)]));
}

/** The class with which each selector begins: whose things it styles. */
function owners(file: string): Set<string> {
  const text = (sheets.get(file) ?? '').replace(/@import[^;]*;/g, '');
  const selectors = [...text.matchAll(/([^{};]+)\{/g)].flatMap(([, list]) =>
    (list ?? '')
      .replace(/(?<=[\w\])-][\s>]*):\w+\([^()]*\)/g, '')
      .replace(/:is\(([^()]*)\)/g, '$1')
      .split(','),
  );
  return new Set(selectors.flatMap((selector) => /^\s*\.([\w-]+)/.exec(selector)?.[1] ?? []));
}

describe('the sheets of the views', () => {
  const first = imported('page.css');
  const later = [...sheets.keys()].filter((file) => file !== 'page.css' && !first.has(file));

  it('are there', () => expect(later).toContain('landing.css'));

  it.each(later)('%s styles nothing that another sheet styles', (file) => {
    // a copy would come after what others say
    expect(imported(file).size).toBe(0);
    const mine = owners(file);
    expect(mine.size).toBeGreaterThan(0);
    // its own view, about which the page may say something too
    mine.delete(file.replace('.css', ''));
    const strangers = [...sheets.keys()].filter((other) => other !== file);
    for (const other of strangers)
      expect(
        [...owners(other)].filter((name) => mine.has(name)),
        other,
      ).toEqual([]);
  });
});
