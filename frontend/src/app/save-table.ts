// SPDX-License-Identifier: MIT
// Saves the table of the view that is open, as one sees it.

import { csvOf } from '../parts/csv';
import { fileName, saveFile } from '../parts/save-file';
import type { ViewName } from '../views/registry';

/** Of the view that is open, where all of its rows are there: of very many only those are that one sees. Null: it has none. */
export function tableHere(): HTMLTableElement | null {
  return typeof document === 'undefined' ? null : document.querySelector('main table:not([aria-rowcount])');
}

/** What stands in a cell, on one line: words that are for the ear say what signs say to the eye. */
function textOf(cell: HTMLElement): string {
  return cell.innerText.replaceAll(/\s+/g, ' ').trim();
}

export function saveTable(view: ViewName, table: HTMLTableElement, at: Date): void {
  const rows = [...table.rows].map((row) => [...row.cells].map(textOf));
  saveFile(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }), fileName(view, at, 'csv'));
}
