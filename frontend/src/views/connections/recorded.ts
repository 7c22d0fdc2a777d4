// SPDX-License-Identifier: MIT
// A recording holds no conntrack entries: what stands in for them there, one line for each conversation. Pure.

import type { Connection, Conversation } from '../../store/rows';
import { SEEN_REPLY } from './state';

function rowOf(conversation: Conversation): Connection {
  const { id, gone, active, seen, protocol, port, open, connecting, inbound, upBytes, downBytes, upPackets, downPackets } = conversation;
  const [origBytes, replyBytes] = inbound ? [downBytes, upBytes] : [upBytes, downBytes];
  const [origPackets, replyPackets] = inbound ? [downPackets, upPackets] : [upPackets, downPackets];
  const state = open > 0 ? 'ESTABLISHED' : connecting > 0 ? 'SYN_SENT' : 'CLOSED';
  const nowhere = { origSource: '', origTarget: '', replySource: '', replyTarget: '' };
  const ports = { origSourcePort: null, origTargetPort: port, replySourcePort: port, replyTargetPort: null };
  return {
    ...{ id, gone, active, seen, protocol, state, status: SEEN_REPLY, conversation },
    ...{ origBytes, replyBytes, origPackets, replyPackets, timeout: null, mark: 0, kernelId: 0, zone: 0 },
    ...nowhere,
    ...ports,
  };
}

export function recordedRows(held: readonly Conversation[]): Connection[] {
  return held.map(rowOf);
}
