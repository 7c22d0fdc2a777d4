// SPDX-License-Identifier: MIT
// The worker that holds the feed: receives, decodes and tells the page what changed, at most so often.

import { Client, type Socket } from '../feed/client';
import type { FromWorker, ToWorker } from './messages';
import { Recorder } from '../record/recorder';
import { Pacer, UPDATE } from '../feed/pacing';
import { Outbox } from '../feed/outbox';

const OVERVIEW = 'overview';

const post = (message: FromWorker): void => self.postMessage(message);
const outboxes = new Map([[OVERVIEW, new Outbox()]]);
const stale = new Set<string>();
let client: Client | null = null;
let paused = false;
/** Recordings: while one is played, the live feed is kept and not shown. */
const recorder = new Recorder(post, showAll);
let due: ReturnType<typeof setTimeout> | undefined;
const pacer = new Pacer(UPDATE);

function flush(): void {
  due = undefined;
  if (!client) return;
  pacer.ran(performance.now(), 0);
  if (recorder.playing) return;
  if (paused) {
    if (client.readerOf(OVERVIEW)?.whole && client.fresh) post({ kind: 'pulse' });
    return;
  }
  // the others refer to the overview's rows, so that goes first
  for (const [topic, outbox] of outboxes) {
    const reader = client.readerOf(topic);
    if (!reader || !stale.delete(topic)) continue;
    for (const update of outbox.take(reader, client.fresh)) post(update);
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

function start(url: string): void {
  client = new Client({
    url,
    topic: OVERVIEW,
    connect: (to, protocol) => new WebSocket(to, protocol) as Socket,
    onLink: (link, reason) => post({ kind: 'link', link, reason }),
    onHello: (hello) => post({ kind: 'hello', hello }),
    onFault: (error) => console.error(error),
    onFrame: (outcome, topic, frame) => {
      if (outcome !== 'applied') return;
      schedule(topic);
      const reader = topic === OVERVIEW ? client?.readerOf(topic) : null;
      if (reader) recorder.keep(frame, reader);
    },
  });
  for (const topic of outboxes.keys()) client.follow(topic);
  client.start();
}

function follow(topic: string, wanted: boolean): void {
  if (topic === OVERVIEW) return;
  if (wanted) {
    outboxes.set(topic, new Outbox());
    client?.follow(topic);
  } else {
    outboxes.delete(topic);
    client?.unfollow(topic);
  }
}

self.onmessage = (event: MessageEvent<ToWorker>): void => {
  const message = event.data;
  if (message.kind === 'start') start(message.url);
  else if (message.kind === 'retry') client?.retry();
  else if (message.kind === 'follow') follow(message.topic, message.wanted);
  else if (message.kind !== 'pause') recorder.hear(message);
  else if (message.paused !== paused) {
    paused = message.paused;
    recorder.pause(paused);
    if (!paused) showAll();
  }
};
