// SPDX-License-Identifier: MIT
// Whom an alias means. Pure.

import type { Device } from '../store/rows';

/**
 * Who has the alias now; else before, who had it when it was last looked for, if that one is still here. A row has
 * another alias as soon as the feed says so, which is before the page's address has it: nothing is to flicker meanwhile.
 */
export function whoIs(alias: string, devices: readonly Device[], before: Device | undefined): Device | undefined {
  const named = devices.find((one) => one.alias === alias && one.gone === null);
  if (named) return named;
  return before && before.gone === null && devices.includes(before) ? before : undefined;
}
