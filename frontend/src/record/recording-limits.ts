// SPDX-License-Identifier: MIT
// What a recording may be at most: common/PROTOCOL.md, "A recording".

/** What is kept to be saved: so many milliseconds and bytes, about. */
export const KEEP_MS = 10 * 60_000;
export const KEEP_BYTES = 24 * 1024 * 1024;
/** A keyframe of our own follows after so much, so that what is old can be let go. */
export const SEGMENT_MS = 60_000;
export const SEGMENT_BYTES = 4 * 1024 * 1024;

/** What is taken from a file. */
export const FILE_BYTES = 96 * 1024 * 1024;
export const FILE_FRAMES = 200_000;
export const FILE_INFLATED = 1024 * 1024 * 1024;
