// SPDX-License-Identifier: MIT
// The table by which a router refuses what was ended (collector/ending/ending_table.h).

import type { Namespace } from './namespace';

const TABLE = 'connvis_ended';

/** How many flows are refused now. */
export async function refused(router: Namespace): Promise<number> {
  const table = await router.run('nft', 'list', 'table', 'inet', TABLE);
  return table.match(/ expires /g)?.length ?? 0;
}

export const hasTable = async (router: Namespace): Promise<boolean> =>
  (await router.run('nft', 'list', 'tables')).includes(`inet ${TABLE}`);
