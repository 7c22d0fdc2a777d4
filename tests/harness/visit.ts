// SPDX-License-Identifier: MIT
// TCP connections from a home's device to its world, which sends back what it gets.

import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { ECHO_PORT } from './home';
import { within } from './wait';

/** Sends bytes and gets them back; the connection stays. */
export async function send(socket: Socket, bytes: number): Promise<void> {
  let got = 0;
  const back = new Promise<void>((done) => {
    const take = (piece: Buffer): void => {
      got += piece.length;
      if (got < bytes) return;
      socket.off('data', take);
      done();
    };
    socket.on('data', take);
  });
  socket.write(Buffer.alloc(bytes));
  await within('an answer', 5000, back);
}

export async function connect(host: string): Promise<Socket> {
  const socket = createConnection({ port: ECHO_PORT, host });
  await within(`a connection to ${host}`, 5000, once(socket, 'connect'));
  return socket;
}

/** Begins, moves bytes and ends, all within a second. */
export async function visit(host: string, bytes: number): Promise<void> {
  const socket = await connect(host);
  await send(socket, bytes);
  socket.end();
  await within('the end', 5000, once(socket, 'close'));
}
