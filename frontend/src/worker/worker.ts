// SPDX-License-Identifier: MIT
// The worker that holds the feed: receives, decodes and tells the page what changed, at most so often.

import { Client, type Socket } from '../feed/client';
import { NOT_ASKED } from '../feed/errands';
import { EVERY_SITE } from '../feed/every-site';
import { LEAVE_AFTER, type FromWorker, type ToWorker } from './messages';
import { offerOf } from '../feed/hello';
import type { Reader } from '../feed/reader';
import { isKeyframe, Recorder } from '../record/recorder';
import { RECORDED } from '../record/recording';
import { Pacer, UPDATE } from '../feed/pacing';
import { Together } from '../feed/together';
import { silentOf } from './silent';

const OVERVIEW = 'overview';
/** Those that refer to the overview's rows: what comes of them is shown with those. They are recorded, too. */
const BESIDE = RECORDED.slice(1);

const post = (message: FromWorker): void => self.postMessage(message);
const outboxes = new Map([OVERVIEW, ...BESIDE].map((topic) => [topic, new Together()]));
const stale = new Set<string>();
/** When a site's overview was last heard or asked for anew, by its name; on performance.now(). */
const heard = new Map<string, number>();
/** How long a new picture waits for what belongs to it, and how often it is looked for. Milliseconds. */
const PATIENCE = 1000;
const LOOK = 20;
/** When there was first something to show of this connection; on performance.now(). */
let firstAt: number | null = null;
/** Of those beside the overview, which this viewer gets. */
let offered: readonly string[] = [];
let silent = '';
let client: Client | null = null;
let paused = false;
let leaving: ReturnType<typeof setTimeout> | undefined;
/** Recordings: while one is played, the live feed is kept and not shown. */
const recorder = new Recorder(post, showAll);
let due: ReturnType<typeof setTimeout> | undefined;
const pacer = new Pacer(UPDATE);

function tellSilent(): void {
  const readers = client?.readersOf(OVERVIEW) ?? [];
  const sites = silentOf(
    readers.map(({ site }) => site),
    heard,
    performance.now(),
  );
  if (sites.join(' ') === silent) return;
  silent = sites.join(' ');
  post({ kind: 'silent', sites });
}

/** The sites were asked for anew. */
function awaitAll(): void {
  heard.clear();
  for (const { site } of client?.readersOf(OVERVIEW) ?? []) heard.set(site, performance.now());
}

/** With the overview comes what belongs to it, unless that takes long. */
function isEarly(overviews: readonly Reader[]): boolean {
  if (offered.length === 0 || !overviews.some(({ whole }) => whole)) return false;
  const beside = offered.map((topic) => client?.readersOf(topic) ?? []);
  firstAt ??= performance.now();
  const late = overviews.some((one, i) => one.whole && beside.some((readers) => readers[i]?.whole === false));
  return late && performance.now() - firstAt < PATIENCE;
}

function flush(): void {
  due = undefined;
  if (!client) return;
  tellSilent();
  pacer.ran(performance.now(), 0);
  if (recorder.playing) return;
  if (paused) {
    if (client.fresh && client.readersOf(OVERVIEW).some(({ whole }) => whole)) post({ kind: 'pulse' });
    return;
  }
  // the others refer to the overview's rows, so that goes first
  const overviews = client.readersOf(OVERVIEW);
  if (isEarly(overviews)) {
    due = setTimeout(flush, LOOK);
    return;
  }
  for (const [topic, outbox] of outboxes) {
    if (!stale.delete(topic)) continue;
    for (const update of outbox.take(client.readersOf(topic), client.fresh, overviews)) post(update);
  }
}

/** Everything anew, as after a time without a word to the page. */
function showAll(): void {
  for (const [topic, outbox] of outboxes) {
    outbox.again();
    schedule(topic);
  }
}

function schedule(topic: string): void {
  stale.add(topic);
  due ??= setTimeout(flush, pacer.wait(performance.now()));
}

function start(url: string, site: string): void {
  client = new Client({
    url,
    site,
    topic: OVERVIEW,
    connect: (to, protocol) => new WebSocket(to, protocol) as Socket,
    onLink: (link, reason) => post({ kind: 'link', link, reason }),
    onHello: (hello) => {
      firstAt = null;
      offered = BESIDE.filter((topic) => offerOf(hello, topic) === 'sent');
      awaitAll();
      post({ kind: 'hello', hello });
    },
    onEnded: () => post({ kind: 'ended' }),
    onFault: (error) => console.error(error),
    onFrame: (outcome, reader, frame) => {
      if (outcome !== 'applied') return;
      schedule(reader.topic);
      // with another state of it there may be something that waited for it
      if (reader.topic === OVERVIEW && isKeyframe(frame)) for (const topic of outboxes.keys()) stale.add(topic);
      if (reader.topic === OVERVIEW) heard.set(reader.site, performance.now());
      // a recording is of one site
      if (site === EVERY_SITE || !RECORDED.includes(reader.topic)) return;
      recorder.keep(
        frame,
        reader,
        BESIDE.flatMap((topic) => client?.readersOf(topic) ?? []),
      );
    },
  });
  for (const topic of outboxes.keys()) client.follow(topic);
  // what a worker before this one said
  post({ kind: 'silent', sites: [] });
  client.start();
}

function follow(topic: string, wanted: boolean): void {
  if (topic === OVERVIEW) return;
  if (wanted) {
    outboxes.set(topic, new Together());
    client?.follow(topic);
  } else {
    outboxes.delete(topic);
    client?.unfollow(topic);
  }
}

async function command(number: number, words: string): Promise<void> {
  const answer = (await client?.command(words)) ?? NOT_ASKED;
  post({ kind: 'answer', number, answer });
}

/**
 * A page that nobody looks at neither decodes nor holds a connection, be it for hours; who looks again gets the whole
 * state with a new one.
 */
function hide(hidden: boolean): void {
  clearTimeout(leaving);
  if (hidden) leaving = setTimeout(() => client?.stop(), LEAVE_AFTER);
  else client?.start();
}

self.onmessage = (event: MessageEvent<ToWorker>): void => {
  const message = event.data;
  if (message.kind === 'start') start(message.url, message.site);
  else if (message.kind === 'retry') client?.retry();
  else if (message.kind === 'again') client?.again();
  else if (message.kind === 'command') void command(message.number, message.words);
  else if (message.kind === 'follow') follow(message.topic, message.wanted);
  else if (message.kind === 'hide') hide(message.hidden);
  else if (message.kind !== 'pause') recorder.hear(message);
  else if (message.paused !== paused) {
    paused = message.paused;
    recorder.pause(paused);
    if (!paused) showAll();
  }
};
