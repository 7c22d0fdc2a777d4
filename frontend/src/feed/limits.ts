// SPDX-License-Identifier: MIT
// What a reader of the feed takes at most: common/PROTOCOL.md.

import schema from '../../../common/schema/feed.json';

const { limits } = schema;

export const VERSION = limits.version;
export const HEADER_BYTES = 48;
export const NAME_BYTES = limits.name_bytes;
export const INFLATED_BYTES = limits.inflated_bytes;
export const TABLES = limits.tables;
/** A change's mask comes as a number, which is exact up to 53 bits. */
export const COLUMNS = limits.columns;
export const ROWS = limits.rows;
/** All values of a payload, and the arrays among them: what a page can hold of the largest table. */
export const VALUES = 16_000_000;
export const ARRAYS = ROWS + 100_000;
export const STRING_BYTES = limits.text_bytes;
export const NESTING = limits.nesting;
