// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Device } from '../../store/rows';
import {
  sampleConversation,
  sampleCompany,
  sampleDevice,
  sampleName,
  sampleRemote,
  sampleSelection,
  sampleSite,
} from '../../store/sample';
import { SAMPLES } from '../rate-history';
import { AGAIN, Chooser, HOLD, STAYS } from './chooser';
import type { Memory } from './facts';
import { RULES, type Finding, type RuleName } from './finding';
import { findingsOf } from './rules';

const ann = sampleDevice('Ann');
const here = new Map<number, Device>([[ann.id, ann]]);

const finding = (rule: RuleName, subject = '', devices: readonly Device[] = []): Finding => ({
  rule,
  subject,
  strength: 0,
  receipts: { devices, companies: [], names: [] },
  say: () => `${rule} ${subject}`,
});
const textOf = (said: { readonly finding: Finding } | null): string | null =>
  said && `${said.finding.rule} ${said.finding.subject}`.trim();

/** What is said at each second, where `found` says what there is. */
function told(found: (second: number) => readonly Finding[], seconds: number): (string | null)[] {
  const chooser = new Chooser();
  return Array.from({ length: seconds }, (_, i) => textOf(chooser.choose(found(i), i * 1000, here)));
}

/** The same as [what, for how many seconds]. */
function runs(all: readonly (string | null)[]): [string | null, number][] {
  const found: [string | null, number][] = [];
  for (const one of all) {
    const last = found.at(-1);
    if (last?.[0] === one) last[1] += 1;
    else found.push([one, 1]);
  }
  return found;
}

it('says what tells most, and nothing when there is nothing', () => {
  expect(runs(told(() => [finding('shared'), finding('far'), finding('one')], 5))).toEqual([['far', 5]]);
  expect(runs(told(() => [], 5))).toEqual([[null, 5]]);
});

it('stays for a while, whatever happens', () => {
  const all = told((second) => (second === 0 ? [finding('shared')] : second > 2 ? [finding('far')] : []), 60);
  expect(runs(all)[0]).toEqual(['shared', HOLD / 1000]);
  expect(all[HOLD / 1000]).toBe('far');
});

it('stays for a minute while it is so and there is no other, and then is calm', () => {
  expect(runs(told(() => [finding('ads', 'a')], 200))).toEqual([
    ['ads a', STAYS / 1000],
    [null, 200 - STAYS / 1000],
  ]);
  expect(runs(told((second) => (second < 30 ? [finding('ads', 'a')] : []), 100))).toEqual([
    ['ads a', 30],
    [null, 70],
  ]);
});

it('never says the same twice within five minutes, nor by one rule all the time', () => {
  const all = told(() => [finding('ads', 'a'), finding('ads', 'b')], 900);
  const begins = all.flatMap((one, i) => (one !== null && one !== all[i - 1] ? [{ one, i }] : []));
  expect(begins.length).toBeGreaterThan(3);
  for (const { one, i } of begins)
    for (const other of begins)
      if (other.one === one && other.i > i) expect(other.i - i).toBeGreaterThanOrEqual(AGAIN / 1000);
});

it('says what stays so less and less often', () => {
  const all = told(() => [finding('far', 'a')], 7200);
  const begins = all.flatMap((one, i) => (one !== null && one !== all[i - 1] ? [i] : []));
  expect(begins).toEqual([0, 300, 900, 2100, 4500]);
});

it('never changes faster than it can be read', () => {
  const lengths = runs(told((second) => RULES.map((rule, i) => finding(rule, `${(second + i) % 7}`)), 1200));
  for (const [, seconds] of lengths.slice(0, -1)) expect(seconds).toBeGreaterThanOrEqual(HOLD / 1000);
  expect(lengths.length).toBeGreaterThan(10);
});

describe('whoever it speaks of', () => {
  const chooser = (): Chooser => {
    const made = new Chooser();
    made.choose([finding('ads', 'a', [ann])], 0, here);
    expect(made.said).not.toBeNull();
    return made;
  };

  it('is not spoken of when they have gone', () => {
    expect(chooser().choose([], 1000, new Map())).toBeNull();
    expect(chooser().choose([], 1000, new Map([[ann.id, sampleDevice('Ann')]]))).toBeNull();
  });

  it('is not spoken of by a name that they had', () => {
    const device = { ...sampleDevice('Ann') };
    const made = new Chooser();
    made.choose([finding('ads', 'a', [device])], 0, new Map([[device.id, device]]));
    Object.assign(device, { alias: 'Blue Fox' });
    expect(made.choose([], 1000, new Map([[device.id, device]]))).toBeNull();
  });

  it('begins anew with another collector', () => {
    const made = new Chooser();
    expect(textOf(made.choose([finding('ads', 'a')], 500_000, here))).toBe('ads a');
    expect(textOf(made.choose([finding('ads', 'a')], 1000, here))).toBe('ads a');
    expect(made.said?.since).toBe(1000);
  });
});

it('says nothing in a calm hour', () => {
  const site = sampleSite({ session: 0 });
  const company = sampleCompany('Push');
  const name = sampleName('push.example', { company, category: 'system' });
  const devices = Array.from({ length: 9 }, (_, i) =>
    sampleDevice(`D${i}`, { seen: 1000, total: 30, unseen: 2, upRate: 40, downRate: 60 }),
  );
  const remote = sampleRemote({ asked: name });
  const memory: Memory = {
    past: () => ({ up: new Float32Array(SAMPLES).fill(40), down: new Float32Array(SAMPLES).fill(60) }),
    home: 'europe',
  };
  const chooser = new Chooser();
  const table = new Map(devices.map((one) => [one.id, one]));
  for (let second = 0; second < 3600; second += 5) {
    const now = 600_000 + second * 1000;
    // what holds connections open: each of them moves once in half a minute
    const talks = devices.map((device, i) =>
      sampleConversation(device, remote, {
        seen: 2000,
        active: now - ((second + 3 * i) % 30) * 1000,
        downRate: 60,
        upRate: 40,
      }),
    );
    expect(chooser.choose(findingsOf(sampleSelection(talks, { now, site, devices }), memory), now, table)).toBeNull();
  }
});
