// SPDX-License-Identifier: MIT
// What the sentence above the view speaks of, as the pictures show it. Pure: workers have it too.

import { groupKey } from '../../store/grouping';
import type { Conversation, Device } from '../../store/rows';
import type { Receipts } from './finding';

/** Whether the sentence speaks of a conversation. */
export type IsSpoken = (conversation: Conversation) => boolean;

export const OF_NOTHING: IsSpoken = () => false;

/** Where it is about a name that was asked for, whatever else its devices do is not. */
export function spokenBy(receipts: Receipts | null): IsSpoken {
  if (!receipts || receipts.names.length > 0) return OF_NOTHING;
  const devices = new Set<Device>(receipts.devices);
  const companies = new Set<string>(receipts.companies);
  if (devices.size === 0 && companies.size === 0) return OF_NOTHING;
  return (one) =>
    (devices.size === 0 || devices.has(one.device)) &&
    (companies.size === 0 || companies.has(groupKey(one, 'company')));
}

/** Whether the sentence speaks of what was looked up. name: the whole one, or its domain. */
export function isSpokenName(receipts: Receipts | null, name: string, company: string | null): boolean {
  if (!receipts) return false;
  const { names, companies } = receipts;
  if (names.length > 0) return names.some((one) => one === name || one.endsWith(`.${name}`));
  return company !== null && companies.includes(company);
}
