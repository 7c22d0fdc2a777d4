// SPDX-License-Identifier: MIT
// Characters that are no text: names come from outside, and may hold any. Pure.

/** Marks of direction (Unicode, UAX #9), with which a name could turn the text around it. */
const DIRECTION = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;
const MARKS = new RegExp(`[${DIRECTION}]`, 'g');
/** These, and what controls a terminal. */
const UNPRINTABLE = new RegExp(String.raw`[\u0000-\u001f\u007f-\u009f\ufeff` + DIRECTION + ']', 'g');

/** The text as it can be drawn. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '');
}

/** A name from outside, to stand within a sentence whatever direction it is written in (Unicode: FSI … PDI). */
export function isolate(name: string): string {
  return `\u2068${name.replace(MARKS, '')}\u2069`;
}
