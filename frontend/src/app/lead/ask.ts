// SPDX-License-Identifier: MIT
// What the page asks the broadcaster itself to do: common/PROTOCOL.md, "Signing in".

/** Of the page's own: no answer came. */
export const OFFLINE = 'offline';

export type Asked =
  | { readonly done: true; readonly result: Readonly<Record<string, unknown>> }
  /** wait: seconds until it may be tried again; 0: at once. */
  | { readonly done: false; readonly fault: string; readonly wait: number };

/** For one's turn among those who try, and for the passphrase to be checked. Milliseconds. */
const PATIENCE = 60_000;

const refused = (fault: string, wait = 0): Asked => ({ done: false, fault, wait });

/** The body of an answer: a JSON object. */
export function readAsked(ok: boolean, body: unknown): Asked {
  if (typeof body !== 'object' || body === null) return refused(OFFLINE);
  const fields = body as Readonly<Record<string, unknown>>;
  if (ok) return { done: true, result: fields };
  const { error, wait } = fields;
  return refused(typeof error === 'string' ? error : OFFLINE, typeof wait === 'number' ? wait : 0);
}

export async function ask(what: string, body: string): Promise<Asked> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(new URL(`api/v1/${what}`, document.baseURI), {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-connvis' },
      body,
      signal: stop.signal,
    });
    return readAsked(answer.ok, await answer.json());
  } catch {
    return refused(OFFLINE);
  } finally {
    clearTimeout(timer);
  }
}
