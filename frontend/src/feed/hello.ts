// SPDX-License-Identifier: MIT
// The text messages of the broadcaster: common/PROTOCOL.md.

import { readAnswer, type Answer } from './errands';

export interface Hello {
  readonly protocol: number;
  /** Names the page that the broadcaster serves. */
  readonly build: string;
  readonly role: string;
  /** Whether one may sign in here: `yes`, or why not; empty where the broadcaster does not say. */
  readonly signIn: string;
  /** The viewer's own address as the broadcaster sees it. */
  readonly address: string;
  readonly sites: readonly string[];
  /** That one may watch; empty when the broadcaster does not say. */
  readonly topics: readonly string[];
  /** That are there, and not for this viewer. */
  readonly refused: readonly string[];
  /** SHA-256 fingerprint of the certificate that the browser was asked to trust; empty: it was asked nothing. */
  readonly certificate: string;
}

export type TextMessage =
  | { readonly kind: 'hello'; readonly hello: Hello }
  /** site: empty when the broadcaster does not say. */
  | { readonly kind: 'waiting'; readonly topic: string; readonly site: string }
  /** To the command that had this number. */
  | { readonly kind: 'answer'; readonly number: number; readonly answer: Answer };

function text(value: unknown, fallback: string): string {
  return typeof value === 'string' && value.length <= 256 ? value : fallback;
}

function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is string => typeof item === 'string' && item.length <= 32).slice(0, 64);
}

/** Whether a topic comes: it does, the server does not send it to anybody, or not to this viewer. */
export type Offer = 'sent' | 'off' | 'refused';

export function offerOf(hello: Pick<Hello, 'refused' | 'topics'> | null, topic: string): Offer {
  if (hello?.refused.includes(topic)) return 'refused';
  return !hello || hello.topics.length === 0 || hello.topics.includes(topic) ? 'sent' : 'off';
}

/** Reads a text message; null when it is none that we know. */
export function readText(message: string): TextMessage | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const fields = parsed as Readonly<Record<string, unknown>>;
  if (typeof fields.waiting === 'string')
    return { kind: 'waiting', topic: fields.waiting, site: text(fields.site, '') };
  if (typeof fields.answer === 'number') {
    const answer = readAnswer(fields);
    return answer && { kind: 'answer', number: fields.answer, answer };
  }
  if (typeof fields.protocol !== 'number') return null;
  return {
    kind: 'hello',
    hello: {
      protocol: fields.protocol,
      build: text(fields.build, ''),
      role: text(fields.role, 'guest'),
      signIn: text(fields.sign_in, ''),
      address: text(fields.address, ''),
      sites: texts(fields.sites),
      topics: texts(fields.topics),
      refused: texts(fields.refused),
      certificate: text(fields.certificate, ''),
    },
  };
}
