// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SupervisedWorker, type WorkerLike } from './supervised-worker';

class FakeWorker implements WorkerLike<string, string> {
  onmessage: ((event: MessageEvent<string>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  onmessageerror: ((event: MessageEvent) => void) | null = null;
  readonly heard: string[] = [];
  terminated = false;

  postMessage(message: string): void {
    this.heard.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: string): void {
    this.onmessage?.({ data } as MessageEvent<string>);
  }
  fail(): void {
    this.onerror?.({ message: 'broken' } as ErrorEvent);
  }
}

describe('a supervised worker', () => {
  let made: FakeWorker[];
  let heard: string[];
  let failures: number[];
  let worker: SupervisedWorker<string, string>;
  let cannot = false;
  const last = (): FakeWorker => made.at(-1) as FakeWorker;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(console, 'error').mockReturnValue();
    made = [];
    heard = [];
    failures = [];
    cannot = false;
    worker = new SupervisedWorker<string, string>(
      () => {
        if (cannot) throw new Error('no workers here');
        made.push(new FakeWorker());
        return last();
      },
      {
        onStart: () => worker.post('begin'),
        onMessage: (message) => heard.push(message),
        onFailure: (count) => failures.push(count),
      },
    );
    worker.start();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('passes messages on, both ways', () => {
    worker.post('hello');
    last().say('here');
    expect(last().heard).toEqual(['begin', 'hello']);
    expect(heard).toEqual(['here']);
  });

  it('is started again and told everything anew when it fails, or a message cannot be read', () => {
    const first = last();
    first.fail();
    expect(failures).toEqual([1]);
    expect(first.terminated).toBe(true);
    worker.post('lost');
    vi.advanceTimersByTime(1000);
    expect(made).toHaveLength(2);
    expect(last().heard).toEqual(['begin']);
    first.say('from the dead');
    first.fail();
    expect(heard).toEqual([]);
    last().onmessageerror?.({} as MessageEvent);
    expect(failures).toEqual([1, 2]);
    vi.advanceTimersByTime(1999);
    expect(made).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(made).toHaveLength(3);
  });

  it('waits longer while it goes on failing, and not after it has worked for a while', () => {
    for (let i = 0; i < 9; i += 1) {
      last().fail();
      vi.advanceTimersByTime(30_000);
    }
    expect(made).toHaveLength(10);
    expect(failures.at(-1)).toBe(9);
    vi.advanceTimersByTime(61_000);
    last().fail();
    expect(failures.at(-1)).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(made).toHaveLength(11);
  });

  it('tries again where none can be made', () => {
    cannot = true;
    last().fail();
    vi.advanceTimersByTime(1000);
    expect(failures).toEqual([1, 2]);
    cannot = false;
    vi.advanceTimersByTime(2000);
    expect(made).toHaveLength(2);
    expect(last().heard).toEqual(['begin']);
  });
});
