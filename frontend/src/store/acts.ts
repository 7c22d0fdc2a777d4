// SPDX-License-Identifier: MIT
// What the viewer may have done to devices, and the way to have it done.

import type { Answer, Verb } from '../feed/errands';
import type { Hello } from '../feed/hello';
import type { Me } from './myself';
import type { Device } from './rows';

export interface Acts {
  /** Whoever leads the room. */
  readonly leads: boolean;
  may(verb: Verb, device: Device): boolean;
  /** words: the verb and its arguments. */
  ask(words: string): Promise<Answer>;
  /** How the viewer's own device is seen, whether they chose that (as in Me), and what it hangs on; null where nobody knows which it is. */
  readonly own: Pick<Me, 'wish' | 'chosen' | 'keptBy'> | null;
}

/** Whoever leads may act on any device, also without one of their own; everybody else on the device that they hold. */
export function actsOf(hello: Pick<Hello, 'role'> | null, me: Me | null, ask: Acts['ask']): Acts | null {
  const leads = hello?.role === 'facilitator';
  if (!leads && !me) return null;
  return {
    leads,
    may: (verb, device) => (leads || device.id === me?.device) && (me === null || me.may.includes(verb)),
    ask,
    own: me,
  };
}
