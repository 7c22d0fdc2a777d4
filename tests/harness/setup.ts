// SPDX-License-Identifier: MIT
// Before all tests: are we where they may run? They make links and addresses, so the process has a network
// namespace of its own (`npm run integration` makes it), in which nothing can meet what else runs on the machine.

import { networkInterfaces } from 'node:os';
import { sweepFolders } from './folder';
import { missingPrograms } from './paths';

export default function setup(): void {
  if (process.getuid?.() !== 0) throw new Error('The tests make network namespaces, which needs root.');
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  if (!addresses.every(({ internal }) => internal)) {
    throw new Error('The tests want a network namespace of their own: start them with "npm run integration".');
  }
  const missing = missingPrograms();
  if (missing.length > 0) throw new Error(`These programs are missing: ${missing.join(', ')}.`);
  sweepFolders();
}
