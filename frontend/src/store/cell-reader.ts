// SPDX-License-Identifier: MIT
// Reads one row's values by the names of its columns; what is missing or of another kind is nil.

import type { Cells } from '../feed/table';

const NONE: Cells = [];

export class CellReader {
  #cells: Cells = NONE;
  readonly #at = new Map<string, number>();

  constructor(columns: readonly string[]) {
    columns.forEach((name, i) => this.#at.set(name, i + 1));
  }

  row(cells: Cells): this {
    this.#cells = cells;
    return this;
  }

  get id(): number {
    const id = this.#cells[0];
    return typeof id === 'number' ? id : 0;
  }

  maybeNumber(name: string): number | null {
    const value = this.#value(name);
    return typeof value === 'number' ? value : null;
  }

  number(name: string): number {
    return this.maybeNumber(name) ?? 0;
  }

  maybeText(name: string): string | null {
    const value = this.#value(name);
    return typeof value === 'string' && value !== '' ? value : null;
  }

  text(name: string): string {
    return this.maybeText(name) ?? '';
  }

  flag(name: string): boolean {
    return this.#value(name) === true;
  }

  bytes(name: string): Uint8Array | null {
    const value = this.#value(name);
    return value instanceof Uint8Array ? value : null;
  }

  texts(name: string): string[] {
    const value = this.#value(name);
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  }

  numbers(name: string): number[] {
    const value = this.#value(name);
    return Array.isArray(value) ? value.filter((item): item is number => typeof item === 'number') : [];
  }

  #value(name: string): Cells[number] | undefined {
    const at = this.#at.get(name);
    return at === undefined ? undefined : this.#cells[at];
  }
}
