// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Update } from '../feed/update';
import type { FromWorker, ToWorker } from '../worker/messages';
import { EVERYTHING } from './filter';
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
  fail(): void {
    (this as unknown as { onerror: (event: object) => void }).onerror({ message: 'broken' });
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
const playback = { at: 0, length: 60_000, began: 1, speed: 1, faulty: false };

describe('Live', () => {
  let live: Live;
  let told: number;
  const status = (): string => statusOf(live.connection, null, performance.now()).key;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.advanceTimersByTime(60_000);
    vi.stubGlobal('document', { baseURI: 'http://connvis.example/' });
    live = new Live('');
    told = 0;
    live.listen({ onData: () => (told += 1), onConnection: () => undefined });
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

  it('tells who led that they are signed out, also when the connection began anew before it was closed', () => {
    const hello = (role: string): void =>
      say({
        kind: 'hello',
        hello: {
          protocol: 1,
          build: 'same',
          role,
          signIn: 'yes',
          address: '',
          sites: [],
          topics: [],
          refused: [],
          certificate: '',
        },
      });
    hello('participant');
    hello('facilitator');
    expect(live.connection.ended).toBe(null);
    hello('participant');
    expect(live.connection.ended).toBe('facilitator');
    hello('participant');
    expect(live.connection.ended).toBe('facilitator');
    hello('facilitator');
    expect(live.connection.ended).toBe(null);
  });

  it('forgets what is not for this viewer any more, as soon as that is said, but not of a recording', () => {
    const greet = (topics: string[], refused: string[]): void => {
      const rest = {
        protocol: 2,
        build: 'a',
        role: 'participant',
        signIn: '',
        address: '',
        sites: [],
        certificate: '',
      };
      say({ kind: 'hello', hello: { ...rest, topics, refused } });
    };
    const whole = { ...state('one', 'Aino', true), tables: [] };
    const names = { name: 'names', columns: ['name'], gone: [], rows: [[1, 'a.example']] };
    const known = (): unknown[] => {
      const { names: asked, lookupsTold, devices } = live.store.select(EVERYTHING);
      return [asked.length, lookupsTold, devices[0]?.identified];
    };
    greet(['overview', 'identities', 'lookups'], []);
    say(state('one', 'Aino', true));
    say({ ...whole, topic: 'lookups', tables: [names] });
    say({ ...whole, topic: 'identities', tables: [{ name: 'identities', columns: [], gone: [], rows: [[1]] }] });
    expect(known()).toEqual([1, true, true]);
    told = 0;
    greet(['overview', 'identities'], ['lookups']);
    expect([known(), told]).toEqual([[0, false, true], 1]);
    greet(['overview'], ['identities', 'lookups']);
    expect(known()).toEqual([0, false, false]);
    say({ kind: 'playback', playback });
    say(state('recording-1', 'Onni', false));
    say({ ...whole, epoch: 'recording-1', topic: 'lookups', tables: [names] });
    greet(['overview'], ['identities', 'lookups']);
    expect(known()).toEqual([1, true, false]);
  });

  it('keeps nothing of a recording when the live feed has nothing to show', () => {
    say({ kind: 'link', link: 'waiting', reason: '' });
    say(state('recording-1', 'Onni', false));
    say({ kind: 'playback', playback });
    expect(live.connection).toMatchObject({ ready: true, playback });
    say({ kind: 'playback', playback: null });
    expect(live.connection).toMatchObject({ ready: false, playback: null });
    expect(live.store.ready).toBe(false);
    // not before the live feed has had its chance: an empty page in between would flash
    told = 0;
    vi.advanceTimersByTime(2000);
    expect(told).toBe(1);
    say(state('one', 'Aino', true));
    expect(live.store.select(EVERYTHING).devices.map(({ alias }) => alias)).toEqual(['Aino']);
  });

  it('catches up after a recording, and the live feed takes its place without a gap', () => {
    open();
    say({ kind: 'playback', playback });
    say(state('recording-1', 'Onni', false));
    vi.advanceTimersByTime(60_000);
    say({ kind: 'playback', playback: null });
    expect(status()).toBe('status.catching');
    say(state('one', 'Aino', true));
    expect(status()).toBe('status.live');
    told = 0;
    vi.advanceTimersByTime(2000);
    expect(told).toBe(0);
  });

  it('keeps nothing of a recording whose worker has failed', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    open();
    say(state('recording-1', 'Onni', false));
    say({ kind: 'playback', playback });
    FakeWorker.last.fail();
    expect(live.store.ready).toBe(false);
  });
});
