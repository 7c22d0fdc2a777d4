// SPDX-License-Identifier: MIT
// Suomi.

import type { Dictionary } from './index';

export const fi: Dictionary = {
  title: 'connvis',
  tagline: 'Mihin laitteesi lähettävät tietoa juuri nyt',
};
