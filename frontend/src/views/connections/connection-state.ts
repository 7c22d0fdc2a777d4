// SPDX-License-Identifier: MIT
// The state of a conntrack entry in plain words. The states are the kernel's (net/netfilter/nf_conntrack_proto_*.c), the bits
// those of enum ip_conntrack_status (linux/netfilter/nf_conntrack_common.h). Pure.

import type { Connection } from '../../store/rows';

/** silent: one side has spoken, the other has not. */
export type State = 'beginning' | 'open' | 'closing' | 'closed' | 'silent' | 'gone';

export const SEEN_REPLY = 1 << 1;

const STATES: Readonly<Record<string, State>> = {
  SYN_SENT: 'beginning',
  SYN_SENT2: 'beginning',
  SYN_RECV: 'beginning',
  ESTABLISHED: 'open',
  FIN_WAIT: 'closing',
  CLOSE_WAIT: 'closing',
  LAST_ACK: 'closing',
  TIME_WAIT: 'closing',
  CLOSE: 'closed',
  // SCTP, DCCP
  COOKIE_WAIT: 'beginning',
  COOKIE_ECHOED: 'beginning',
  REQUEST: 'beginning',
  RESPOND: 'beginning',
  PARTOPEN: 'open',
  OPEN: 'open',
  SHUTDOWN_SENT: 'closing',
  SHUTDOWN_RECD: 'closing',
  SHUTDOWN_ACK_SENT: 'closing',
  CLOSEREQ: 'closing',
  CLOSING: 'closing',
  TIMEWAIT: 'closing',
  CLOSED: 'closed',
};

export function stateOf({ gone, state, status }: Pick<Connection, 'gone' | 'state' | 'status'>): State {
  if (gone !== null) return 'gone';
  const known = state !== null && Object.hasOwn(STATES, state) ? STATES[state] : undefined;
  return known ?? ((status & SEEN_REPLY) === 0 ? 'silent' : 'open');
}
