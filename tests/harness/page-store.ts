// SPDX-License-Identifier: MIT
// The page's store behind a viewer, fed as the page's worker feeds it.

import { Outbox } from '../../frontend/src/feed/outbox';
import { EVERYTHING } from '../../frontend/src/store/filter';
import type { Selection } from '../../frontend/src/store/selection';
import { Store } from '../../frontend/src/store/store';
import type { Viewer } from './viewer';

export class PageStore {
  readonly #store = new Store();
  readonly #outbox = new Outbox();

  /** Takes the viewer's onApplied. */
  constructor(viewer: Viewer) {
    viewer.onApplied = (reader) => {
      if (reader.topic !== 'overview') return;
      for (const update of this.#outbox.take(reader, true)) this.#store.take(update);
    };
  }

  get ready(): boolean {
    return this.#store.ready;
  }

  select(): Selection {
    return this.#store.select(EVERYTHING);
  }
}
