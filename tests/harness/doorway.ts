// SPDX-License-Identifier: MIT
// A program for a device's namespace: doorway SOCKET HOST PORT passes each connection to the Unix socket on to that port, so
// that a viewer of the test comes from where the device is.

import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';

const at = process.argv.findIndex((argument) => argument.startsWith('/') && argument.endsWith('.sock'));
const [path, host, port] = process.argv.slice(at);

process.on('SIGTERM', () => process.exit(0));
const server = createServer((near) => {
  const far = createConnection({ host: host as string, port: Number(port) });
  const end = (): void => {
    near.destroy();
    far.destroy();
  };
  for (const one of [near, far]) one.on('error', end).on('close', end);
  near.pipe(far).pipe(near);
});
server.listen(path);
await once(server, 'listening');
console.log('ready');
