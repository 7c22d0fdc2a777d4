// SPDX-License-Identifier: MIT
// The rows as the store keeps them: one object each, filled from the feed's values.

import { FADE } from './freshness';
import { readCategory, type Category } from './category';
import type { CellReader } from './cell-reader';
import { entityOf, type Refs, type When } from './entity';
import { emptyFields } from './fields';
import { isCountry } from './knowledge';
import { Rate } from './rate';
import type { Conversation, Device, FieldsOf, How, Identity, Name, Site, Sum } from './rows';

interface Counted {
  readonly active: number;
  readonly upBytes: number;
  readonly downBytes: number;
  upRate: number;
  downRate: number;
}

/** How fast a row's bytes go: follows from what they were before. */
class Speed {
  readonly #up = new Rate();
  readonly #down = new Rate();

  fill(counted: Counted, row: CellReader, when: When, refs: Refs): void {
    const { upBytes, downBytes } = counted;
    row.fill(counted, refs);
    const { now } = when;
    if (when.whole) {
      // what a keyframe brings came at an unknown time
      this.#up.begin(now);
      this.#down.begin(now);
      return;
    }
    const to = Math.min(now, counted.active);
    const from = Math.min(to, when.before);
    this.#up.add(counted.upBytes - upBytes, now, from, to);
    this.#down.add(counted.downBytes - downBytes, now, from, to);
  }

  measure(counted: Counted, now: number): void {
    counted.upRate = this.#up.get(now);
    counted.downRate = this.#down.get(now);
  }
}

/** What is known of a device of which the topic identities has not told. */
export const UNIDENTIFIED: Identity = { ...emptyFields('identities'), identified: false };

export function readIdentity(row: CellReader): Identity {
  const identity = { ...UNIDENTIFIED, identified: true };
  row.fill(identity);
  return identity;
}

export class DeviceEntity extends entityOf('devices') implements Device {
  /** Of its conversations that views show, whatever the filter: so they are in sum what each view says of them. */
  upRate = 0;
  downRate = 0;
  addresses: readonly string[] = [];
  identified = UNIDENTIFIED.identified;
  hostName = UNIDENTIFIED.hostName;
  mac = UNIDENTIFIED.mac;
  macKind = UNIDENTIFIED.macKind;
  vendor = UNIDENTIFIED.vendor;

  fill(row: CellReader, refs: Refs): void {
    row.fill(this, refs);
    this.alias ||= `#${this.id}`;
  }
}

export class AddressEntity extends entityOf('addresses') {
  /** The device's row, which may come later. */
  device: number | null = null;

  fill(row: CellReader): void {
    row.fill(this);
    this.device = row.maybeNumber('device');
  }
}

export class ConversationEntity extends entityOf('conversations') {
  upRate = 0;
  downRate = 0;
  /** What its device looked up for it: of the topic lookups. */
  own: Name | null = null;
  category: Category | null = null;
  #shown = false;
  #judged = 0;
  /** When something came in, as far as this page saw it. */
  #heard: number | null = null;
  readonly #speed = new Speed();

  fill(row: CellReader, when: When, refs: Refs): void {
    const { downPackets } = this;
    this.#speed.fill(this, row, when, refs);
    this.category = readCategory(row.maybeText('category'));
    if (!when.whole && this.downPackets > downPackets) this.#heard = Math.min(when.now, this.active);
  }

  measure(now: number): void {
    this.#speed.measure(this, now);
  }

  // What follows is found when it is asked for: the rows that it comes from change on their own.

  /** Another device's lookup is a guess, and says nothing of a conversation that the far end began. */
  get asked(): Name | null {
    return this.own ?? (this.inbound ? null : (this.remote?.asked ?? null));
  }

  get how(): How {
    if (this.own) return 'dns';
    const { remote } = this;
    if (!remote) return 'address';
    if (this.asked) return 'dns-other';
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
    const { remote, company } = this;
    // by a name that was looked up, and is not told here
    if (company && company !== remote?.company) return company.name;
    return remote ? (remote.cloud ?? (remote.network?.name || (remote.special ?? remote.address))) : '';
  }

  /**
   * Whether views show it now: while open and not idle, and for some seconds after it closed, or after the last activity
   * of what came and went between two dumps.
   */
  judge(now: number, idle: number): boolean {
    // when it ended while nobody looked, its activity says as well as anything
    if (now - this.#judged > FADE) this.#shown = false;
    this.#judged = now;
    if (this.left === null && this.open > 0 && now - this.active <= idle) {
      this.gone = null;
      this.#shown = true;
      return true;
    }
    const ended = this.#lastAnswer();
    const brief = ended !== null && now - ended <= FADE;
    if (!this.#shown && !brief) return false;
    if (!this.#shown || this.gone === null) this.gone = this.#shown ? now : (ended ?? now);
    if (brief) this.gone = Math.max(this.gone, ended);
    this.#shown = now - this.gone <= FADE;
    return this.#shown;
  }

  /**
   * When a connection of it that is not open (any more) was last active; null when that cannot be told, or none was
   * answered. Where the next one is being made already, `active` is of that one: then what has come in says it.
   */
  #lastAnswer(): number | null {
    if (this.open > 0 || this.total <= this.connecting) return null;
    // where nothing is counted, nobody can tell whether there was an answer
    if (this.downPackets === 0 && this.upPackets > 0) return null;
    return this.connecting > 0 ? this.#heard : this.active;
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

export class SumEntity extends entityOf('sums') implements Sum {
  category: Category | null = null;
  /** Of the topic lookups. */
  name: Name | null = null;

  fill(row: CellReader, refs: Refs): void {
    row.fill(this, refs);
    this.category = readCategory(row.maybeText('category'));
    if (this.country !== null && !isCountry(this.country)) this.country = null;
  }
}

export function readSite(row: CellReader): Site {
  const site: FieldsOf<'site'> = emptyFields('site');
  row.fill(site);
  return site;
}
