// SPDX-License-Identifier: MIT
// The rows as the store keeps them: one object each, filled from the feed's values.

import { FADE, IDLE } from './freshness';
import { addressText, macText } from './bytes';
import type { Category } from './category';
import type { CellReader } from './cell-reader';
import type {
  CompanyEntity,
  LookupEntity,
  NameEntity,
  NetworkEntity,
  PlaceEntity,
  RemoteEntity,
  SourceEntity,
} from './knowledge';
import { Rate } from './rate';
import type { Behaviour, Conversation, Device, How, Site } from './rows';

/** What rows refer to: found by its id, null for nil and for what is not there. */
export interface Refs {
  source(id: number | null): SourceEntity | null;
  place(id: number | null): PlaceEntity | null;
  network(id: number | null): NetworkEntity | null;
  company(id: number | null): CompanyEntity | null;
  name(id: number | null): NameEntity | null;
  device(id: number | null): DeviceEntity | null;
  lookup(id: number | null): LookupEntity | null;
  remote(id: number | null): RemoteEntity | null;
}

/** Of which time the values are, and whether they come from a keyframe. */
export interface When {
  readonly now: number;
  /** Of which time those before were: long ago where a page has just begun, or slept. */
  readonly before: number;
  readonly whole: boolean;
}

export abstract class Entity {
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
    const { now } = when;
    if (when.whole) {
      // what a keyframe brings came at an unknown time
      this.#up.begin(now);
      this.#down.begin(now);
    } else {
      const to = Math.min(now, this.active);
      const from = Math.min(to, when.before);
      this.#up.add(up - this.upBytes, now, from, to);
      this.#down.add(down - this.downBytes, now, from, to);
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
  total = 0;
  unseen = 0;
  vendor: string | null = null;
  named = false;
  lookedUp: number | null = null;
  hiddenDns: number | null = null;

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
    this.total = row.number('total');
    this.unseen = row.number('unseen');
    this.vendor = row.maybeText('vendor');
    this.named = row.flag('named');
    this.lookedUp = row.maybeNumber('looked_up');
    this.hiddenDns = row.maybeNumber('hidden_dns');
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

const BEHAVIOURS: readonly string[] = ['download', 'upload', 'stream', 'call', 'beacon', 'idle'] satisfies Behaviour[];

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
  behaviour: Behaviour | null = null;
  /** What this device looked up itself. */
  own: NameEntity | null = null;
  #shown = false;

  fill(row: CellReader, when: When, refs: Refs): void {
    this.fillTraffic(row, when);
    this.open = row.number('open');
    this.connecting = row.number('connecting');
    this.total = row.number('total');
    this.device = refs.device(row.maybeNumber('device'));
    this.remote = refs.remote(row.maybeNumber('remote'));
    this.protocol = row.number('protocol');
    this.port = row.maybeNumber('port');
    this.inbound = row.flag('inbound');
    this.seen = row.number('seen');
    this.own = refs.name(row.maybeNumber('name'));
    const behaviour = row.maybeText('behaviour');
    this.behaviour = behaviour !== null && BEHAVIOURS.includes(behaviour) ? (behaviour as Behaviour) : null;
  }

  // What follows is found when it is asked for: the rows that it comes from change on their own.

  get asked(): NameEntity | null {
    return this.own ?? this.remote?.asked ?? null;
  }

  get how(): How {
    if (this.own) return 'dns';
    const { remote } = this;
    if (!remote) return 'address';
    if (remote.asked) return 'dns-other';
    if (remote.cloud !== null) return 'cloud';
    if (remote.network?.name) return 'network';
    return remote.special === null ? 'address' : 'special';
  }

  get name(): string {
    return this.asked?.domain ?? this.#unasked;
  }

  get fullName(): string {
    return this.asked?.name ?? this.#unasked;
  }

  get #unasked(): string {
    const { remote } = this;
    return remote ? (remote.cloud ?? (remote.network?.name || (remote.special ?? remote.address))) : '';
  }

  /** Who was asked for counts; on whose machines it runs does not. */
  get company(): CompanyEntity | null {
    const { asked } = this;
    return asked ? asked.company : (this.remote?.company ?? null);
  }

  get category(): Category | null {
    return this.asked?.category ?? this.remote?.category ?? null;
  }

  get list(): SourceEntity | null {
    const { asked } = this;
    if (asked?.list) return asked.list;
    return !asked || this.remote?.category ? (this.remote?.list ?? null) : null;
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
    lookups: row.number('lookups'),
    lookupLosses: row.number('lookup_losses'),
    fullLookups: row.number('full_lookups'),
  };
}
