// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Client, type Socket } from './client';
import { EVERY_SITE } from './every-site';
import { encodeFrame } from './encode';
import { VERSION } from './limits';
import type { Outcome, Reader } from './reader';

class FakeSocket implements Socket {
  binaryType = '';
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly sent: string[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
  }
  say(message: unknown): void {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) });
  }
  frame(kind: 'keyframe' | 'delta', sequence: number, version = VERSION, topic = 'overview', site = 'home'): void {
    const payload = kind === 'keyframe' ? [['things', ['value'], []]] : [];
    const bytes = encodeFrame({ kind, sequence, payload, version, topic, site });
    this.onmessage?.({ data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });
  }
}

const HELLO = {
  protocol: 1,
  build: 'x',
  time: 1,
  role: 'viewer',
  address: '192.0.2.7',
  sites: ['home'],
  topics: ['overview', 'connections'],
};

describe('Client', () => {
  let sockets: FakeSocket[];
  let links: string[];
  let outcomes: Outcome[];
  let faults: unknown[];
  let ended: number;
  let onFrame: () => void;
  let client: Client;
  const reader = (topic = 'overview'): Reader => client.readersOf(topic)[0] as Reader;
  const last = (): FakeSocket => sockets.at(-1) as FakeSocket;

  beforeEach(() => {
    vi.useFakeTimers();
    sockets = [];
    links = [];
    outcomes = [];
    faults = [];
    ended = 0;
    onFrame = () => undefined;
    begin();
  });
  function begin(site?: string): void {
    client = new Client({
      url: 'ws://home/feed',
      ...(site === undefined ? {} : { site }),
      topic: 'overview',
      connect: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket;
      },
      now: () => Date.now(),
      random: () => 0.5,
      onLink: (link, reason) => links.push(reason === '' ? link : `${link}: ${reason}`),
      onEnded: () => (ended += 1),
      onFrame: (outcome) => {
        outcomes.push(outcome);
        onFrame();
      },
      onFault: (error) => faults.push(error),
    });
    client.start();
  }
  afterEach(() => {
    client.stop();
    vi.useRealTimers();
  });

  async function joined(): Promise<FakeSocket> {
    const socket = last();
    socket.onopen?.();
    socket.say(HELLO);
    socket.frame('keyframe', 5);
    await vi.advanceTimersByTimeAsync(0);
    return socket;
  }

  it('watches the first site and takes its frames', async () => {
    const socket = await joined();
    expect(socket.sent).toEqual(['watch home overview']);
    expect(links).toEqual(['connecting', 'open']);
    expect(outcomes).toEqual(['applied']);
    expect(reader().sequence).toBe(5);
  });

  it('calls frames fresh once they come as they happen', async () => {
    const socket = await joined();
    socket.frame('delta', 6);
    await vi.advanceTimersByTimeAsync(300);
    expect(client.fresh).toBe(false);
    socket.frame('delta', 7);
    await vi.advanceTimersByTimeAsync(0);
    expect(client.fresh).toBe(true);
  });

  it('asks for nothing, and stays, where the broadcaster has no sites', async () => {
    client.stop();
    begin(EVERY_SITE);
    const all = last();
    all.onopen?.();
    all.say({ ...HELLO, sites: [] });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(all.closed).toBe(false);
    expect(all.sent).toEqual([]);
  });

  it('says that what let it watch has ended, and comes back at once as whoever it is then', async () => {
    const socket = await joined();
    socket.onclose?.({ code: 4000, reason: 'signed out' });
    expect(ended).toBe(1);
    // it was not turned away
    expect(links.at(-1)).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(1000);
    expect(last()).not.toBe(socket);
    await joined();
    expect(links.at(-1)).toBe('open');
  });

  it('begins another connection when it may be somebody else', async () => {
    const socket = await joined();
    client.again();
    expect(socket.closed).toBe(true);
    expect(last()).not.toBe(socket);
    client.stop();
    client.again();
    expect(sockets).toHaveLength(2);
  });

  it('is let go of, and begins again at once with the whole state', async () => {
    const socket = await joined();
    await vi.advanceTimersByTimeAsync(300);
    socket.frame('delta', 6);
    await vi.advanceTimersByTimeAsync(0);
    expect(client.fresh).toBe(true);
    client.stop();
    expect(socket.closed).toBe(true);
    await vi.advanceTimersByTimeAsync(3_600_000);
    client.retry();
    expect(sockets).toHaveLength(1);
    // what is known is old by now, and nobody is to take it for anything else
    expect([client.fresh, reader().whole]).toEqual([false, false]);
    client.start();
    client.start();
    expect(sockets).toHaveLength(2);
    expect(links).toEqual(['connecting', 'open', 'connecting']);
    last().onopen?.();
    last().say(HELLO);
    last().frame('keyframe', 3600);
    await vi.advanceTimersByTimeAsync(0);
    expect(last().sent).toEqual(['watch home overview']);
    expect(reader().sequence).toBe(3600);
  });

  it('is not let go of with a silence that it was about to mend', async () => {
    await joined();
    await vi.advanceTimersByTimeAsync(3500);
    client.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    client.start();
    expect(sockets).toHaveLength(2);
  });

  it('asks again after a gap, and not more often than need be', async () => {
    const socket = await joined();
    await vi.advanceTimersByTimeAsync(2000);
    socket.frame('delta', 9);
    socket.frame('delta', 10);
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.sent).toEqual(['watch home overview', 'watch home overview']);
    await vi.advanceTimersByTimeAsync(2000);
    socket.frame('delta', 11);
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.sent).toHaveLength(3);
    socket.frame('keyframe', 11);
    socket.frame('delta', 12);
    await vi.advanceTimersByTimeAsync(0);
    expect(reader().whole).toBe(true);
    expect(reader().sequence).toBe(12);
  });

  it('comes back 1 to 3.5 s after the connection broke, and takes the keyframe of whatever epoch', async () => {
    const socket = await joined();
    socket.onclose?.({ code: 1008, reason: 'no place here' });
    expect(links.at(-1)).toBe('reconnecting: no place here');
    await vi.advanceTimersByTimeAsync(2249);
    expect(sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(sockets).toHaveLength(2);
    await joined();
    expect(reader().whole).toBe(true);
    expect(links.at(-1)).toBe('open');
  });

  it('gives up on an attempt that hangs, and begins another', async () => {
    await vi.advanceTimersByTimeAsync(2200);
    expect(sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(350);
    expect(sockets[0]?.closed).toBe(true);
    expect(sockets).toHaveLength(2);
    expect(links.at(-1)).toBe('reconnecting');
  });

  it('asks a silent connection whether it lives, and leaves it when it does not answer', async () => {
    const socket = await joined();
    await vi.advanceTimersByTimeAsync(4000);
    expect(socket.sent).toEqual(['watch home overview', 'watch home overview']);
    expect(socket.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1600);
    expect(socket.closed).toBe(true);
    expect(links.at(-1)).toBe('reconnecting');
    // it has waited long enough
    await vi.advanceTimersByTimeAsync(500);
    expect(sockets).toHaveLength(2);
  });

  it('stays with a silent connection that answers, and asks it less and less', async () => {
    const socket = await joined();
    for (let second = 0; second < 100; second += 1) {
      const asked = socket.sent.length;
      await vi.advanceTimersByTimeAsync(1000);
      if (socket.sent.length > asked) socket.say({ waiting: 'overview' });
    }
    expect(socket.closed).toBe(false);
    expect(socket.sent.length).toBeLessThan(8);
    expect(links.at(-1)).toBe('waiting');
  });

  it('no longer waits once something has come', async () => {
    const socket = last();
    socket.onopen?.();
    socket.say(HELLO);
    socket.say({ waiting: 'overview', site: 'home' });
    expect(links.at(-1)).toBe('waiting');
    socket.frame('keyframe', 5);
    await vi.advanceTimersByTimeAsync(0);
    expect(links.at(-1)).toBe('open');
  });

  describe('of a broadcaster of several sites', () => {
    const SEVERAL = { ...HELLO, sites: ['home', 'school', 'lab'] };
    async function greeted(site: string): Promise<FakeSocket> {
      client.stop();
      begin(site);
      const socket = last();
      socket.onopen?.();
      socket.say(SEVERAL);
      await vi.advanceTimersByTimeAsync(0);
      return socket;
    }

    it.each([
      ['', 'home'],
      ['school', 'school'],
      ['elsewhere', 'home'],
    ])('that is asked for "%s", follows %s', async (wanted, site) => {
      const socket = await greeted(wanted);
      socket.frame('keyframe', 4, VERSION, 'overview', 'lab');
      socket.frame('keyframe', 5, VERSION, 'overview', site);
      await vi.advanceTimersByTimeAsync(0);
      expect(socket.sent).toEqual([`watch ${site} overview`]);
      expect(outcomes).toEqual(['dropped', 'applied']);
      expect(client.readersOf('overview').map((one) => [one.site, one.sequence])).toEqual([[site, 5]]);
    });

    it('follows all of them, and waits while there is nothing of any', async () => {
      const socket = await greeted(EVERY_SITE);
      expect(socket.sent).toEqual(SEVERAL.sites.map((site) => `watch ${site} overview`));
      socket.say({ waiting: 'overview', site: 'school' });
      expect(links.at(-1)).toBe('open');
      for (const site of ['home', 'lab']) socket.say({ waiting: 'overview', site });
      expect(links.at(-1)).toBe('waiting');
      socket.frame('keyframe', 5, VERSION, 'overview', 'lab');
      socket.frame('keyframe', 9, VERSION, 'overview', 'school');
      socket.frame('delta', 7, VERSION, 'overview', 'lab');
      await vi.advanceTimersByTimeAsync(2000);
      expect(links.at(-1)).toBe('open');
      expect(client.readersOf('overview').map(({ sequence }) => sequence)).toEqual([0, 9, 5]);
      // the gap is of one
      socket.frame('delta', 8, VERSION, 'overview', 'lab');
      await vi.advanceTimersByTimeAsync(0);
      expect(socket.sent.slice(3)).toEqual(['watch lab overview']);
      client.follow('connections');
      client.unfollow('connections');
      expect(socket.sent.slice(4)).toEqual([
        ...SEVERAL.sites.map((site) => `watch ${site} connections`),
        ...SEVERAL.sites.map((site) => `unwatch ${site} connections`),
      ]);
    });

    it('keeps what it has of a site that is still there after another connection', async () => {
      const socket = await greeted(EVERY_SITE);
      socket.frame('keyframe', 5, VERSION, 'overview', 'lab');
      await vi.advanceTimersByTimeAsync(0);
      const before = client.readersOf('overview')[2];
      socket.onclose?.({ code: 1006, reason: '' });
      await vi.advanceTimersByTimeAsync(3000);
      last().onopen?.();
      last().say({ ...SEVERAL, sites: ['lab', 'home'] });
      expect(client.readersOf('overview').map(({ site }) => site)).toEqual(['lab', 'home']);
      expect(client.readersOf('overview')[0]).toBe(before);
    });
  });

  it('says when the feed is of a later version', async () => {
    const socket = await joined();
    socket.frame('delta', 6, VERSION + 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(links.at(-1)).toBe('newer');
  });

  it('takes no harm from texts that it does not know', async () => {
    const socket = await joined();
    for (const text of ['', '{', 'null', '[]', '{"protocol":"1"}', '{"waiting":5}']) socket.say(text);
    await vi.advanceTimersByTimeAsync(0);
    expect(links.at(-1)).toBe('open');
  });

  it('follows another topic while somebody wants it, also over a new connection', async () => {
    const socket = await joined();
    socket.frame('keyframe', 1, VERSION, 'connections');
    client.follow('connections');
    client.follow('connections');
    socket.frame('keyframe', 3, VERSION, 'connections');
    socket.frame('delta', 6);
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.sent).toEqual(['watch home overview', 'watch home connections']);
    expect(reader('connections').sequence).toBe(3);
    expect(reader().sequence).toBe(6);

    socket.onclose?.({ code: 1006, reason: '' });
    await vi.advanceTimersByTimeAsync(3000);
    expect((await joined()).sent).toEqual(['watch home overview', 'watch home connections']);

    client.unfollow('connections');
    client.unfollow('overview');
    expect(last().sent.at(-1)).toBe('unwatch home connections');
    expect(client.readersOf('connections')).toEqual([]);
    expect(client.readersOf('overview')).toHaveLength(1);
  });

  it('goes on taking frames after whoever is told of them has thrown, also over a new connection', async () => {
    const socket = await joined();
    onFrame = () => {
      throw new Error('no room');
    };
    socket.frame('delta', 6);
    await vi.advanceTimersByTimeAsync(0);
    expect(faults).toEqual([new Error('no room')]);
    onFrame = () => undefined;
    socket.frame('delta', 7);
    await vi.advanceTimersByTimeAsync(0);
    expect(reader().sequence).toBe(7);
    socket.onclose?.({ code: 1006, reason: '' });
    await vi.advanceTimersByTimeAsync(3000);
    await joined();
    expect(outcomes.at(-1)).toBe('applied');
    expect(reader().sequence).toBe(5);
  });

  it('does not ask for a topic that the broadcaster does not have, and asks when it does', async () => {
    const socket = last();
    socket.onopen?.();
    client.follow('connections');
    socket.say({ ...HELLO, topics: ['overview'] });
    client.unfollow('connections');
    client.follow('connections');
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.sent).toEqual(['watch home overview']);

    socket.onclose?.({ code: 1006, reason: '' });
    await vi.advanceTimersByTimeAsync(3000);
    expect((await joined()).sent).toEqual(['watch home overview', 'watch home connections']);
  });

  it('asks one that does not say what it has', async () => {
    client.follow('connections');
    last().onopen?.();
    last().say({ ...HELLO, topics: undefined });
    expect(last().sent).toEqual(['watch home overview', 'watch home connections']);
  });

  it('tries at once when told that the network is back', async () => {
    await joined();
    last().onclose?.({ code: 1006, reason: '' });
    client.retry();
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sockets).toHaveLength(2);
  });
});
