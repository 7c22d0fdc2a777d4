// SPDX-License-Identifier: MIT
// A table as comma-separated values (RFC 4180), which any spreadsheet opens. Pure.

/** A program that opens the file takes what begins so for a formula, and names come from outside. */
const FORMULA = /^[=+\-@\t\r]/;
/** So that it is taken for UTF-8. */
const MARK = '\ufeff';

function cellOf(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(rows: readonly (readonly string[])[]): string {
  return MARK + rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}
