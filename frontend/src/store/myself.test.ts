// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../feed/errands';
import { actsOf } from './acts';
import { Myself, type Me } from './myself';
import { sampleDevice } from './sample';

const is = (device: number, may: readonly string[] = ['me', 'name']): Answer => ({
  done: true,
  result: { device, may },
});
const refused = (fault: string): Answer => ({ done: false, fault });

describe('whose device it is', () => {
  let asked: ((answer: Answer) => void)[];
  let told: (Me | null)[];
  let myself: Myself;
  /** Which device has the viewer's address, which are there, and of which epoch that is. */
  let holder: number | null;
  let here: readonly number[];
  let epoch: string;

  beforeEach(() => {
    vi.useFakeTimers();
    [asked, told, holder, here, epoch] = [[], [], 1, [1, 2], 'one'];
    myself = new Myself(
      () => new Promise((done) => asked.push(done)),
      (me) => told.push(me),
    );
  });
  afterEach(() => vi.useRealTimers());

  const look = (): void =>
    myself.look({
      epoch,
      whose: (device) => `${epoch} ${holder} ${device === null ? here.length : here.includes(device)}`,
    });
  async function answer(answer: Answer): Promise<void> {
    asked.at(-1)?.(answer);
    await vi.advanceTimersByTimeAsync(0);
  }
  /** Looks often, for long. */
  async function watch(): Promise<void> {
    for (let i = 0; i < 30; i += 1) {
      look();
      await vi.advanceTimersByTimeAsync(1000);
    }
  }

  it('is asked once after the hello, and again after another one', async () => {
    look();
    expect(asked).toHaveLength(0);
    myself.greet('participant');
    look();
    look();
    expect(asked).toHaveLength(1);
    await answer(is(2));
    expect(told).toEqual([
      { epoch: 'one', device: 2, wish: 'shown', chosen: null, keptBy: 'run', may: ['me', 'name'] },
    ]);
    await watch();
    expect(asked).toHaveLength(1);
    myself.greet('participant');
    look();
    expect(asked).toHaveLength(2);
    await answer(is(2));
    expect(told).toHaveLength(1);
  });

  it('waits for the first answer, whatever that is, and not again over another connection', async () => {
    expect(myself.waits).toBe(false);
    myself.greet('participant');
    look();
    expect(myself.waits).toBe(true);
    // the connection goes, and with it the question
    myself.greet('participant');
    await answer(refused('no-answer'));
    expect(myself.waits).toBe(true);
    look();
    await answer(refused('no-device'));
    expect(myself.waits).toBe(false);
    expect(told).toEqual([null]);
    myself.greet('participant');
    expect(myself.waits).toBe(false);
  });

  it('is not asked by who may only watch', async () => {
    for (const role of ['guest', 'display', 'of a later version']) myself.greet(role);
    await watch();
    expect(asked).toHaveLength(0);
  });

  it('is asked anew when another device has the address, when it goes, or one comes where it was not known', async () => {
    myself.greet('participant');
    look();
    await answer(is(1));
    holder = 2;
    await watch();
    expect(asked).toHaveLength(2);
    await answer(is(2));
    expect(myself.me?.device).toBe(2);
    here = [1];
    await watch();
    expect(asked).toHaveLength(3);
    await answer(refused('no-device'));
    expect(myself.me).toBeNull();
    here = [1, 3];
    await watch();
    expect(asked).toHaveLength(4);
    await answer(is(3));
    expect(myself.me?.device).toBe(3);
    here = [1, 3, 4];
    await watch();
    expect(asked).toHaveLength(4);
  });

  it('is asked again now and then while nobody has the address: the collector may learn of it, and nothing else changes', async () => {
    myself.greet('participant');
    look();
    await answer(refused('no-device'));
    await vi.advanceTimersByTimeAsync(14_000);
    look();
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    look();
    expect(asked).toHaveLength(2);
    await answer(refused('not-allowed'));
    await watch();
    expect(asked).toHaveLength(2);
    myself.greet('participant');
    look();
    await answer(is(2));
    await watch();
    expect([asked.length, myself.me?.device]).toEqual([3, 2]);
  });

  it('is nobody’s at once when the collector has begun anew, for its ids mean others', async () => {
    myself.greet('participant');
    look();
    await answer(is(1));
    epoch = 'two';
    look();
    expect(told.at(-1)).toBeNull();
    await watch();
    await answer(is(7));
    expect(myself.me).toMatchObject({ epoch: 'two', device: 7 });
  });

  it('is asked again when all changed before the answer came, or when none came', async () => {
    myself.greet('facilitator');
    look();
    [epoch, here] = ['two', [5]];
    await answer(is(1));
    expect(myself.me).toBeNull();
    await watch();
    expect(asked).toHaveLength(2);
    for (const fault of ['no-answer', 'busy', 'no-collector', 'offline', 'too-fast']) {
      const before = asked.length;
      await answer(refused(fault));
      await watch();
      expect(asked).toHaveLength(before + 1);
    }
    await answer({ done: true, result: { device: 'x' } });
    expect(myself.me).toBeNull();
  });

  it('is not asked all the time, whatever changes', async () => {
    myself.greet('participant');
    for (let i = 0; i < 30; i += 1) {
      holder = i;
      look();
      await answer(is(1));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked.length).toBeLessThanOrEqual(2);
    holder = -1;
    await watch();
    await answer(is(2));
    expect(myself.me?.device).toBe(2);
  });
});

describe('a device that is left out', () => {
  it('has no row, and its holder is told so; other answers without a device say nothing', async () => {
    const told: (Me | null)[] = [];
    const answers: Answer[] = [
      {
        done: true,
        result: { device: null, wish: 'left-out', chosen: true, kept_by: 'random-mac', may: ['me', 'show'] },
      },
      { done: true, result: { device: null, wish: 'shown', may: [] } },
    ];
    const myself = new Myself(
      () => Promise.resolve(answers.shift() ?? refused('no-device')),
      (me) => told.push(me),
    );
    const tables = { epoch: 'one', whose: () => 'nobody' };
    myself.greet('participant');
    myself.look(tables);
    await Promise.resolve();
    expect(told).toEqual([
      { epoch: 'one', device: null, wish: 'left-out', chosen: true, keptBy: 'random-mac', may: ['me', 'show'] },
    ]);
    // it was shown again: what was known is asked for at once
    myself.again();
    myself.look(tables);
    await Promise.resolve();
    expect(told.at(-1)).toBeNull();
  });
});

describe('what one may do', () => {
  const [own, other] = [sampleDevice('Aino'), sampleDevice('Onni')];
  const me: Me = {
    ...{ epoch: 'one', device: own.id, wish: 'shown', chosen: null, keptBy: 'mac' },
    may: ['me', 'name'],
  };
  const ask = vi.fn();

  it('is for one’s own device what the collector allows, and nothing before it has said so', () => {
    const participant = { role: 'participant' };
    const acts = actsOf(participant, me, ask);
    expect(acts?.may('name', own)).toBe(true);
    expect(acts?.may('name', other)).toBe(false);
    expect(actsOf(participant, { ...me, may: ['me'] }, ask)?.may('name', own)).toBe(false);
    expect(actsOf(participant, null, ask)).toBeNull();
    expect(actsOf(null, null, ask)).toBeNull();
  });

  it('is for any device where one leads, also without one of one’s own', () => {
    const facilitator = { role: 'facilitator' };
    for (const acts of [actsOf(facilitator, me, ask), actsOf(facilitator, null, ask)])
      for (const device of [own, other]) expect(acts?.may('name', device)).toBe(true);
    expect(actsOf(facilitator, { ...me, may: ['me'] }, ask)?.may('name', other)).toBe(false);
  });
});
