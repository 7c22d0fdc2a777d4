// SPDX-License-Identifier: MIT
// Characters that are no text: names come from outside, and may hold any. Pure.

/** Marks of direction (Unicode, UAX #9), with which a name could turn the text around it. */
const DIRECTION = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;
const MARKS = new RegExp(`[${DIRECTION}]`, 'g');
/** These, and what controls a terminal. */
const UNPRINTABLE = new RegExp(String.raw`[\u0000-\u001f\u007f-\u009f\ufeff` + DIRECTION + ']', 'g');

/** What a letter takes along: accents, tones of skin, variants, the tags of a flag. */
const WITH = String.raw`[\p{M}\p{EMod}\ufe0e\ufe0f\u20e3\u{e0020}-\u{e007f}]*`;
/** Two letters of a flag, or a letter with what it takes along, joined to others (Unicode: UAX #29, without its rare cases). */
const LETTER = new RegExp(String.raw`\p{RI}{2}|[\s\S]${WITH}(?:\u200d[\s\S]${WITH})*`, 'gu');

/** The letters as one sees them: half of one would be another one. Not all browsers that we support have Intl.Segmenter. */
export function lettersOf(text: string): readonly string[] {
  return text.match(LETTER) ?? [];
}

/** Hebrew, Arabic and their like come first in it. */
const LEFTWARDS = /^\P{L}*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** After a text that was cut: where the end of the text is, whatever direction it is written in. */
export function ellipsis(text: string): string {
  return LEFTWARDS.test(text) ? '…\u200f' : '…';
}

/** The text as it can be drawn. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '');
}

/** A name from outside, to stand within a sentence whatever direction it is written in (Unicode: FSI … PDI). */
export function isolate(name: string): string {
  return `\u2068${name.replace(MARKS, '')}\u2069`;
}
