// SPDX-License-Identifier: MIT

/** Loads the page anew if the server answers: a page that cannot be loaded would be the end of it. */
export async function reloadWhenServed(): Promise<void> {
  try {
    const answer = await fetch(new URL('.', document.baseURI), { cache: 'no-store' });
    if (answer.ok) location.reload();
  } catch {
    // Not yet: who asked asks again.
  }
}
