// SPDX-License-Identifier: MIT
// The way to save the picture of the view that is open, where it shows one.

import { useCallback, useRef } from 'preact/hooks';
import type { Playback } from '../record/recorder-messages';
import type { Selection } from '../store/selection';
import { VIEWS, type ViewName } from '../views/registry';
import type { Options } from '../views/view-props';
import type { Preferences } from './preferences';
import { savePicture } from './save-picture';

export interface Shown {
  readonly view: ViewName;
  readonly selection: Selection | null;
  /** There is no traffic to be drawn. */
  readonly nothing: boolean;
  readonly options: Options;
  readonly playback: Playback | null;
  readonly preferences: Preferences;
}

function isDrawn({ view, selection, nothing, options }: Shown): boolean {
  const { picture } = VIEWS[view];
  if (picture === 'lookups') return (selection?.lookups.length ?? 0) > 0;
  return picture === 'always' && !nothing && options.table !== '1';
}

/** Null where there is no picture to be saved; else the same function each time. */
export function usePicture(shown: Shown): (() => void) | null {
  const now = useRef(shown);
  now.current = shown;
  const save = useCallback((): void => {
    const { view, selection, playback, preferences } = now.current;
    if (!selection) return;
    const { t, locale } = preferences;
    void savePicture({
      view,
      // a picture that was stopped is of then, and no viewer's clock is the room's
      time: playback ? playback.began + playback.at : selection.date,
      title: t('picture.caption', { view: t(VIEWS[view].title) }),
      sources: selection.sources,
      locale,
      t,
    });
  }, []);
  return isDrawn(shown) ? save : null;
}
