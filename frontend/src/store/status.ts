// SPDX-License-Identifier: MIT
// What the status line says. It never says "live" unless a frame has just come.

import type { Key, Values } from '../i18n';
import type { Site, Source } from './rows';
import type { FeedState } from './live';

export interface Status {
  /** good: all is well; still: stopped by the viewer; wait: not yet, or not now; bad: somebody has to act. */
  readonly tone: 'good' | 'still' | 'wait' | 'bad';
  readonly key: Key;
  readonly values?: Values;
  /** Since when: of what is paused, and of the last news. On the clock of connection.freshAt. */
  readonly since?: number;
}

/** Longer without a frame is stale. Milliseconds. */
export const STALE = 2500;

/** pausedAt: when the viewer stopped the picture, or null; it and now are on the clock of connection.freshAt. */
export function statusOf(connection: FeedState, pausedAt: number | null, now: number): Status {
  const { link, ready, freshAt, openAt, playback } = connection;
  if (playback) return { tone: 'still', key: pausedAt === null ? 'status.recording' : 'status.paused' };
  if (link === 'failed') return { tone: 'bad', key: 'status.failed' };
  if (link === 'newer') return { tone: 'bad', key: 'status.newer' };
  if (link === 'connecting') return { tone: 'wait', key: 'status.connecting' };
  if (link === 'reconnecting') {
    if (connection.ended === 'display' || connection.ended === 'guest') return { tone: 'bad', key: 'status.ended' };
    if (connection.reason !== '') return { tone: 'bad', key: 'status.refused', values: { reason: connection.reason } };
    return { tone: 'bad', key: 'status.reconnecting' };
  }
  if (link === 'waiting') return { tone: 'wait', key: 'status.waiting' };
  const silent = now - Math.max(freshAt ?? 0, openAt);
  if (freshAt === null || freshAt < openAt) {
    // What is shown was stored somewhere: nothing has come as it happened since we are connected.
    if (silent <= STALE) return { tone: 'wait', key: 'status.catching' };
    // The first picture takes as long as the line needs for it; that the collector is not there, the broadcaster says.
    return ready ? { tone: 'bad', key: 'status.stored' } : { tone: 'wait', key: 'status.catching' };
  }
  if (silent > STALE)
    return { tone: 'bad', key: 'status.stale', values: { n: Math.round(silent / 1000) }, since: freshAt };
  if (pausedAt !== null) {
    const values = { n: Math.floor((now - pausedAt) / 1000) };
    return { tone: 'still', key: 'status.pausedSince', values, since: pausedAt };
  }
  return { tone: 'good', key: 'status.live' };
}

export interface Notice {
  readonly id: string;
  readonly grave: boolean;
  readonly key: Key;
  readonly values?: Values;
}

/** Addresses move: what places and networks are known by is then out of date. Days. */
const OLD = 60;
const DAY = 86_400_000;

/** How old the data of a kind is, in days; of several files the oldest. Null when it is not old, or does not say. */
function daysOld(sources: readonly Source[], kind: string, date: number): number | null {
  const times = sources.flatMap(({ kind: of, state, built }) =>
    of === kind && state === 'ok' && built !== null ? [built * 1000] : [],
  );
  const days = Math.floor((date - Math.min(...times)) / DAY);
  return days > OLD ? days : null;
}

type Say = (id: string, grave: boolean, key: Key, values?: Values) => void;

/** The collector was not there for so many seconds. */
function sayGap(seconds: number, say: Say): void {
  if (seconds < 120) say('gap', false, 'notice.gap.seconds', { n: seconds });
  else say('gap', false, 'notice.gap.minutes', { n: Math.round(seconds / 60) });
}

/**
 * What the viewer has to know about the picture: what is not in it, and why, and what of it is out of date. date: now, by
 * the collector's clock; milliseconds of Unix time.
 */
export function noticesOf(site: Site | null, sources: readonly Source[], date: number): Notice[] {
  if (!site) return [];
  const notices: Notice[] = [];
  const say: Say = (id, grave, key, values) => {
    notices.push(values ? { id, grave, key, values } : { id, grave, key });
  };
  if (site.rivals) say('rivals', true, 'notice.rivals', { site: site.name });
  if (site.mode === 'machine') say('machine', false, 'notice.machine');
  if (!site.accounting) say('accounting', true, 'notice.accounting');
  const full = site.fullConnections + site.fullDevices + site.fullRemotes + site.fullConversations;
  if (full > 0) say('full', true, 'notice.full', { n: full });
  if (site.eventLosses > 0) say('losses', false, 'notice.losses', { n: site.eventLosses });
  if (site.droppedFrames > 0) say('dropped', false, 'notice.dropped', { n: site.droppedFrames });
  if (site.zeroed > 0) say('zeroed', false, 'notice.zeroed', { n: site.zeroed });
  if (site.unlisted > 0) say('unlisted', false, 'notice.unlisted', { n: site.unlisted });
  if (site.uncounted > 0) say('uncounted', false, 'notice.uncounted', { n: site.uncounted });
  if (site.gapFrom !== null && site.gapUntil !== null) sayGap(Math.round((site.gapUntil - site.gapFrom) / 1000), say);
  for (const kind of ['city', 'asn'] as const) {
    const days = daysOld(sources, kind, date);
    if (days !== null) say(`old-${kind}`, false, `notice.old.${kind}`, { n: days });
  }
  const hidden = site.hiddenRouter + site.hiddenDns + site.hiddenHome + site.hiddenIgnored;
  if (hidden > 0) {
    say('hidden', false, 'notice.hidden', {
      n: hidden,
      router: site.hiddenRouter,
      dns: site.hiddenDns,
      home: site.hiddenHome,
      ignored: site.hiddenIgnored,
    });
  }
  return notices;
}
