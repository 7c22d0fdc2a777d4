// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Update } from '../feed/update';
import type { FromWorker, ToWorker } from '../worker/messages';
import { Live } from './live';
import { statusOf } from './status';

class FakeWorker {
  static last: FakeWorker;
  onmessage: ((event: { readonly data: FromWorker }) => void) | null = null;
  readonly heard: ToWorker[] = [];
  constructor() {
    FakeWorker.last = this;
  }
  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }
  terminate(): void {
    this.onmessage = null;
  }
}
vi.mock('../worker/worker?worker', () => ({
  default: function () {
    return new FakeWorker();
  },
}));

const say = (message: FromWorker): void => FakeWorker.last.onmessage?.({ data: message });
const rest = { kind: 'update', topic: 'overview', site: 'home', began: 1, time: 5000, more: false } as const;

function state(epoch: string, alias: string, fresh: boolean): Update {
  const devices = { name: 'devices', columns: ['alias'], gone: [], rows: [[1, alias]] };
  return { ...rest, epoch, whole: true, fresh, tables: [devices] };
}

describe('Live', () => {
  let live: Live;
  const status = (): string => statusOf(live.connection, null, performance.now()).key;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.advanceTimersByTime(60_000);
    vi.stubGlobal('document', { baseURI: 'http://connvis.example/' });
    live = new Live('');
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  function open(): void {
    say({ kind: 'link', link: 'open', reason: '' });
    say(state('one', 'Aino', true));
    vi.advanceTimersByTime(1);
    say({ kind: 'pulse' });
    expect(status()).toBe('status.live');
  }

  it('is coming back, not out of news, for who returns after a while', () => {
    open();
    live.hide(true);
    vi.advanceTimersByTime(3_600_000);
    live.hide(false);
    expect(status()).toBe('status.catching');
    say({ kind: 'pulse' });
    expect(status()).toBe('status.live');
  });

  it('is as it was for who returns at once', () => {
    open();
    live.hide(true);
    vi.advanceTimersByTime(1000);
    live.hide(false);
    expect(status()).toBe('status.live');
    // that nothing comes any more was so before
    vi.advanceTimersByTime(5000);
    live.hide(true);
    vi.advanceTimersByTime(1000);
    live.hide(false);
    expect(status()).toBe('status.stale');
  });
});
