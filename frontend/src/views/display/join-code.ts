// SPDX-License-Identifier: MIT
// The address by which others join, and its picture for a phone's camera.

import { encode } from 'uqr';

export interface Join {
  /** As one types it. */
  readonly text: string;
  readonly url: string;
}

/** Null where the address is good on this machine alone. */
export function joinOf({
  protocol,
  host,
  hostname,
  pathname,
}: Pick<Location, 'protocol' | 'host' | 'hostname' | 'pathname'>): Join | null {
  if (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname.startsWith('127.') ||
    hostname === '[::1]'
  )
    return null;
  const path = pathname.replace(/index\.html$/, '');
  // a browser tries http:// by itself
  const prefix = protocol === 'http:' ? '' : `${protocol}//`;
  return { text: `${prefix}${host}${path === '/' ? '' : path}`, url: `${protocol}//${host}${path}` };
}

/** Of a fingerprint "AB:CD:…": as much in a row as one compares at a glance. */
export function fingerprintRows(fingerprint: string): readonly string[] {
  return fingerprint.match(/[0-9A-F]{2}(:[0-9A-F]{2}){0,7}/g) ?? [];
}

export interface Code {
  /** Modules across, with the quiet zone around. */
  readonly size: number;
  /** Of an SVG path: all dark modules. */
  readonly path: string;
  readonly dark: readonly (readonly boolean[])[];
}

/** The quiet zone that readers ask for: ISO/IEC 18004. */
const QUIET = 4;

export function codeOf(text: string): Code {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET });
  const path = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
  return { size, path, dark: data };
}
