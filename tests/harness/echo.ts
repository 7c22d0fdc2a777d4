// SPDX-License-Identifier: MIT
// A program for the world's namespace: echo PORT ADDRESS… sends back whatever comes to its TCP and UDP port. Each
// address has a socket of its own, so that datagrams are answered from the address that they came to.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

const at = process.argv.findIndex((argument) => /^\d+$/.test(argument));
const port = Number(process.argv[at]);

process.on('SIGTERM', () => process.exit(0));
for (const host of process.argv.slice(at + 1)) {
  const tcp = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  });
  tcp.listen({ port, host, backlog: 2048 });
  await once(tcp, 'listening');
  const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  udp.on('message', (message, from) => udp.send(message, from.port, from.address));
  udp.bind(port, host);
  await once(udp, 'listening');
}
console.log('ready');
