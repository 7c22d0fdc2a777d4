// SPDX-License-Identifier: MIT
// English, one file for each part of the page: this one puts them together.

import { acts } from './acts';
import { connections } from './connections';
import type { consent } from './consent';
import type { desk } from './desk';
import { detail } from './detail';
import { devices } from './devices';
import { display } from './display';
import { domains } from './domains';
import type { envelope } from './envelope';
import type { findings } from './findings';
import { flows } from './flows';
import { landing } from './landing';
import type { lead } from './lead';
import { map } from './map';
import type { past } from './past';
import type { purposes } from './purposes';
import { record } from './record';
import { room } from './room';
import type { rounds } from './rounds';
import { shell } from './shell';
import { sources } from './sources';
import type { things } from './things';
import type { wishes } from './wishes';
import { words } from './words';

const atOnce = {
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
  ...acts,
  ...room,
} as const;

/** With what is fetched later: i18n/later*.ts. */
export const en = atOnce as typeof atOnce &
  typeof lead &
  typeof rounds &
  typeof things &
  typeof consent &
  typeof wishes &
  typeof findings &
  typeof past &
  typeof purposes &
  typeof desk &
  typeof envelope;

/** Without these. */
export type AtOnce = Readonly<Record<keyof typeof atOnce, string>>;
export type Key = keyof typeof en;
export type Dictionary = Readonly<Record<Key, string>>;
