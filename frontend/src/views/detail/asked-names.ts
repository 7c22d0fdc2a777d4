// SPDX-License-Identifier: MIT
// Which names led here: each with who asked for it, and when. Pure.

import type { Answer, Conversation, Device, Name } from '../../store/rows';

export interface Asker {
  readonly device: Device;
  /** When the answer that led here came, on the feed's clock. */
  readonly time: number;
}

export interface NamedHere {
  readonly name: Name;
  /** The latest first, each device once. */
  readonly askers: readonly Asker[];
}

function gather(answers: readonly Answer[]): NamedHere[] {
  const byName = new Map<Name, Map<Device, number>>();
  for (const { lookup, time } of answers) {
    let askers = byName.get(lookup.name);
    if (!askers) byName.set(lookup.name, (askers = new Map()));
    askers.set(lookup.device, Math.max(time, askers.get(lookup.device) ?? -Infinity));
  }
  return [...byName]
    .map(([name, askers]) => ({
      name,
      askers: [...askers].map(([device, time]) => ({ device, time })).sort((a, b) => b.time - a.time),
    }))
    .sort((a, b) => (b.askers[0]?.time ?? 0) - (a.askers[0]?.time ?? 0));
}

/** All names that one address had in this session. */
export function namesOf(remote: { readonly answers: readonly Answer[] }): NamedHere[] {
  return gather(remote.answers);
}

/** The names by which conversations are known: of a shared address, those of others are left out. only: what this device asked. */
export function namesAsked(conversations: readonly Conversation[], only: Device | null): NamedHere[] {
  const wanted = new Set(conversations.map((one) => one.asked));
  const remotes = new Set(conversations.map((one) => one.remote));
  return gather(
    [...remotes].flatMap((remote) =>
      remote.answers.filter(({ lookup }) => wanted.has(lookup.name) && (!only || lookup.device === only)),
    ),
  );
}
