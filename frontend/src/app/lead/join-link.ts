// SPDX-License-Identifier: MIT
// Links by which others may watch, as the broadcaster tells of them: common/PROTOCOL.md, "Links".

export interface JoinLink {
  readonly id: string;
  readonly role: 'display' | 'guest';
  /** For the first who comes. */
  readonly once: boolean;
  readonly used: boolean;
  /** Milliseconds of Unix time; null: until it is revoked. */
  readonly until: number | null;
  /** How many pages watch by it now. */
  readonly viewers: number;
  /** Only of one that was just made; else empty. */
  readonly token: string;
}

export function readLink(value: unknown): JoinLink | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, role, once, used, until, viewers, token } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || (role !== 'display' && role !== 'guest')) return null;
  return {
    ...{ id, role, once: once === true, used: used === true },
    until: typeof until === 'number' && until > 0 ? until * 1000 : null,
    viewers: typeof viewers === 'number' ? viewers : 0,
    token: typeof token === 'string' ? token : '',
  };
}

export function readLinks(value: unknown): readonly JoinLink[] {
  return Array.isArray(value) ? value.flatMap((one) => readLink(one) ?? []) : [];
}

/** What somebody wants one for, as words of the request. */
export interface Wish {
  readonly role: JoinLink['role'];
  readonly once: boolean;
  /** Of a guest's. */
  readonly hours: number;
}

export function writeWish({ role, once, hours }: Wish): string {
  return [role, ...(once ? ['once'] : []), ...(role === 'guest' ? [String(hours)] : [])].join(' ');
}

/** The address by which somebody comes. page: the address of this page, without what stands behind #. */
export function joinUrl(page: string, token: string): string {
  return `${new URL('join', page).href}#link=${token}`;
}
