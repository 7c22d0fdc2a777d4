// SPDX-License-Identifier: MIT
// What there is to say when something was done to a device.

import { isolate } from './characters';
import type { Done, Result } from './use-act';

export const namedSaid = ({ alias }: Result): Done => ({ key: 'act.named', values: { name: isolate(String(alias)) } });

export const unnamedSaid = ({ alias }: Result): Done => ({
  key: 'act.unnamed',
  values: { name: isolate(String(alias)) },
});
