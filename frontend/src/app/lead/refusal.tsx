// SPDX-License-Identifier: MIT
// Why something was not done that whoever leads the room has asked for.

import '../../i18n/later';
import type { Key, Translate } from '../../i18n';
import type { Asked } from './ask';

export type Refused = Extract<Asked, { done: false }>;

const FAULTS = ['wrong', 'slowed', 'busy', 'broken', 'too-many'] as const;

function sentenceOf(fault: string): Key {
  const known = FAULTS.find((one) => one === fault);
  return known ? `lead.fault.${known}` : 'lead.fault.other';
}

export function Refusal({ refused, t }: { readonly refused: Refused | null; readonly t: Translate }) {
  return (
    <p class={refused ? 'refusal' : 'visually-hidden'} role="status">
      {refused && t(sentenceOf(refused.fault), { n: refused.wait })}
    </p>
  );
}
