// SPDX-License-Identifier: MIT
// What there is to say when something was done to a device.

import { isolate } from './characters';
import type { Done, Result } from './use-act';

export const namedSaid = ({ alias }: Result): Done => ({ key: 'act.named', values: { name: isolate(String(alias)) } });

export const unnamedSaid = ({ alias }: Result): Done => ({
  key: 'act.unnamed',
  values: { name: isolate(String(alias)) },
});

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Counts: ended; gone by themselves; not to be ended here; and those for which there was no room. */
export function endedSaid({ alias, ended, gone, kept, left }: Result): Done {
  const [done, stay, rest] = [count(ended), count(kept), count(left)];
  const all = done + count(gone) + stay + rest;
  if (rest > 0) return { key: 'act.ended.left', values: { done, all } };
  if (stay > 0) return { key: 'act.ended.kept', values: { done, all } };
  if (done === 0) return { key: 'act.ended.none', values: {} };
  return { key: 'act.ended', values: { n: done, name: isolate(String(alias)) } };
}
