// SPDX-License-Identifier: MIT
// How the domains are shown, as it stands in the URL.

import { readChoice, writeChoice } from '../../parts/pick';
import type { Options } from '../view-props';

/** short: by registrable domain; full: by whole name; company: by who owns them. */
export const NAMINGS = ['short', 'full', 'company'] as const;
export type Naming = (typeof NAMINGS)[number];

/** failed: there is no such name, or nobody could say. */
export const RESULTS = ['all', 'blocked', 'failed'] as const;
export type Results = (typeof RESULTS)[number];

/** How long the bars are, and which is first: times asked for, or devices that asked. */
export const MEASURES = ['times', 'devices'] as const;
export type Measure = (typeof MEASURES)[number];

export interface DomainSettings {
  readonly bars: Measure;
  readonly naming: Naming;
  readonly results: Results;
  /** As many as can be listed, instead of the first. */
  readonly all: boolean;
}

export function readSettings(options: Options): DomainSettings {
  return {
    bars: readChoice(options.bars, MEASURES),
    naming: readChoice(options.names, NAMINGS),
    results: readChoice(options.result, RESULTS),
    all: options.domains === 'all',
  };
}

export function writeSettings({ bars, naming, results, all }: DomainSettings): Readonly<Record<string, string | null>> {
  return {
    bars: writeChoice(bars, MEASURES),
    names: writeChoice(naming, NAMINGS),
    result: writeChoice(results, RESULTS),
    domains: all ? 'all' : null,
  };
}
