// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import schema from '../../../common/schema/commands.json';
import { Errands, type Answer } from './errands';
import { readText } from './hello';

describe('the table of commands', () => {
  const protocol = readFileSync(new URL('../../../common/PROTOCOL.md', import.meta.url), 'utf8');
  const section = protocol.split(/^## /m).find((part) => part.startsWith('Commands\n')) ?? '';
  const rows = [...section.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row.split('|').map((cell) => cell.trim()));

  it('is in PROTOCOL.md as it is in the schema', () => {
    const at = rows.findIndex(([first]) => first === 'verb');
    const { roles, commands } = schema;
    expect(rows[at]).toEqual(['verb', 'arguments', ...roles, 'what it does']);
    const described = rows.slice(at + 1, at + 1 + Object.keys(commands).length);
    const written = Object.entries(commands).map(([verb, one]) => [
      `\`${verb}\``,
      one.arguments === '' ? '' : `\`${one.arguments}\``,
      ...roles.map((role) => one[role as keyof typeof one]),
      one.does,
    ]);
    expect(described).toEqual(written);
  });

  it('has the reasons for a refusal that PROTOCOL.md has', () => {
    const at = rows.findIndex(([first]) => first === 'code');
    const written = Object.entries(schema.faults).map(([code, sentence]) => [`\`${code}\``, sentence]);
    expect(rows.slice(at + 1)).toEqual(written);
  });
});

describe('an errand', () => {
  const sent: number[] = [];
  const send = (number: number): void => void sent.push(number);
  let errands: Errands;

  beforeEach(() => {
    vi.useFakeTimers();
    sent.length = 0;
    errands = new Errands();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** What comes of it, once something has. */
  function follow(asked: Promise<Answer>): { answer: Answer | null } {
    const followed: { answer: Answer | null } = { answer: null };
    void asked.then((answer) => {
      followed.answer = answer;
    });
    return followed;
  }

  it('has its own answer, whatever the order', async () => {
    const one = errands.ask(send);
    const two = errands.ask(send);
    expect(sent).toEqual([1, 2]);
    errands.take(2, { done: false, fault: 'name-taken' });
    errands.take(2, { done: true, result: {} });
    errands.take(3, { done: true, result: {} });
    errands.take(1, { done: true, result: { device: 12 } });
    expect(await two).toEqual({ done: false, fault: 'name-taken' });
    expect(await one).toEqual({ done: true, result: { device: 12 } });
  });

  it('is given up after a while, or when the connection is lost; its number never comes again', async () => {
    const one = follow(errands.ask(send));
    await vi.advanceTimersByTimeAsync(2500);
    expect(one.answer).toBeNull();
    await vi.advanceTimersByTimeAsync(5000);
    expect(one.answer).toEqual({ done: false, fault: 'no-answer' });
    const two = follow(errands.ask(send));
    errands.lose();
    await vi.advanceTimersByTimeAsync(0);
    expect(two.answer).toEqual({ done: false, fault: 'no-answer' });
    void errands.ask(send);
    expect(sent.at(-1)).toBe(3);
  });
});

describe('an answer', () => {
  it('is read where it can be', () => {
    expect(readText('{"answer":7,"ok":{"device":3}}')).toEqual({
      kind: 'answer',
      number: 7,
      answer: { done: true, result: { device: 3 } },
    });
    expect(readText('{"answer":8,"error":"name-taken","sentence":"Another one."}')).toEqual({
      kind: 'answer',
      number: 8,
      answer: { done: false, fault: 'name-taken' },
    });
  });

  it.each([
    '{"answer":7}',
    '{"answer":"7","ok":{}}',
    '{"answer":7,"ok":[1]}',
    '{"answer":7,"ok":null}',
    '{"answer":7,"error":1}',
  ])('is none: %s', (text) => expect(readText(text)).toBeNull());
});
