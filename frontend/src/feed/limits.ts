// SPDX-License-Identifier: MIT
// What a reader of the feed takes at most: common/PROTOCOL.md.

export const VERSION = 1;
export const HEADER_BYTES = 48;
export const NAME_BYTES = 32;
export const INFLATED_BYTES = 64 * 1024 * 1024;
export const TABLES = 64;
/** A change's mask comes as a number, which is exact up to 53 bits. */
export const COLUMNS = 53;
export const ROWS = 2_000_000;
/** All values of a payload, and the arrays among them: what a page can hold of the largest table. */
export const VALUES = 16_000_000;
export const ARRAYS = ROWS + 100_000;
export const STRING_BYTES = 1024;
export const NESTING = 8;
