// SPDX-License-Identifier: MIT
// English, one file for each part of the page: this one puts them together.

import { connections } from './connections';
import { detail } from './detail';
import { devices } from './devices';
import { display } from './display';
import { domains } from './domains';
import { flows } from './flows';
import { landing } from './landing';
import { map } from './map';
import { record } from './record';
import { shell } from './shell';
import { sources } from './sources';
import { words } from './words';

export const en = {
  ...shell,
  ...words,
  ...sources,
  ...flows,
  ...map,
  ...domains,
  ...devices,
  ...connections,
  ...landing,
  ...display,
  ...detail,
  ...record,
} as const;

export type Key = keyof typeof en;
export type Dictionary = Readonly<Record<Key, string>>;
