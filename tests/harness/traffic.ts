// SPDX-License-Identifier: MIT
// A program for a network namespace: traffic SOCKET. It moves what it is told to, by lines of JSON at that socket, and
// answers each with a line. Its TCP and UDP servers send back what they get; the UDP port after theirs only listens.

import { once } from 'node:events';
import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { within } from './wait';

const ANSWER_MS = 5000;

export interface Orders {
  serve: { readonly host: string; readonly port: number };
  open: { readonly key: string; readonly from: string; readonly host: string; readonly port: number };
  /** Sends so many bytes and waits until they are back. */
  send: { readonly key: string; readonly bytes: number };
  close: { readonly key: string };
  datagram: {
    readonly from: string;
    readonly source: number;
    readonly host: string;
    readonly port: number;
    readonly bytes: number;
    readonly answered: boolean;
  };
  /** Closes all that is bound to this address. */
  leave: { readonly address: string };
}
export type Verb = keyof Orders;
export type Order = { readonly [V in Verb]: { readonly id: number; readonly verb: V } & Orders[V] }[Verb];

const connections = new Map<string, { readonly socket: Socket; readonly from: string }>();
const datagrams = new Map<string, { readonly socket: Datagrams; readonly from: string }>();
const servers: Server[] = [];

const family = (address: string): 'udp4' | 'udp6' => (address.includes(':') ? 'udp6' : 'udp4');

async function bound(host: string, port: number): Promise<Datagrams> {
  const socket = createSocket({ type: family(host), ipv6Only: host.includes(':') });
  socket.on('error', () => undefined);
  socket.bind(port, host);
  await once(socket, 'listening');
  return socket;
}

async function serve({ host, port }: Orders['serve']): Promise<void> {
  const server = createServer({ allowHalfOpen: false }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  });
  servers.push(server);
  server.listen({ host, port, backlog: 1024, ipv6Only: host.includes(':') });
  await once(server, 'listening');
  const echo = await bound(host, port);
  echo.on('message', (message, from) => echo.send(message, from.port, from.address));
  await bound(host, port + 1);
}

async function open({ key, from, host, port }: Orders['open']): Promise<void> {
  const socket = createConnection({ host, port, localAddress: from });
  socket.on('error', () => socket.destroy());
  await within(`a connection to ${host}`, ANSWER_MS, once(socket, 'connect'));
  connections.set(key, { socket, from });
}

function connection(key: string): Socket {
  const found = connections.get(key);
  if (!found) throw new Error(`there is no connection ${key}`);
  return found.socket;
}

async function send({ key, bytes }: Orders['send']): Promise<void> {
  const socket = connection(key);
  let left = bytes;
  const back = new Promise<void>((done) => {
    const take = (piece: Buffer): void => {
      left -= piece.length;
      if (left > 0) return;
      socket.off('data', take);
      done();
    };
    socket.on('data', take);
  });
  socket.write(Buffer.alloc(bytes));
  await within(`${bytes} bytes to come back`, ANSWER_MS, back);
}

async function close({ key }: Orders['close']): Promise<void> {
  const socket = connection(key);
  connections.delete(key);
  socket.resume();
  socket.end();
  if (!socket.closed) await within('a connection to close', ANSWER_MS, once(socket, 'close'));
}

async function datagram({ from, source, host, port, bytes, answered }: Orders['datagram']): Promise<void> {
  const key = `${from} ${source}`;
  const socket = datagrams.get(key)?.socket ?? (await bound(from, source));
  datagrams.set(key, { socket, from });
  const answer = answered ? once(socket, 'message') : undefined;
  await new Promise<void>((done, fail) => {
    socket.send(Buffer.alloc(bytes), port, host, (error) => (error ? fail(error) : done()));
  });
  if (answer) await within(`an answer from ${host}`, ANSWER_MS, answer);
}

function leave({ address }: Orders['leave']): void {
  for (const [key, { socket, from }] of connections) {
    if (from !== address) continue;
    socket.destroy();
    connections.delete(key);
  }
  for (const [key, { socket, from }] of datagrams) {
    if (from !== address) continue;
    socket.close();
    datagrams.delete(key);
  }
}

async function obey(order: Order): Promise<void> {
  switch (order.verb) {
    case 'serve':
      return serve(order);
    case 'open':
      return open(order);
    case 'send':
      return send(order);
    case 'close':
      return close(order);
    case 'datagram':
      return datagram(order);
    case 'leave':
      leave(order);
  }
}

const path = process.argv.at(-1) as string;
process.on('SIGTERM', () => process.exit(0));
const control = createServer((socket) => {
  createInterface({ input: socket }).on('line', (line) => {
    const order = JSON.parse(line) as Order;
    obey(order).then(
      () => socket.write(`${JSON.stringify({ id: order.id })}\n`),
      (error: unknown) => socket.write(`${JSON.stringify({ id: order.id, error: String(error) })}\n`),
    );
  });
});
control.listen(path);
await once(control, 'listening');
console.log('ready');
