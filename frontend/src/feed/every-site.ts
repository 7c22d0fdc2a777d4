// SPDX-License-Identifier: MIT

/** In the place of a site's name: all that the broadcaster relays, together. No site has this name. */
export const EVERY_SITE = '*';
