// SPDX-License-Identifier: MIT
// A program for the world's namespace: sends back whatever comes to its TCP and UDP port, on all addresses.

import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const port = Number(process.argv.at(-1));

const tcp = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.pipe(socket);
});
const udp = createSocket('udp6', (message, from) => udp.send(message, from.port, from.address));

process.on('SIGTERM', () => process.exit(0));
tcp.listen({ port, host: '::', backlog: 2048 }, () => udp.bind(port, '::', () => console.log('ready')));
