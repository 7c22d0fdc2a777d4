// SPDX-License-Identifier: MIT
// What a protocol and port usually stand for. After IANA's registries of protocol numbers and service names.

import type { Translate } from '../i18n';

const PROTOCOLS: Readonly<Record<number, string>> = {
  1: 'ICMP',
  2: 'IGMP',
  6: 'TCP',
  17: 'UDP',
  33: 'DCCP',
  41: 'IPv6',
  47: 'GRE',
  50: 'ESP',
  58: 'ICMPv6',
  132: 'SCTP',
  136: 'UDP-Lite',
};

const TCP: Readonly<Record<number, string>> = {
  21: 'FTP',
  22: 'SSH',
  25: 'SMTP',
  53: 'DNS',
  80: 'HTTP',
  143: 'IMAP',
  443: 'HTTPS',
  465: 'SMTP',
  587: 'SMTP',
  853: 'DNS-over-TLS',
  993: 'IMAP',
  1883: 'MQTT',
  1935: 'RTMP',
  3478: 'STUN',
  5222: 'XMPP',
  5223: 'Apple Push',
  5228: 'Google Push',
  8080: 'HTTP',
  8443: 'HTTPS',
  8883: 'MQTT',
};

const UDP: Readonly<Record<number, string>> = {
  53: 'DNS',
  67: 'DHCP',
  123: 'NTP',
  443: 'QUIC',
  500: 'IPsec',
  1900: 'SSDP',
  3478: 'STUN',
  4500: 'IPsec',
  5353: 'mDNS',
  51820: 'WireGuard',
};

/** As `HTTPS · TCP 443`. */
export function serviceText(protocol: number, port: number | null, t: Translate): string {
  const transport = PROTOCOLS[protocol] ?? `IP ${protocol}`;
  if (port === null) return transport;
  const name = protocol === 6 ? TCP[port] : protocol === 17 ? UDP[port] : undefined;
  return name === undefined
    ? `${transport} ${t('service.other', { port: String(port) })}`
    : `${name} · ${transport} ${port}`;
}
