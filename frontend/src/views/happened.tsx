// SPDX-License-Identifier: MIT
// What just happened, in a view: of all here, or of one device.

import { useEffect, useState } from 'preact/hooks';
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
  onOnly,
  t,
  locale,
}: ViewProps & { readonly about: Device | null }) {
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(true), AFTER);
    return () => clearTimeout(timer);
  }, []);
  const List = usePastList(later && !recorded);
  if (!List || recorded) return null;
  return (
    <List
      {...{ about, selection, onTarget, t, locale }}
      onDevice={(device) => onView('device', device.alias)}
      onNames={(device) => {
        onOnly(device);
        onView('domains');
      }}
    />
  );
}
