// SPDX-License-Identifier: MIT
// The rows as the store keeps them: one object each, filled from the feed's values.

import { FADE, IDLE } from './freshness';
import { addressText, macText } from './bytes';
import type { CellReader } from './cells';
import { Rate } from './rate';
import type { Conversation, Device, NameSource, Network, Place, Remote, Site, Source } from './rows';
import { en } from '../i18n/en';
import { specialKey } from './special';

/** What is looked up while rows are filled. */
export interface Lookup {
  place(id: number | null): Place | null;
  network(id: number | null): Network | null;
  device(id: number | null): DeviceEntity | null;
  remote(id: number | null): RemoteEntity | null;
}

/** Of which time the values are, and whether they come from a keyframe. */
export interface When {
  readonly now: number;
  readonly whole: boolean;
}

abstract class Entity {
  gone: number | null = null;
  /** Time at which the feed said that the row is gone. */
  left: number | null = null;
  constructor(readonly id: number) {}

  leave(now: number): void {
    this.left ??= now;
    this.gone = this.left;
  }

  stay(): void {
    this.left = null;
    this.gone = null;
  }
}

export class SourceEntity extends Entity implements Source {
  kind = '';
  state = '';
  detail: string | null = null;
  type: string | null = null;
  built: number | null = null;
  attribution: string | null = null;

  fill(row: CellReader): void {
    this.kind = row.text('kind');
    this.state = row.text('state');
    this.detail = row.maybeText('detail');
    this.type = row.maybeText('type');
    this.built = row.maybeNumber('built');
    this.attribution = row.maybeText('attribution');
  }
}

export class PlaceEntity extends Entity implements Place {
  country: string | null = null;
  region: string | null = null;
  city: string | null = null;
  latitude: number | null = null;
  longitude: number | null = null;

  fill(row: CellReader): void {
    const country = row.maybeText('country');
    this.country = country !== null && /^[A-Z]{2}$/.test(country) ? country : null;
    this.region = row.maybeText('region');
    this.city = row.maybeText('city');
    const latitude = row.maybeNumber('latitude');
    const longitude = row.maybeNumber('longitude');
    const somewhere = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    this.latitude = somewhere ? latitude : null;
    this.longitude = somewhere ? longitude : null;
  }
}

export class NetworkEntity extends Entity implements Network {
  asn: number | null = null;
  name = '';

  fill(row: CellReader): void {
    this.asn = row.maybeNumber('asn');
    this.name = row.text('name') || (this.asn === null ? '' : `AS${this.asn}`);
  }
}

/** Milliseconds. */
const JUST_NOW = 2000;

abstract class TrafficEntity extends Entity {
  active = 0;
  upBytes = 0;
  downBytes = 0;
  upPackets = 0;
  downPackets = 0;
  upRate = 0;
  downRate = 0;
  readonly #up = new Rate();
  readonly #down = new Rate();

  protected fillTraffic(row: CellReader, when: When): void {
    const up = row.number('up_bytes');
    const down = row.number('down_bytes');
    this.active = row.number('active');
    // What a keyframe brings, or a row that was found late, came at an unknown time.
    if (!when.whole && when.now - this.active <= JUST_NOW) {
      this.#up.add(up - this.upBytes, when.now);
      this.#down.add(down - this.downBytes, when.now);
    }
    this.upBytes = up;
    this.downBytes = down;
    this.upPackets = row.number('up_packets');
    this.downPackets = row.number('down_packets');
  }

  measure(now: number): void {
    this.upRate = this.#up.get(now);
    this.downRate = this.#down.get(now);
  }
}

export class DeviceEntity extends TrafficEntity implements Device {
  alias = '';
  hostName: string | null = null;
  mac: string | null = null;
  macKind: 'vendor' | 'random' | null = null;
  self = false;
  seen = 0;
  addresses: readonly string[] = [];

  fill(row: CellReader, when: When): void {
    this.fillTraffic(row, when);
    this.alias = row.text('alias') || `#${this.id}`;
    this.hostName = row.maybeText('host_name');
    const mac = row.bytes('mac');
    this.mac = mac?.length === 6 ? macText(mac) : null;
    const kind = row.maybeText('mac_kind');
    this.macKind = kind === 'vendor' || kind === 'random' ? kind : null;
    this.self = row.flag('self');
    this.seen = row.number('seen');
  }
}

export class AddressEntity extends Entity {
  device: number | null = null;
  text = '';

  fill(row: CellReader): void {
    this.device = row.maybeNumber('device');
    this.text = addressText(row.bytes('address') ?? new Uint8Array(0));
  }
}

const NAME_SOURCES: readonly string[] = ['dns', 'dns-other', 'network', 'special'];

export class RemoteEntity extends Entity implements Remote {
  address = '';
  name = '';
  how: NameSource = 'address';
  place: Place | null = null;
  network: Network | null = null;
  special: string | null = null;
  seen = 0;

  fill(row: CellReader, _when: When, lookup: Lookup): void {
    this.address = addressText(row.bytes('address') ?? new Uint8Array(0));
    const how = row.text('how');
    this.how = NAME_SOURCES.includes(how) ? (how as NameSource) : 'address';
    this.place = lookup.place(row.maybeNumber('place'));
    this.network = lookup.network(row.maybeNumber('network'));
    this.special = row.maybeText('special');
    this.seen = row.number('seen');
    this.name = row.maybeText('name') ?? this.#impliedName();
  }

  /** The feed leaves the name out where the row says it already. */
  #impliedName(): string {
    if (this.how === 'network' && this.network?.name) return this.network.name;
    if (this.how === 'special' && this.special !== null) return en[specialKey(this.special)];
    this.how = 'address';
    return this.address;
  }
}

export class ConversationEntity extends TrafficEntity {
  open = 0;
  connecting = 0;
  total = 0;
  device: DeviceEntity | null = null;
  remote: RemoteEntity | null = null;
  protocol = 0;
  port: number | null = null;
  inbound = false;
  seen = 0;
  #shown = false;

  fill(row: CellReader, when: When, lookup: Lookup): void {
    this.fillTraffic(row, when);
    this.open = row.number('open');
    this.connecting = row.number('connecting');
    this.total = row.number('total');
    this.device = lookup.device(row.maybeNumber('device'));
    this.remote = lookup.remote(row.maybeNumber('remote'));
    this.protocol = row.number('protocol');
    this.port = row.maybeNumber('port');
    this.inbound = row.flag('inbound');
    this.seen = row.number('seen');
  }

  /**
   * Whether views show it now: while open and not idle, and some seconds after. What came and went between two dumps
   * is shown for these seconds too.
   */
  judge(now: number): boolean {
    if (this.left === null && this.open > 0 && now - this.active <= IDLE) {
      this.gone = null;
      this.#shown = true;
      return true;
    }
    const brief = this.open === 0 && this.connecting === 0 && this.downPackets > 0 && now - this.active <= FADE;
    if (!this.#shown && !brief) return false;
    if (!this.#shown || this.gone === null) this.gone = now;
    this.#shown = now - this.gone <= FADE;
    return this.#shown;
  }

  override leave(now: number): void {
    this.left ??= now;
  }

  override stay(): void {
    this.left = null;
  }

  /** Both ends are known, as they are in every feed that keeps to its own rules. */
  get placed(): (ConversationEntity & Conversation) | null {
    return this.device && this.remote ? (this as ConversationEntity & Conversation) : null;
  }
}

export function readSite(row: CellReader): Site {
  return {
    name: row.text('name'),
    mode: row.text('mode') === 'machine' ? 'machine' : 'router',
    connections: row.number('connections'),
    shown: row.number('shown'),
    hiddenRouter: row.number('hidden_router'),
    hiddenDns: row.number('hidden_dns'),
    hiddenHome: row.number('hidden_home'),
    accounting: row.flag('accounting'),
    interval: row.number('interval'),
    events: row.flag('events'),
    eventLosses: row.number('event_losses'),
    fullConnections: row.number('full_connections'),
    fullDevices: row.number('full_devices'),
    fullRemotes: row.number('full_remotes'),
    fullConversations: row.number('full_conversations'),
    droppedFrames: row.number('dropped_frames'),
    rivals: row.flag('rivals'),
    session: row.number('session'),
    networks: row.texts('networks'),
  };
}
