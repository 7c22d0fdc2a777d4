// SPDX-License-Identifier: MIT
// What conntrack(8) lists, brought to the same form as the rows of the topic "connections".

import { isIPv6 } from 'node:net';
import type { Namespace } from './namespace';
import type { Row } from './viewer';

/** One entry, everything as text. Two of the same kernel entry are equal, wherever they come from. */
export type Entry = Readonly<Record<string, string>>;

const IPS_SEEN_REPLY = 1 << 1;
const IPS_ASSURED = 1 << 2;
const IPS_SRC_NAT = 1 << 4;
const IPS_DST_NAT = 1 << 5;
const ICMP = 1;
const ICMPV6 = 58;

/** The bytes of an address as hexadecimal digits. */
export function addressBytes(text: string): string {
  if (!isIPv6(text)) return Buffer.from(text.split('.').map(Number)).toString('hex');
  const [head = '', tail] = text.split('::');
  const words = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const left = words(head);
  const right = words(tail);
  const middle = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].map((word) => word.padStart(4, '0')).join('');
}

function direction(
  fields: Readonly<Record<string, string>>,
  protocol: number,
  name: 'orig' | 'reply',
): [string, string][] {
  const one: [string, string][] = [
    [`${name}_src`, addressBytes(fields.src ?? '')],
    [`${name}_dst`, addressBytes(fields.dst ?? '')],
    [`${name}_packets`, fields.packets ?? 'null'],
    [`${name}_bytes`, fields.bytes ?? 'null'],
  ];
  let ports: [string, string] = [fields.sport ?? 'null', fields.dport ?? 'null'];
  if (protocol === ICMP || protocol === ICMPV6) {
    ports = [fields.id ?? 'null', String(Number(fields.type) * 256 + Number(fields.code))];
  } else if (fields.srckey !== undefined) {
    ports = [String(Number(fields.srckey)), String(Number(fields.dstkey))];
  }
  return [...one, [`${name}_sport`, ports[0]], [`${name}_dport`, ports[1]]];
}

/** Reads one line of conntrack -L -o extended,id. */
export function parseLine(line: string): Entry {
  const words = line.trim().split(/\s+/);
  const protocol = Number(words[3]);
  const sides: Record<string, string>[] = [{}, {}];
  const common: Record<string, string> = {};
  let side = -1;
  for (const word of words.slice(5)) {
    const [key = '', value] = word.split('=', 2);
    if (value === undefined) continue;
    if (key === 'src') side += 1;
    const target = ['mark', 'zone', 'use', 'delta-time', 'secctx'].includes(key) ? common : sides[side];
    // ICMP's own id stands in each direction, the kernel's id of the entry at the very end
    if (key === 'id' && side === 1 && (sides[1]?.id !== undefined || (protocol !== ICMP && protocol !== ICMPV6)))
      common.id = value;
    else if (target) target[key] = value;
  }
  const [orig = {}, reply = {}] = sides;
  const state = words.slice(4, 7).find((word) => /^[A-Z][A-Z0-9_]+$/.test(word)) ?? 'null';
  const port = (fields: Record<string, string>, key: string): string => `${fields[key] ?? ''}`;
  return Object.fromEntries([
    ['kernel_id', common.id ?? ''],
    ['protocol', String(protocol)],
    ['zone', common.zone ?? '0'],
    ['mark', common.mark ?? '0'],
    ['state', state],
    ['assured', String(words.includes('[ASSURED]'))],
    ['replied', String(!words.includes('[UNREPLIED]'))],
    ['source_nat', String(orig.src !== reply.dst || port(orig, 'sport') !== port(reply, 'dport'))],
    ['destination_nat', String(orig.dst !== reply.src || port(orig, 'dport') !== port(reply, 'sport'))],
    ...direction(orig, protocol, 'orig'),
    ...direction(reply, protocol, 'reply'),
  ]);
}

/** The same of a row that a viewer has decoded. */
export function entryOfRow(row: Row): Entry {
  const status = Number(row.status);
  const text = (name: string): string => {
    const cell = row[name];
    return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell ?? 'null');
  };
  const sides = (['orig', 'reply'] as const).flatMap((name) =>
    ['src', 'dst', 'packets', 'bytes', 'sport', 'dport'].map((key): [string, string] => [
      `${name}_${key}`,
      text(`${name}_${key}`),
    ]),
  );
  return Object.fromEntries([
    ['kernel_id', text('kernel_id')],
    ['protocol', text('protocol')],
    ['zone', text('zone')],
    ['mark', text('mark')],
    ['state', text('state')],
    ['assured', String((status & IPS_ASSURED) !== 0)],
    ['replied', String((status & IPS_SEEN_REPLY) !== 0)],
    ['source_nat', String((status & IPS_SRC_NAT) !== 0)],
    ['destination_nat', String((status & IPS_DST_NAT) !== 0)],
    ...sides,
  ]);
}

/** The words with which conntrack(8) makes an established TCP connection, which stays for ten minutes. */
export const established = (from: string, to: string, localPort: number, port = 443): string[] => [
  ...['-I', '-s', from, '-d', to, '-p', 'tcp', '--sport', String(localPort), '--dport', String(port)],
  ...['--state', 'ESTABLISHED', '--timeout', '600', '--status', 'SEEN_REPLY,ASSURED'],
];

const keyOf = (entry: Entry): string =>
  JSON.stringify(
    Object.keys(entry)
      .sort()
      .map((name) => [name, entry[name]]),
  );

/** Entries as sorted lines, to be compared. */
export const asLines = (entries: readonly Entry[]): string[] => entries.map(keyOf).sort();

/** All entries of a namespace, both families. */
export async function list(namespace: Namespace): Promise<Entry[]> {
  const outputs: string[] = [];
  for (const family of ['ipv4', 'ipv6']) {
    outputs.push(await namespace.run('conntrack', '-L', '-f', family, '-o', 'extended,id'));
  }
  return outputs
    .join('\n')
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine);
}

/** What is only in the one and only in the other, at most some of each, for a message. */
export function difference(kernel: readonly Entry[], feed: readonly Entry[]): string {
  const [a, b] = [new Set(asLines(kernel)), new Set(asLines(feed))];
  const onlyKernel = [...a].filter((line) => !b.has(line));
  const onlyFeed = [...b].filter((line) => !a.has(line));
  if (onlyKernel.length + onlyFeed.length === 0 && kernel.length === feed.length) return '';
  const some = (lines: string[]): string => lines.slice(0, 4).join('\n  ');
  return (
    `the kernel has ${kernel.length} entries and the viewer ${feed.length}.\n` +
    `${onlyKernel.length} only in the kernel:\n  ${some(onlyKernel)}\n${onlyFeed.length} only at the viewer:\n  ${some(onlyFeed)}`
  );
}
