// SPDX-License-Identifier: MIT
// What an event speaks of, as far as it is here now. Pure.

import type { EventKind, Party, PastEvent } from '../../store/past';
import type { Device } from '../../store/rows';
import type { Grouping, Target } from '../../store/selection';

export type Opens =
  /** What is shown beside the view. */
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'device'; readonly device: Device }
  /** What this device asked for. */
  | { readonly kind: 'names'; readonly device: Device };

const REFUSED: readonly EventKind[] = ['blocked', 'failed'];

/** The group that it is in, by the grouping that it speaks of. Null: one that has no name. */
function groupOf(kind: EventKind, party: Party): { readonly by: Grouping; readonly key: string } | null {
  if (kind === 'country' && party.country !== null) return { by: 'country', key: party.country };
  const key = party.company ?? party.name ?? party.network;
  return key === null ? null : { by: 'company', key };
}

export function opensOf({ kind, device, party }: PastEvent): Opens | null {
  const here = device?.here?.gone === null ? device.here : null;
  if (here && REFUSED.includes(kind)) return { kind: 'names', device: here };
  const group = party && groupOf(kind, party);
  if (group && here) return { kind: 'target', target: { kind: 'link', device: here.id, ...group } };
  if (group) return { kind: 'target', target: { kind: 'group', ...group } };
  return here && { kind: 'device', device: here };
}
