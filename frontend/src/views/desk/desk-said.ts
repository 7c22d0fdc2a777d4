// SPDX-License-Identifier: MIT
// What is said when something was done from the desk.

import '../../i18n/later-desk';
import type { Key } from '../../i18n';
import type { Done } from '../../parts/use-act';

const SAID = {
  round: 'desk.did.round',
  play: 'desk.did.round',
  'time-up': 'desk.did.timeUp',
  'round-end': 'desk.did.roundEnd',
  mark: 'desk.did.mark',
  freeze: 'desk.did.freeze',
  release: 'desk.did.release',
  spotlight: 'desk.did.spotlight',
  wall: 'desk.did.wall',
  clear: 'desk.did.clear',
  flush: 'desk.did.flush',
  'lock-names': 'desk.did.lock',
  'unlock-names': 'desk.did.unlock',
  name: 'desk.did.name',
} as const satisfies Readonly<Record<string, Key>>;

export type DeskVerb = keyof typeof SAID;

/** words: what came with the verb, empty for nothing. */
export const deskSaid = (verb: DeskVerb, words: string): Done => ({
  key: verb === 'spotlight' && words === 'nothing' ? 'desk.did.dark' : SAID[verb],
  values: {},
});
