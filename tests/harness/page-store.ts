// SPDX-License-Identifier: MIT
// The page's store behind a viewer, fed as the page's worker feeds it.

import type { Reader } from '../../frontend/src/feed/reader';
import { RECORDED } from '../../frontend/src/record/recording';
import { Together } from '../../frontend/src/feed/together';
import { EVERYTHING } from '../../frontend/src/store/filter';
import type { Selection } from '../../frontend/src/store/selection';
import { Store } from '../../frontend/src/store/store';
import type { Viewer } from './viewer';

export class PageStore {
  readonly #store = new Store();
  readonly #outboxes = new Map(RECORDED.map((topic) => [topic, new Together()]));

  /** Takes the viewer's onApplied. */
  constructor(viewer: Viewer) {
    viewer.onApplied = () => this.#take(viewer.readers);
  }

  #take(readers: ReadonlyMap<string, Reader>): void {
    const overview = readers.get('overview');
    for (const [topic, outbox] of this.#outboxes) {
      const reader = readers.get(topic);
      if (!reader || !overview) continue;
      for (const update of outbox.take([reader], true, [overview])) this.#store.take(update);
    }
  }

  get ready(): boolean {
    return this.#store.ready;
  }

  select(): Selection {
    return this.#store.select(EVERYTHING);
  }
}
