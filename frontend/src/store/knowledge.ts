// SPDX-License-Identifier: MIT
// The rows that say what things are: sources, places, networks, companies, names, lookups, remotes.

import { readCategory, type Category } from './category';
import type { CellReader } from './cell-reader';
import { entityOf, type Refs } from './entity';
import type { Answer, Company, Device, Lookup, Name, Network, Place, Remote, Source } from './rows';

export class SourceEntity extends entityOf('sources') implements Source {
  state = '';

  fill(row: CellReader): void {
    row.fill(this);
    this.state = row.text('state');
  }
}

/** ISO 3166-1 alpha-2. */
export function isCountry(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}

export class PlaceEntity extends entityOf('places') implements Place {
  fill(row: CellReader): void {
    row.fill(this);
    const { country, latitude, longitude } = this;
    if (country !== null && !isCountry(country)) this.country = null;
    const somewhere = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    if (!somewhere) this.latitude = this.longitude = null;
  }
}

export class NetworkEntity extends entityOf('networks') implements Network {
  name = '';

  fill(row: CellReader): void {
    row.fill(this);
    this.name = row.text('name') || (this.asn === null ? '' : `AS${this.asn}`);
  }
}

export class CompanyEntity extends entityOf('companies') implements Company {
  category: Category | null = null;

  fill(row: CellReader): void {
    row.fill(this);
    this.name ||= `#${this.id}`;
    this.category = readCategory(row.maybeText('category'));
  }
}

/** Of the topic `lookups`: what of the overview it refers to may come later, so that is looked for when it is asked for. */
export class NameEntity extends entityOf('names') implements Name {
  domain = '';
  category: Category | null = null;
  domainCategory: Category | null = null;
  #refs: Refs | null = null;
  #company: number | null = null;
  #list: number | null = null;

  get company(): Company | null {
    return this.#refs?.companies(this.#company) ?? null;
  }

  get list(): Source | null {
    return this.#refs?.sources(this.#list) ?? null;
  }

  fill(row: CellReader, refs: Refs): void {
    row.fill(this);
    this.#refs = refs;
    this.#company = row.maybeNumber('company');
    this.#list = row.maybeNumber('list');
    this.name ||= `#${this.id}`;
    this.domain = row.maybeText('domain') ?? this.name;
    this.category = readCategory(row.maybeText('category'));
    this.domainCategory = readCategory(row.maybeText('domain_category'));
  }
}

export class LookupEntity extends entityOf('lookups') {
  #refs: Refs | null = null;
  #device: number | null = null;

  get device(): Device | null {
    return this.#refs?.devices(this.#device) ?? null;
  }

  fill(row: CellReader, refs: Refs): void {
    row.fill(this, refs);
    this.#refs = refs;
    this.#device = row.maybeNumber('device');
  }

  /** Null while the device or the name is unknown. */
  get placed(): (LookupEntity & Lookup) | null {
    return this.device && this.name ? (this as LookupEntity & Lookup) : null;
  }
}

/** What the topic `lookups` says of a remote. */
export interface RemoteNames {
  asked: Name | null;
  /** The lookups that gave the address, the latest first. */
  given: readonly { readonly lookup: LookupEntity; readonly time: number }[];
  moreAnswers: number;
}

export const NO_REMOTE_NAMES: RemoteNames = { asked: null, given: [], moreAnswers: 0 };

export class RemoteEntity extends entityOf('remotes') implements Remote, RemoteNames {
  category: Category | null = null;
  asked = NO_REMOTE_NAMES.asked;
  given = NO_REMOTE_NAMES.given;
  moreAnswers = NO_REMOTE_NAMES.moreAnswers;

  get answers(): readonly Answer[] {
    return this.given.flatMap(({ lookup: { placed }, time }) => (placed ? [{ lookup: placed, time }] : []));
  }

  fill(row: CellReader, refs: Refs): void {
    row.fill(this, refs);
    this.category = readCategory(row.maybeText('category'));
  }
}
