// SPDX-License-Identifier: MIT
// What the worker that holds the feed tells the page, and the page the worker. Plain objects only.

import type { Link } from '../feed/client';
import type { Answer } from '../feed/errands';
import type { Hello } from '../feed/hello';
import type { Update } from '../feed/update';
import type { FromRecorder, ToRecorder } from '../record/recorder-messages';

export type FromWorker =
  | Update
  | FromRecorder
  | { readonly kind: 'link'; readonly link: Link; readonly reason: string }
  | { readonly kind: 'hello'; readonly hello: Hello }
  /** What let this page watch as more than who is at home has ended. */
  | { readonly kind: 'ended' }
  /** Of several sites that are shown together, those that nothing is heard of. */
  | { readonly kind: 'silent'; readonly sites: readonly string[] }
  /** To the command that had this number. */
  | { readonly kind: 'answer'; readonly number: number; readonly answer: Answer }
  /** A fresh frame has come, and its rows are not being sent, since the picture is paused. */
  | { readonly kind: 'pulse' };

/** Who looks away for longer gets another connection on return; who comes back sooner finds the page as it was left. Milliseconds. */
export const LEAVE_AFTER = 10_000;

export type ToWorker =
  | ToRecorder
  /** site: as ClientOptions.site. */
  | { readonly kind: 'start'; readonly url: string; readonly site: string }
  | { readonly kind: 'pause'; readonly paused: boolean }
  /** Whether nobody looks at the page: after a while it is not worth a connection. */
  | { readonly kind: 'hide'; readonly hidden: boolean }
  /** Follow another topic than the overview, or leave it. */
  | { readonly kind: 'follow'; readonly topic: string; readonly wanted: boolean }
  /** Have something done. number: another one for each, which the answer has, too. */
  | { readonly kind: 'command'; readonly number: number; readonly words: string }
  /** The network may be back: try at once. */
  | { readonly kind: 'retry' }
  /** Who one is may be another: connect anew. */
  | { readonly kind: 'again' };
