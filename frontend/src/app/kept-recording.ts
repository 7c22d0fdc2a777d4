// SPDX-License-Identifier: MIT
// The recording that this tab shows, kept by the browser so that a reload goes on with it. It is let go when the live feed
// is shown again; what a closed tab has left, when another page of this server is opened on a later day.

const DATABASE = 'connvis';
const STORE = 'recordings';
/** In the tab's own storage: which recording is its, and where it stood. */
const TAB = 'connvis.replay';
/** What is older was left by a tab that is closed. Milliseconds. */
const LEFT = 12 * 3_600_000;

export interface Place {
  readonly at: number;
  readonly speed: number;
}

interface Kept extends Place {
  readonly id: number;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps nothing.'));
  });
}

/** Does something with the store of recordings; the keys are the times at which they were opened. */
async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
  const database = await done(opening);
  try {
    return await done(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

/** Null where nothing is kept, and where it makes no sense. */
export function readKept(text: string | null): Kept | null {
  const [id, at, speed, ...more] = (text ?? '').split(' ').map(Number);
  if (id === undefined || at === undefined || speed === undefined || more.length > 0) return null;
  return [id, at, speed].every((value) => Number.isFinite(value) && value >= 0) ? { id, at, speed } : null;
}

function ofTab(): Kept | null {
  try {
    return readKept(sessionStorage.getItem(TAB));
  } catch {
    return null;
  }
}

/** Where the recording stands now, for the next load of this page. */
export function keepPlace({ at, speed }: Place): void {
  const kept = ofTab();
  if (kept) sessionStorage.setItem(TAB, `${kept.id} ${Math.floor(at)} ${speed}`);
}

/** True when a reload will find it. */
export async function keepRecording(bytes: ArrayBuffer): Promise<boolean> {
  const id = Date.now();
  try {
    await within('readwrite', (store) => store.put(bytes, id));
    sessionStorage.setItem(TAB, `${id} 0 1`);
    return true;
  } catch {
    return false;
  }
}

export async function forgetRecording(): Promise<void> {
  const kept = ofTab();
  try {
    sessionStorage.removeItem(TAB);
    if (kept) await within('readwrite', (store) => store.delete(kept.id));
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

/** What this tab showed before it was loaded anew; null: the live feed. */
export async function recallRecording(): Promise<(Place & { readonly bytes: ArrayBuffer }) | null> {
  const kept = ofTab();
  try {
    const left = Date.now() - LEFT;
    if (kept === null || kept.id >= left)
      await within('readwrite', (store) => store.delete(IDBKeyRange.upperBound(left)));
    const bytes = kept && (await within<unknown>('readonly', (store) => store.get(kept.id)));
    return kept && bytes instanceof ArrayBuffer ? { bytes, at: kept.at, speed: kept.speed } : null;
  } catch {
    return null;
  }
}
