// SPDX-License-Identifier: MIT
// Of several sites, which are silent: the others go on, and the page would not notice. Pure.

/** A collector says something each second. Milliseconds. */
const SILENT = 3000;

/**
 * heard: when a site was last heard, by its name. One that is asked anew counts as heard then, for its first keyframe takes
 * as long as the line needs for it.
 */
export function silentOf(sites: readonly string[], heard: ReadonlyMap<string, number>, now: number): readonly string[] {
  return sites.length < 2 ? [] : sites.filter((site) => now - (heard.get(site) ?? -Infinity) > SILENT);
}
