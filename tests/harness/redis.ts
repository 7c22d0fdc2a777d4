// SPDX-License-Identifier: MIT
// A real Redis server on a Unix socket, and a client that says to it what the tests need (RESP2, redis.io/docs).

import { connect, type Socket } from 'node:net';
import type { Daemon } from './daemon';
import { redisCommand } from './paths';
import type { Stage } from './stage';
import { until } from './wait';

export type Reply = null | number | Buffer | Error | Reply[];

/** Reads one reply at a position: the reply and where it ends; undefined when there is not all of it yet. */
function readReply(bytes: Buffer, at: number): [Reply, number] | undefined {
  const end = bytes.indexOf('\r\n', at);
  if (end < 0) return undefined;
  const text = bytes.toString('latin1', at + 1, end);
  const next = end + 2;
  switch (bytes[at]) {
    case 0x2b:
      return [Buffer.from(text), next];
    case 0x2d:
      return [new Error(text), next];
    case 0x3a:
      return [Number(text), next];
    case 0x24: {
      const length = Number(text);
      if (length < 0) return [null, next];
      return bytes.length < next + length + 2 ? undefined : [bytes.subarray(next, next + length), next + length + 2];
    }
    case 0x2a: {
      const list: Reply[] = [];
      let position = next;
      for (let i = 0; i < Number(text); i++) {
        const item = readReply(bytes, position);
        if (!item) return undefined;
        list.push(item[0]);
        position = item[1];
      }
      return [list, position];
    }
    default:
      throw new Error('Redis said something that is not RESP2');
  }
}

export class RedisClient {
  readonly #socket: Socket;
  readonly #waiting: { done: (reply: Reply) => void; fail: (error: Error) => void }[] = [];
  readonly #listeners = new Map<string, (message: Buffer) => void>();
  #bytes: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.#socket = connect(path);
    this.#socket.on('data', (piece) => this.#take(piece));
    const stop = (error: Error): void => {
      for (const waiter of this.#waiting.splice(0)) waiter.fail(error);
    };
    this.#socket.on('error', stop);
    this.#socket.on('close', () => stop(new Error('Redis closed the connection')));
  }

  #take(piece: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, piece]);
    for (;;) {
      const read = readReply(this.#bytes, 0);
      if (!read) return;
      this.#bytes = this.#bytes.subarray(read[1]);
      this.#give(read[0]);
    }
  }

  #give(reply: Reply): void {
    if (Array.isArray(reply) && String(reply[0]) === 'message') {
      this.#listeners.get(String(reply[1]))?.(Buffer.from(reply[2] as Buffer));
      return;
    }
    const waiter = this.#waiting.shift();
    if (reply instanceof Error) waiter?.fail(reply);
    else waiter?.done(reply);
  }

  command(...words: (string | Uint8Array)[]): Promise<Reply> {
    const parts: Buffer[] = [Buffer.from(`*${words.length}\r\n`)];
    for (const word of words) {
      const bytes = Buffer.from(word as Uint8Array);
      parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n'));
    }
    return new Promise((done, fail) => {
      this.#waiting.push({ done, fail });
      this.#socket.write(Buffer.concat(parts));
    });
  }

  /** How many subscribers have received it. */
  async publish(channel: string, message: string | Uint8Array): Promise<number> {
    return Number(await this.command('PUBLISH', channel, message));
  }

  /** After this the client can only subscribe. */
  async subscribe(channel: string, listener: (message: Buffer) => void): Promise<void> {
    this.#listeners.set(channel, listener);
    await this.command('SUBSCRIBE', channel);
  }

  close(): void {
    this.#socket.destroy();
  }
}

let made = 0;

export class Redis {
  readonly path: string;
  readonly #stage: Stage;
  #daemon: Daemon | undefined;

  constructor(stage: Stage) {
    this.#stage = stage;
    // a stage may have several
    this.path = stage.path(`redis-${++made}.sock`);
  }

  async start(): Promise<void> {
    const [program, ...args] = redisCommand() as [string, ...string[]];
    const settings = [
      '--port',
      '0',
      '--unixsocket',
      this.path,
      '--unixsocketperm',
      '777',
      '--save',
      '',
      '--loglevel',
      'warning',
    ];
    const limit = ['--client-output-buffer-limit', 'pubsub 128mb 128mb 60'];
    const daemon = this.#stage.start(program, [...args, ...settings, ...limit, '--dir', this.#stage.folder], {
      title: 'redis-server',
    });
    this.#daemon = daemon;
    await until(
      'Redis to answer',
      5000,
      async () => {
        const client = new RedisClient(this.path);
        try {
          return (await client.command('PING')) !== null;
        } catch {
          return false;
        } finally {
          client.close();
        }
      },
      () => daemon.output,
    );
  }

  async stop(): Promise<void> {
    await this.#daemon?.end();
    this.#daemon = undefined;
  }

  /** Ends it without a farewell. */
  async kill(): Promise<void> {
    await this.#daemon?.kill();
    this.#daemon = undefined;
  }

  client(): RedisClient {
    const client = new RedisClient(this.path);
    this.#stage.onClose(() => client.close());
    return client;
  }
}
