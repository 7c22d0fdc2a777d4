// SPDX-License-Identifier: MIT
// Of which topic a made-up frame is.

import { decodeHeader } from '../../frontend/src/feed/header';

export function frameTopic(frame: Uint8Array): string {
  const header = decodeHeader(frame);
  if (typeof header === 'string') throw new Error(`this is no frame: ${header}`);
  return header.topic;
}
