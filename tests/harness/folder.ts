// SPDX-License-Identifier: MIT
// Temporary folders. Their names tell whose they are, so that those of a killed run can be swept.

import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'connvis-test-';

/** When the process started (proc(5), stat, field 22): with its id it says which process it is, for good. */
function startOf(pid: string): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '';
  } catch {
    return '';
  }
}

/** A new folder, which every user may read. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-${startOf(String(process.pid))}-`));
  chmodSync(folder, 0o755);
  return folder;
}

/** Takes away the folders of test runs that were killed. The rest of what they had went with their process. */
export function sweepFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const match = /^connvis-test-(\d+)-(\d+)-/.exec(name);
    if (match?.[1] && startOf(match[1]) !== match[2]) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
