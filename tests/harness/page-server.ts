// SPDX-License-Identifier: MIT
// Serves a built page and a made-up feed, at any pace, in place of the broadcaster.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { VERSION } from '../../frontend/src/feed/limits';
import { TOPICS } from '../../frontend/src/feed/schema';
import { frameTopic } from './frame-topic';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
};
/** As the broadcaster's: DESIGN. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export interface Feed {
  /** What a viewer who comes now gets first. */
  readonly keyframe: (topic: string) => Uint8Array | null;
  /** What the hello says is relayed; who asks for something else is sent away. */
  readonly topics?: readonly string[];
  /** What the hello says that a viewer is. */
  readonly role?: string;
  /** What a command is answered: viewers are participants then. words: the verb and its arguments. */
  readonly answer?: (words: string) => Readonly<Record<string, unknown>>;
  /** What it says is not for this viewer. */
  readonly refused?: readonly string[];
}

export class PageServer {
  readonly port: number;
  /** How many viewers have come so far. */
  greeted = 0;
  /** When first asked for such a path it goes away, but for the viewers that are here. */
  until: RegExp | null = null;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #watching = new Map<WebSocket, Set<string>>();

  private constructor(http: Server, folder: string, feed: Feed) {
    this.#http = http;
    http.on('request', (request: IncomingMessage, answer: ServerResponse) => this.#serve(folder, request, answer));
    this.port = (http.address() as AddressInfo).port;
    this.#sockets = new WebSocketServer({ server: http, path: '/feed', perMessageDeflate: false });
    this.#sockets.on('connection', (socket, request) => this.#greet(socket, request.socket.remoteAddress ?? '', feed));
  }

  static async open(folder: string, feed: Feed, port = 0): Promise<PageServer> {
    const http = createServer();
    await new Promise<void>((done) => http.listen(port, '127.0.0.1', done));
    return new PageServer(http, folder, feed);
  }

  /** It has not gone away. */
  get serves(): boolean {
    return this.#http.listening;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** Each to those who watch its topic. */
  send(frames: Uint8Array | readonly Uint8Array[]): void {
    for (const frame of frames instanceof Uint8Array ? [frames] : frames) {
      const topic = frameTopic(frame);
      for (const [socket, topics] of this.#watching) if (topics.has(topic)) socket.send(frame);
    }
  }

  /** How many viewers are here. */
  get viewers(): number {
    return this.#watching.size;
  }

  /** Bytes that viewers have not taken yet. */
  get waiting(): number {
    return [...this.#watching.keys()].reduce((sum, socket) => sum + socket.bufferedAmount, 0);
  }

  /** Ends every connection of the feed, as when the broadcaster is killed; who comes again is served. */
  hangUp(): void {
    for (const socket of this.#watching.keys()) socket.terminate();
  }

  close(): Promise<void> {
    this.hangUp();
    return new Promise((done) => this.#sockets.close(() => this.#http.close(() => done())));
  }

  #serve(folder: string, request: IncomingMessage, answer: ServerResponse): void {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://page').pathname));
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (this.until?.test(path) === true) {
      this.#http.close();
      this.#http.closeAllConnections();
      return;
    }
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      answer.writeHead(404).end();
      return;
    }
    answer.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
    });
    createReadStream(file).pipe(answer);
  }

  #greet(socket: WebSocket, address: string, feed: Feed): void {
    const topics = new Set<string>();
    const offered = feed.topics ?? Object.keys(TOPICS);
    this.#watching.set(socket, topics);
    this.greeted += 1;
    socket.on('close', () => this.#watching.delete(socket));
    socket.on('message', (data) => {
      const [word, , topic = ''] = String(data).split(' ');
      const [, number, words = ''] = /^command \S+ (\d+) (?:\d+-\d+ )?(.*)$/.exec(String(data)) ?? [];
      if (number !== undefined && feed.answer)
        socket.send(JSON.stringify({ answer: Number(number), ...feed.answer(words) }));
      if (word === 'unwatch') topics.delete(topic);
      if (word !== 'watch') return;
      if (!offered.includes(topic)) {
        socket.close(1008, 'no such topic');
        return;
      }
      topics.add(topic);
      const frame = feed.keyframe(topic);
      socket.send(frame ?? JSON.stringify({ waiting: topic }));
    });
    const hello = {
      protocol: VERSION,
      build: 'bench',
      time: Date.now(),
      role: feed.role ?? (feed.answer ? 'participant' : 'viewer'),
      address,
      sites: ['home'],
      topics: offered,
      refused: feed.refused ?? [],
    };
    socket.send(JSON.stringify(hello));
  }
}
