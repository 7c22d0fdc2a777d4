// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import type { Site } from './rows';
import { sampleSite, sampleSource } from './sample';
import type { FeedState } from './live';
import { noticesOf, STALE, statusOf } from './status';

const fresh: FeedState = {
  link: 'open',
  reason: '',
  hello: null,
  ended: null,
  me: null,
  asksMe: false,
  freshAt: 10_000,
  openAt: 9000,
  ready: true,
  silent: [],
  playback: null,
};
const says = (connection: Partial<FeedState>, paused = false, now = 10_100): string =>
  statusOf({ ...fresh, ...connection }, paused ? 10_050 : null, now).key;

describe('statusOf', () => {
  it('is live only while frames come', () => {
    expect(says({})).toBe('status.live');
    expect(says({}, false, 10_000 + STALE)).toBe('status.live');
    expect(says({}, false, 10_001 + STALE)).toBe('status.stale');
    expect(statusOf(fresh, null, 17_400)).toMatchObject({ tone: 'bad', values: { n: 7 }, since: 10_000 });
  });

  it('is not live with what was stored', () => {
    expect(says({ freshAt: null })).toBe('status.catching');
    expect(says({ freshAt: null }, false, 9001 + STALE)).toBe('status.stored');
    // a slow line is no collector that has not started
    expect(says({ freshAt: null, ready: false }, false, 9001 + STALE)).toBe('status.catching');
    expect(says({ openAt: 10_050 })).toBe('status.catching');
    expect(says({ openAt: 10_050 }, true, 13_000)).toBe('status.stored');
  });

  it('says that it is paused, but not over worse news', () => {
    expect(says({}, true)).toBe('status.pausedSince');
    // since when, and how far the picture is behind by now
    expect(statusOf({ ...fresh, freshAt: 50_000 }, 10_000, 50_900)).toMatchObject({ values: { n: 40 }, since: 10_000 });
    expect(says({}, true, 20_000)).toBe('status.stale');
    expect(says({ link: 'reconnecting' }, true)).toBe('status.reconnecting');
  });

  it('never calls a recording live, whatever the connection does', () => {
    const playback = { at: 0, length: 9000, began: 0, speed: 1, faulty: false };
    expect(says({ playback })).toBe('status.recording');
    expect(says({ playback, link: 'reconnecting' })).toBe('status.recording');
    expect(says({ playback }, true)).toBe('status.paused');
  });

  it('tells the states of the connection apart', () => {
    expect(says({ link: 'connecting' })).toBe('status.connecting');
    expect(says({ link: 'waiting' })).toBe('status.waiting');
    expect(says({ link: 'failed' }, true)).toBe('status.failed');
    expect(says({ link: 'newer' })).toBe('status.newer');
    expect(says({ link: 'reconnecting', reason: 'full' })).toBe('status.refused');
  });
});

describe('noticesOf', () => {
  const NOW = Date.UTC(2026, 10, 26, 12);
  const before = (days: number): { built: number } => ({ built: NOW / 1000 - days * 86_400 });
  const site = sampleSite();
  const ids = (change: Partial<Site>): string[] =>
    noticesOf({ ...site, ...change }, [], NOW).map((notice) => notice.id);

  it('has nothing to say when all is well', () => {
    expect(ids({})).toEqual([]);
    expect(noticesOf(null, [], NOW)).toEqual([]);
  });

  it('says what is missing from the picture, and why', () => {
    expect(ids({ rivals: true })).toEqual(['rivals']);
    expect(ids({ mode: 'machine' })).toEqual(['machine']);
    expect(ids({ accounting: false })).toEqual(['accounting']);
    expect(ids({ eventLosses: 2, droppedFrames: 1 })).toEqual(['losses', 'dropped']);
    expect(ids({ zeroed: 4, unlisted: 9, uncounted: 2 })).toEqual(['zeroed', 'unlisted', 'uncounted']);
    const gap = (seconds: number): unknown =>
      noticesOf({ ...site, gapFrom: -1000 * seconds, gapUntil: 1000 }, [], NOW).map(({ key, values }) => [key, values]);
    expect(gap(9)).toEqual([['notice.gap.seconds', { n: 10 }]]);
    expect(gap(599)).toEqual([['notice.gap.minutes', { n: 10 }]]);
    expect(noticesOf({ ...site, fullRemotes: 3, fullDevices: 1 }, [], NOW)[0]).toMatchObject({
      id: 'full',
      grave: true,
      values: { n: 4 },
    });
    expect(noticesOf({ ...site, hiddenDns: 3, hiddenRouter: 1, hiddenIgnored: 2 }, [], NOW)[0]?.values).toEqual({
      n: 6,
      router: 1,
      dns: 3,
      home: 0,
      ignored: 2,
    });
  });

  it('warns when places or networks are older than 60 days, by the oldest file in use', () => {
    const old = (...sources: Parameters<typeof sampleSource>[]): unknown[] =>
      noticesOf(
        site,
        sources.map((of) => sampleSource(...of)),
        NOW,
      ).map(({ key, values }) => [key, values?.n]);
    expect(old(['city', 'ok', before(60.9)], ['asn', 'ok', before(0)])).toEqual([]);
    expect(old(['city', 'ok', before(61)], ['city', 'ok', before(100)], ['asn', 'ok', before(400)])).toEqual([
      ['notice.old.city', 100],
      ['notice.old.asn', 400],
    ]);
    // what says no date, is not in use, or is of another kind
    expect(old(['city', 'ok'], ['city', 'broken', before(90)], ['list', 'ok', before(900)])).toEqual([]);
  });
});
