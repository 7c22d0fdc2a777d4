// SPDX-License-Identifier: MIT
// The rows that say what things are: sources, places, networks, companies, names, lookups, remotes.

import { readCategory, type Category } from './category';
import type { CellReader } from './cell-reader';
import { entityOf, type Refs } from './entity';
import type { Answer, Company, Lookup, Name, Network, Place, Remote, Source } from './rows';

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

export class NameEntity extends entityOf('names') implements Name {
  domain = '';
  category: Category | null = null;
  domainCategory: Category | null = null;

  fill(row: CellReader, refs: Refs): void {
    row.fill(this, refs);
    this.name ||= `#${this.id}`;
    this.domain = row.maybeText('domain') ?? this.name;
    this.category = readCategory(row.maybeText('category'));
    this.domainCategory = readCategory(row.maybeText('domain_category'));
  }
}

export class LookupEntity extends entityOf('lookups') {
  fill(row: CellReader, refs: Refs): void {
    row.fill(this, refs);
  }

  /** Null while the device or the name is unknown. */
  get placed(): (LookupEntity & Lookup) | null {
    return this.device && this.name ? (this as LookupEntity & Lookup) : null;
  }
}

const NO_ANSWERS: readonly Answer[] = [];

export class RemoteEntity extends entityOf('remotes') implements Remote {
  category: Category | null = null;
  answers: readonly Answer[] = NO_ANSWERS;
  moreAnswers = 0;

  fill(row: CellReader, refs: Refs): void {
    row.fill(this, refs);
    this.category = readCategory(row.maybeText('category'));
    this.answers = readAnswers(row.numbers('names'), refs);
    this.moreAnswers = row.number('more_names');
  }
}

/** The lookups that gave an address, latest first: what is not known any more is left out. */
function readAnswers(ids: readonly number[], refs: Refs): readonly Answer[] {
  if (ids.length === 0) return NO_ANSWERS;
  const answers: Answer[] = [];
  for (const id of ids) {
    const lookup = refs.lookups(id);
    if (lookup) answers.push({ lookup, time: lookup.asked });
  }
  return answers;
}
