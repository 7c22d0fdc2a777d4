// SPDX-License-Identifier: MIT
// A sentence of the page, the condition under which it is true, and how a test makes that so.

import type { Key } from '../../i18n';
import { page, type Shown, type Words } from './shown-page';

/** What is shown, as text: the page as it is then, or a part of it that the page shows only to who presses something. */
export type Scene = Shown | ((words: Words) => string | Promise<string>);

export interface Sentence {
  /** When it is true. */
  readonly when: string;
  readonly keys: readonly Key[];
  readonly so: Scene;
  /** The neighbouring condition, in which it is not. Null: it is always true, and always there where `so` is shown. */
  readonly not: Scene | null;
}

export function sentence(when: string, keys: readonly Key[] | Key, so: Scene, not: Scene | null): Sentence {
  return { when, keys: typeof keys === 'string' ? [keys] : keys, so, not };
}

export async function textOf(scene: Scene, words: Words): Promise<string> {
  const html = await (typeof scene === 'function' ? scene(words) : page(scene, words));
  return html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
