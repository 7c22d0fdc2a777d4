// SPDX-License-Identifier: MIT
// Finnish, one file for each part of the page: this one puts them together.

import type { AtOnce } from '../en';
import { acts } from './acts';
import { connections } from './connections';
import { detail } from './detail';
import { devices } from './devices';
import { display } from './display';
import { domains } from './domains';
import { flows } from './flows';
import { landing } from './landing';
import { map } from './map';
import { record } from './record';
import { room } from './room';
import { shell } from './shell';
import { sources } from './sources';
import { words } from './words';

/** Without what is fetched later: i18n/later*.ts. */
export const fi: AtOnce = {
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
};
