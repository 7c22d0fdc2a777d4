// SPDX-License-Identifier: MIT
// Talkers (talker.ts) from the test's end, and what ends connections (ender.c).

import { appendFileSync } from 'node:fs';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Daemon } from './daemon';
import type { Namespace } from './namespace';
import { enderProgram, programs } from './paths';
import type { Stage } from './stage';
import { until, within } from './wait';

export const TALK_PORT = 7008;
const ANSWER_MS = 15_000;

const talker = fileURLToPath(new URL('talker.ts', import.meta.url));

/** Gives orders to a talker, by no connection of the network. */
export class Talker {
  readonly #socket: Socket;
  readonly #lines: Interface;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#lines = createInterface({ input: socket });
  }

  static async start(stage: Stage, namespace: Namespace, ...addresses: string[]): Promise<Talker> {
    const orders = stage.path(`talker-${namespace.pid}.sock`);
    const program = stage.start(programs.viteNode, [talker, String(TALK_PORT), orders, ...addresses], {
      namespace: namespace.path,
      title: 'talker',
    });
    await program.said(/ready/, 20_000);
    const socket = createConnection(orders);
    stage.onClose(() => void socket.destroy());
    await within('a talker', ANSWER_MS, once(socket, 'connect'));
    const made = new Talker(socket);
    await made.#tell('control');
    return made;
  }

  async #tell(line: string): Promise<string> {
    const answer = once(this.#lines, 'line');
    this.#socket.write(`${line}\n`);
    return String((await within(`an answer to ${line}`, ANSWER_MS, answer))[0]);
  }

  /** Opens a connection; its port. */
  async dial(host: string, port: number): Promise<number> {
    const answer = await this.#tell(`dial ${host} ${port}`);
    if (!/^\d+$/.test(answer)) throw new Error(answer);
    return Number(answer);
  }

  async speak(port: number): Promise<void> {
    await this.#tell(`speak ${port}`);
  }

  state(port: number): Promise<string> {
    return this.#tell(`state ${port}`);
  }

  /** Waits until the connection is not open any more; what became of it. */
  over(port: number): Promise<string> {
    return until(`the connection of port ${port} to end`, ANSWER_MS, async () => {
      const state = await this.state(port);
      return state === 'open' ? undefined : state;
    });
  }
}

/** A connection of the test itself, and how it ended. */
export class Talk {
  readonly socket: Socket;
  readonly port: number;
  state = 'open';

  private constructor(socket: Socket) {
    this.socket = socket;
    this.port = socket.localPort as number;
    socket.on('error', (error: NodeJS.ErrnoException) => (this.state = error.code ?? 'error'));
    socket.on('close', () => (this.state = this.state === 'open' ? 'closed' : this.state));
  }

  /** To a server that sends back what it gets, which it has done once. */
  static async open(stage: Stage, host: string, port = TALK_PORT): Promise<Talk> {
    const socket = createConnection({ host, port });
    stage.onClose(() => void socket.destroy());
    await within(`a connection to ${host}`, ANSWER_MS, once(socket, 'connect'));
    const made = new Talk(socket);
    await made.echo();
    return made;
  }

  /** Sends a byte and waits until it is back. */
  async echo(): Promise<void> {
    const back = once(this.socket, 'data');
    this.socket.write('x');
    await within('what was sent to come back', ANSWER_MS, back);
  }

  over(): Promise<string> {
    return until('a connection to end', ANSWER_MS, () => (this.state === 'open' ? undefined : this.state));
  }
}

export class Ender {
  readonly program: Daemon;
  readonly #orders: string;

  private constructor(program: Daemon, orders: string) {
    this.program = program;
    this.#orders = orders;
  }

  static async start(stage: Stage, router: Namespace, name = 'orders'): Promise<Ender> {
    const orders = stage.path(name);
    const program = stage.start(enderProgram, [orders], { namespace: router.path });
    await program.said(/ready/, ANSWER_MS);
    return new Ender(program, orders);
  }

  async order(line: string, answer: RegExp): Promise<RegExpExecArray> {
    const from = this.program.output.length;
    appendFileSync(this.#orders, `${line}\n`);
    return this.program.said(answer, ANSWER_MS, from);
  }

  /** Ends all entries with this end, when there are any; how many. */
  async end(protocol: number, address: string, port: number): Promise<number> {
    return until(`a connection of ${address} to be known`, ANSWER_MS, async () => {
      const [, ended] = await this.order(`end ${protocol} ${address} ${port}`, /ended (\d+), gone 0, kept 0,/);
      return Number(ended) || undefined;
    });
  }
}
