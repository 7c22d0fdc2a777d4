// SPDX-License-Identifier: MIT
// A program: relay PORT ADDRESS TO MILLISECONDS passes datagrams on to port TO of 127.0.0.1 and their answers back, each after a
// delay of its own: so answers come in another order than the questions, as they do from the internet.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const at = process.argv.findIndex((argument) => /^\d+$/.test(argument));
const [port, address, to, longest] = process.argv.slice(at);

process.on('SIGTERM', () => process.exit(0));
const later = (send: () => unknown): void => void setTimeout(send, Math.random() * Number(longest));
const server = createSocket('udp4');
server.on('message', (question, from) => {
  const client = createSocket('udp4');
  let open = true;
  const end = (): void => {
    if (open) client.close();
    open = false;
    clearTimeout(unanswered);
  };
  const unanswered = setTimeout(end, 5000).unref();
  // the server behind may be gone: then there is no answer
  client.on('error', end);
  client.on('message', (answer) => {
    end();
    later(() => server.send(answer, from.port, from.address));
  });
  later(() => open && client.send(question, Number(to), '127.0.0.1'));
});
server.bind(Number(port), address);
await once(server, 'listening');
console.log('ready');
