// SPDX-License-Identifier: MIT
// The rows that say what things are: sources, places, networks, companies, names, lookups, remotes.

import { addressText } from './bytes';
import { readCategory, type Category } from './category';
import type { CellReader } from './cell-reader';
import { Entity, type DeviceEntity, type Refs } from './entities';
import type { Answer, Company, Lookup, LookupResult, Name, Network, Place, Remote, Source } from './rows';

export class SourceEntity extends Entity implements Source {
  kind = '';
  state = '';
  detail: string | null = null;
  type: string | null = null;
  built: number | null = null;
  attribution: string | null = null;
  name: string | null = null;
  entries: number | null = null;
  broken: number | null = null;

  fill(row: CellReader): void {
    this.kind = row.text('kind');
    this.state = row.text('state');
    this.detail = row.maybeText('detail');
    this.type = row.maybeText('type');
    this.built = row.maybeNumber('built');
    this.attribution = row.maybeText('attribution');
    this.name = row.maybeText('name');
    this.entries = row.maybeNumber('entries');
    this.broken = row.maybeNumber('broken');
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

export class CompanyEntity extends Entity implements Company {
  name = '';

  fill(row: CellReader): void {
    this.name = row.text('name') || `#${this.id}`;
  }
}

export class NameEntity extends Entity implements Name {
  name = '';
  domain = '';
  company: CompanyEntity | null = null;
  category: Category | null = null;
  list: SourceEntity | null = null;

  fill(row: CellReader, refs: Refs): void {
    this.name = row.text('name') || `#${this.id}`;
    this.domain = row.maybeText('domain') ?? this.name;
    this.company = refs.company(row.maybeNumber('company'));
    this.category = readCategory(row.maybeText('category'));
    this.list = refs.source(row.maybeNumber('list'));
  }
}

const RESULTS: readonly string[] = ['answered', 'nodata', 'nxdomain', 'blocked', 'failed'] satisfies LookupResult[];

export class LookupEntity extends Entity {
  asked = 0;
  count = 0;
  device: DeviceEntity | null = null;
  name: NameEntity | null = null;
  result: LookupResult | null = null;
  seen = 0;

  fill(row: CellReader, refs: Refs): void {
    this.asked = row.number('asked');
    this.count = row.number('count');
    this.device = refs.device(row.maybeNumber('device'));
    this.name = refs.name(row.maybeNumber('name'));
    const result = row.maybeText('result');
    this.result = result !== null && RESULTS.includes(result) ? (result as LookupResult) : null;
    this.seen = row.number('seen');
  }

  /** Null while the device or the name is unknown. */
  get placed(): (LookupEntity & Lookup) | null {
    return this.device && this.name ? (this as LookupEntity & Lookup) : null;
  }
}

const NO_ANSWERS: readonly Answer[] = [];

export class RemoteEntity extends Entity implements Remote {
  address = '';
  place: PlaceEntity | null = null;
  network: NetworkEntity | null = null;
  special: string | null = null;
  seen = 0;
  asked: NameEntity | null = null;
  company: CompanyEntity | null = null;
  category: Category | null = null;
  list: SourceEntity | null = null;
  cloud: string | null = null;
  answers: readonly Answer[] = NO_ANSWERS;
  moreAnswers = 0;

  fill(row: CellReader, refs: Refs): void {
    this.address = addressText(row.bytes('address') ?? new Uint8Array(0));
    this.place = refs.place(row.maybeNumber('place'));
    this.network = refs.network(row.maybeNumber('network'));
    this.special = row.maybeText('special');
    this.seen = row.number('seen');
    this.asked = refs.name(row.maybeNumber('name'));
    this.company = refs.company(row.maybeNumber('company'));
    this.category = readCategory(row.maybeText('category'));
    this.list = refs.source(row.maybeNumber('list'));
    this.cloud = row.maybeText('cloud');
    this.answers = readAnswers(row.numbers('names'), refs);
    this.moreAnswers = row.number('more_names');
  }
}

/** The lookups that gave an address, latest first: what is not known any more is left out. */
function readAnswers(ids: readonly number[], refs: Refs): readonly Answer[] {
  if (ids.length === 0) return NO_ANSWERS;
  const answers: Answer[] = [];
  for (const id of ids) {
    const lookup = refs.lookup(id)?.placed;
    if (lookup) answers.push({ lookup, time: lookup.asked });
  }
  return answers;
}
