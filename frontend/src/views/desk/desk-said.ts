// SPDX-License-Identifier: MIT
// What is said when something was done from the desk: what stands on that which was pressed.

import type { Key, Translate } from '../../i18n';
import type { Done } from '../../parts/use-act';

const LABELS = {
  round: 'desk.round.start',
  play: 'desk.round.start',
  'time-up': 'room.over',
  'round-end': 'desk.round.end',
  mark: 'desk.mark.set',
  freeze: 'desk.freeze',
  release: 'desk.release',
  spotlight: 'desk.spotlight',
  wall: 'desk.wall',
  clear: 'desk.clear',
  flush: 'desk.flush',
  'lock-names': 'desk.names.lock',
  'unlock-names': 'desk.names.unlock',
  name: 'desk.names',
} as const satisfies Readonly<Record<string, Key>>;

export type DeskVerb = keyof typeof LABELS;

export const deskSaid = (verb: DeskVerb, t: Translate): Done => ({
  key: 'desk.did',
  values: { what: t(LABELS[verb]) },
});
