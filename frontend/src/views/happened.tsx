// SPDX-License-Identifier: MIT
// What just happened, in a view: of all here, or of one device.

import { useLater } from '../parts/use-later';
import type { Device } from '../store/rows';
import { usePastList } from './use-view';
import type { ViewProps } from './view-props';

/** Once the first picture has come there is time for what was before. Milliseconds. */
const AFTER = 2000;

export function Happened({
  about,
  selection,
  recorded,
  onTarget,
  onView,
  onNames,
  t,
  locale,
}: ViewProps & { readonly about: Device | null }) {
  const List = usePastList(useLater(AFTER) && !recorded);
  if (!List || recorded) return null;
  return (
    <List
      {...{ about, selection, onTarget, onNames, t, locale }}
      onDevice={(device) => onView('device', device.alias)}
    />
  );
}
