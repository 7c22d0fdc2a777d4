// SPDX-License-Identifier: MIT
// Has something done, one thing at a time, and keeps what came of it.

import { useRef, useState } from 'preact/hooks';
import type { Answer, Fault, OFFLINE } from '../feed/errands';
import type { Key, Values } from '../i18n';
import type { Acts } from '../store/acts';

/** What there is to say of it. */
export interface Said {
  readonly bad: boolean;
  readonly key: Key;
  readonly values: Values;
}

/** What a page of this version never brings about is left to `fault.else`; what a vote does has its own words. */
type Unheard =
  | 'unknown-command'
  | 'not-understood'
  | 'not-text'
  | 'repeated'
  | 'company-gone'
  | 'text-empty'
  | 'text-unseen'
  | 'router'
  | 'left-out'
  | 'vote-over'
  | 'vote-twice';
type Heard = Exclude<Fault, Unheard> | typeof OFFLINE;

const FAULTS: Readonly<Record<Heard, Key>> = {
  'name-empty': 'fault.empty',
  'name-long': 'fault.long',
  'too-long': 'fault.long',
  'name-unseen': 'fault.unseen',
  'name-taken': 'fault.taken',
  'names-locked': 'fault.locked',
  'other-device': 'fault.other',
  'many-behind': 'fault.many',
  'device-gone': 'fault.gone',
  'no-device': 'fault.unknown',
  'not-allowed': 'fault.off',
  'only-watching': 'fault.watching',
  'too-fast': 'fault.wait',
  busy: 'fault.wait',
  'no-site': 'fault.away',
  'no-collector': 'fault.away',
  'no-redis': 'fault.away',
  'no-answer': 'fault.silent',
  'conversation-gone': 'fault.over',
  'end-rights': 'fault.cannot',
  'end-sandbox': 'fault.cannot',
  'end-kernel': 'fault.cannot',
  'end-foreign': 'fault.cannot',
  'end-failed': 'fault.cannot',
  'end-full': 'fault.full',
  'flush-busy': 'fault.flushing',
  offline: 'fault.offline',
};

export function faultSaid(fault: string): Said {
  const key = Object.hasOwn(FAULTS, fault) ? FAULTS[fault as Heard] : 'fault.else';
  return { bad: true, key, values: {} };
}

export type Result = Extract<Answer, { done: true }>['result'];

export type Done = Omit<Said, 'bad'>;

export interface Act {
  readonly said: Said | null;
  /** words: the verb and its arguments. done: what its result means. False: it was not done, or another one is still under way. */
  readonly run: (words: string, done: (result: Result) => Done) => Promise<boolean>;
}

export function useAct({ ask }: Pick<Acts, 'ask'>): Act {
  const [said, setSaid] = useState<Said | null>(null);
  const busy = useRef(false);
  const run: Act['run'] = async (words, done) => {
    if (busy.current) return false;
    busy.current = true;
    // what is said twice is to be heard twice
    setSaid(null);
    const answer = await ask(words);
    busy.current = false;
    setSaid(answer.done ? { ...done(answer.result), bad: false } : faultSaid(answer.fault));
    return answer.done;
  };
  return { said, run };
}
