// SPDX-License-Identifier: MIT
// What each part of a round is shown with.

import type { Translate } from '../../i18n';
import type { Room } from '../../store/rows';
import type { Selection } from '../../store/selection';

export interface RoundProps {
  readonly room: Room;
  readonly selection: Selection;
  readonly t: Translate;
  readonly locale: string;
}
