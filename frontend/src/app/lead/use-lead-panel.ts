// SPDX-License-Identifier: MIT
// The panel of whoever leads the room, fetched when somebody wants it: few do.

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { reloadWhenServed } from '../../parts/reload';
import type { LeadPanelProps } from './lead-panel';

type Panel = ComponentType<LeadPanelProps>;

/** Null while it is not wanted, or not there yet. */
export function useLeadPanel(wanted: boolean): Panel | null {
  const [panel, setPanel] = useState<Panel | null>(null);
  useEffect(() => {
    if (!wanted || panel) return;
    import('./lead-panel').then(
      (module) => setPanel(() => module.default),
      // some browsers remember that a part could not be loaded
      () => void reloadWhenServed(),
    );
  }, [wanted, panel]);
  return wanted ? panel : null;
}
