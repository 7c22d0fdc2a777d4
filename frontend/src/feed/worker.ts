// SPDX-License-Identifier: MIT
// The worker that holds the feed: receives, decodes and tells the page what changed, at most ten times a second.

import { Client, type Socket } from './client';
import type { FromWorker, ToWorker } from './messages';
import { Outbox } from './outbox';

const TICK = 100;

const post = (message: FromWorker): void => self.postMessage(message);
const outbox = new Outbox();
let client: Client | null = null;
let paused = false;
let due: ReturnType<typeof setTimeout> | undefined;
let sentAt = -TICK;

function flush(): void {
  due = undefined;
  if (!client) return;
  sentAt = performance.now();
  if (paused) {
    if (client.reader.whole && client.fresh) post({ kind: 'pulse' });
    return;
  }
  for (const update of outbox.take(client.reader, client.fresh)) post(update);
}

function schedule(): void {
  due ??= setTimeout(flush, Math.max(0, sentAt + TICK - performance.now()));
}

function start(url: string): void {
  client = new Client({
    url,
    topic: 'overview',
    connect: (to, protocol) => new WebSocket(to, protocol) as Socket,
    onLink: (link, reason) => post({ kind: 'link', link, reason }),
    onHello: (hello) => post({ kind: 'hello', hello }),
    onFrame: (outcome) => {
      if (outcome === 'applied') schedule();
    },
  });
  client.start();
}

self.onmessage = (event: MessageEvent<ToWorker>): void => {
  const message = event.data;
  if (message.kind === 'start') start(message.url);
  else if (message.kind === 'retry') client?.retry();
  else if (message.paused !== paused) {
    paused = message.paused;
    if (!paused) {
      outbox.again();
      schedule();
    }
  }
};
