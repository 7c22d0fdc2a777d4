// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import schema from '../../../common/schema/commands.json';
import { faultSaid } from './use-act';

it('each reason for a refusal has a sentence of its own, but for those that the page never brings about', () => {
  const without = Object.keys(schema.faults).filter((fault) => faultSaid(fault).key === 'fault.else');
  const unheard = ['unknown-command', 'not-understood', 'not-text', 'repeated'];
  expect(without).toEqual([
    ...unheard,
    'company-gone',
    'text-empty',
    'text-unseen',
    'router',
    'left-out',
    'vote-over',
    'vote-twice',
  ]);
  for (const fault of ['of-a-later-version', 'toString', '']) expect(faultSaid(fault).key).toBe('fault.else');
});
