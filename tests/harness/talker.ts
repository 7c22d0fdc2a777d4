// SPDX-License-Identifier: MIT
// A program for a network namespace: talker PORT SOCKET ADDRESS… sends back what comes to its TCP port, and has connections of
// its own, which speak when they are told to, and say what became of them. A connection, as to the Unix socket, whose
// first line is "control" gives orders, a line each, and gets a line for each:
//	dial ADDRESS PORT    opens a connection: its own port
//	speak PORT           sends a byte on the connection with this port at its other end, or of its own
//	state PORT           "open", "closed", or the error that ended it

import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

const at = process.argv.findIndex((argument) => /^\d+$/.test(argument));
const port = Number(process.argv[at]);

interface Known {
  readonly socket: Socket;
  state: string;
}
const known = new Map<number, Known>();

function keep(socket: Socket, number: number | undefined): void {
  const entry: Known = { socket, state: 'open' };
  known.set(number ?? 0, entry);
  socket.on('error', (error: NodeJS.ErrnoException) => (entry.state = error.code ?? 'error'));
  socket.on('close', () => (entry.state = entry.state === 'open' ? 'closed' : entry.state));
}

async function obey(line: string): Promise<string> {
  const [verb = '', first = '', second = ''] = line.split(' ');
  if (verb === 'dial') {
    const socket = createConnection({ host: first, port: Number(second) });
    await once(socket, 'connect');
    keep(socket, socket.localPort);
    return String(socket.localPort);
  }
  const entry = known.get(Number(first));
  if (!entry) return `nobody has port ${first}`;
  if (verb === 'speak') entry.socket.write('x');
  return entry.state;
}

function control(socket: Socket): void {
  socket.write('ready\n');
  createInterface({ input: socket }).on('line', (line) => {
    obey(line).then(
      (answer) => socket.write(`${answer}\n`),
      (error: unknown) => socket.write(`${String(error)}\n`),
    );
  });
}

process.on('SIGTERM', () => process.exit(0));
for (const host of process.argv.slice(at + 1)) {
  const server = createServer((socket) => {
    keep(socket, socket.remotePort);
    socket.once('data', (piece) => {
      if (piece.toString() === 'control\n') {
        control(socket);
        return;
      }
      socket.write(piece);
      socket.pipe(socket);
    });
  });
  if (host.startsWith('/')) server.listen(host);
  else server.listen({ port, host });
  await once(server, 'listening');
}
console.log('ready');
