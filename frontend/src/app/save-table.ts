// SPDX-License-Identifier: MIT
// Saves the table of the view that is open, as one sees it.

import { csvOf } from '../parts/csv';
import { fileName, saveFile } from '../parts/save-file';
import type { ViewName } from '../views/registry';

/** What stands in a cell, on one line. What is for the eye or the ear alone is of no use in a table. */
function textOf(cell: Element): string {
  const copy = cell.cloneNode(true) as Element;
  for (const one of copy.querySelectorAll('[aria-hidden=true], .visually-hidden')) one.remove();
  return (copy.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

export function saveTable(view: ViewName, table: HTMLTableElement, at: Date): void {
  const rows = [...table.rows].map((row) => [...row.cells].map(textOf));
  saveFile(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }), fileName(view, at, 'csv'));
}
