// SPDX-License-Identifier: MIT
// Before all tests: are we where they may run? They make links and addresses, so the process has a network
// namespace of its own (`npm run integration` makes it), in which nothing can meet what else runs on the machine.

import { rmSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPage } from './built-page';
import { makeFolder, sweepFolders } from './folder';
import { missingPrograms } from './paths';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the page, for tests in a browser. */
    readonly page: string;
  }
}

/** The page as it is now; CONNVIS_PAGE is one that is built already. */
function builtPage(folder: string): string {
  if (process.env.CONNVIS_PAGE !== undefined) return process.env.CONNVIS_PAGE;
  const page = join(folder, 'page');
  buildPage(page);
  return page;
}

export default function setup(project: TestProject): () => void {
  if (process.getuid?.() !== 0) throw new Error('The tests make network namespaces, which needs root.');
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  if (!addresses.every(({ internal }) => internal)) {
    throw new Error('The tests want a network namespace of their own: start them with "npm run integration".');
  }
  const missing = missingPrograms();
  if (missing.length > 0) throw new Error(`These programs are missing: ${missing.join(', ')}.`);
  sweepFolders();
  const folder = makeFolder();
  if (project.name === 'browser') project.provide('page', builtPage(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}
