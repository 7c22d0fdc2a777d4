// SPDX-License-Identifier: MIT
// Guess first: questions that are made from what is there, and the truth about them. Pure.

import { isKnown } from '../../store/grouping';
import type { Company, Room } from '../../store/rows';
import type { Selection } from '../../store/selection';

export const QUESTIONS = ['countries', 'companies', 'most'] as const;
export type Question = (typeof QUESTIONS)[number];

type Data = Pick<Selection, 'allGroups' | 'held'>;

/** How many countries, or companies and sites, the room had met at this moment. */
export function countOf({ allGroups }: Pick<Data, 'allGroups'>, question: Question, at: number): number {
  let n = 0;
  const groups = allGroups(question === 'countries' ? 'country' : 'company').all;
  for (const { key, first } of groups.values()) if (isKnown(key) && first <= at) n += 1;
  return n;
}

/** What the room has sent to a company. */
export function sentTo({ allGroups }: Pick<Data, 'allGroups'>, company: string): number {
  return allGroups('company').all.get(company)?.upBytes ?? 0;
}

/** Numbers that people think in. */
const LADDER = [2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800, 1200, 2000, 3000, 5000, 8000, 12_000, 20_000];
const CHOICES = 4;

/** The least numbers of four ranges, the truth in one of them. place: in which, where there is a choice; 0 to 3. */
export function rangesAround(truth: number, place: number): readonly number[] {
  const above = LADDER.findIndex((step) => step > truth);
  const at = above < 0 ? LADDER.length : above;
  // of the three limits, so many are not above the truth
  const first = Math.min(Math.max(0, at - place), LADDER.length - (CHOICES - 1));
  return [0, ...LADDER.slice(first, first + CHOICES - 1)];
}

/** So much more than the next one has each where there is a choice, so that the answer stays the answer for a while. */
const APART = 1.4;

/** Up to four companies of those to which something was sent, that with most among them, by name. */
export function companiesToGuess({ allGroups, held }: Data): readonly Company[] {
  const known = new Map(held.flatMap(({ company }) => (company ? [[company.name, company] as const] : [])));
  const sorted = [...known.values()]
    .map((company) => ({ company, sent: sentTo({ allGroups }, company.name) }))
    .filter(({ sent }) => sent > 0)
    .sort((a, b) => b.sent - a.sent || a.company.id - b.company.id);
  const taken: typeof sorted = [];
  for (const one of sorted) {
    const last = taken.at(-1);
    if (taken.length < CHOICES && (!last || last.sent >= one.sent * APART)) taken.push(one);
  }
  for (const one of sorted) if (taken.length < CHOICES && !taken.includes(one)) taken.push(one);
  return taken.map(({ company }) => company).sort((a, b) => a.name.localeCompare(b.name));
}

/** As the command `play` wants it; null where there is nothing to guess yet. dice: 0 to 1, without 1. */
export function makeQuestion(data: Data, question: Question, now: number, dice: number): string | null {
  if (question === 'most') {
    const companies = companiesToGuess(data);
    return companies.length < 2 ? null : `most:${companies.map(({ id }) => id).join(',')}`;
  }
  const truth = countOf(data, question, now);
  return truth === 0 ? null : `${question}:${rangesAround(truth, Math.floor(dice * CHOICES)).join(',')}`;
}

export interface Choice {
  /** As the feed has it: a company’s name, or the least number of a range; below: the least of the next one, or null. */
  readonly text: string;
  readonly from: number;
  readonly below: number | null;
  readonly votes: number;
}

export function choicesOf(room: Room): readonly Choice[] {
  const votes = [room.votesFirst, room.votesSecond, room.votesThird, room.votesFourth];
  const choices = room.choices.slice(0, CHOICES);
  return choices.map((text, i) => {
    const next = choices[i + 1];
    return { text, from: Number(text), below: next === undefined ? null : Number(next), votes: votes[i] ?? 0 };
  });
}

export function votesOf(room: Room): number {
  return choicesOf(room).reduce((sum, { votes }) => sum + votes, 0);
}

export interface Truth {
  /** Places of the choices that are right: of the most, those that have it together. */
  readonly right: readonly number[];
  /** Of how many: that many. */
  readonly count: number;
  /** Of the most: what was sent to each choice. */
  readonly sent: readonly number[];
}

/** Of how many, as it was when it was asked. */
export function truthOf(room: Room, data: Pick<Data, 'allGroups'>): Truth {
  const choices = choicesOf(room);
  if (room.question === 'most') {
    const sent = choices.map(({ text }) => sentTo(data, text));
    const most = Math.max(0, ...sent);
    return { right: sent.flatMap((n, i) => (n === most && n > 0 ? [i] : [])), count: 0, sent };
  }
  const count = countOf(data, room.question ?? 'countries', room.roundSince ?? 0);
  const right = choices.flatMap(({ from, below }, i) =>
    count >= from && (below === null || count < below) ? [i] : [],
  );
  return { right, count, sent: [] };
}
