// SPDX-License-Identifier: MIT
// What kind of screen this is.

import { useEffect, useState } from 'preact/hooks';

export type Theme = 'light' | 'dark';

/** phone: narrower than 700 px; wall: at least 2400 px wide; else laptop. */
export type ScreenSize = 'phone' | 'laptop' | 'wall';

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = (): void => setMatches(list.matches);
    update();
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, [query]);
  return matches;
}

export interface Screen {
  readonly size: ScreenSize;
  /** How large this page's type is, against 16 px: grows on walls and with the viewer's own font size. */
  readonly scale: number;
  readonly reducedMotion: boolean;
}

function readScale(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.isFinite(size) && size > 0 ? size / 16 : 1;
}

/** forWall: this is the wall's view, with its larger type. */
export function useScreen(forWall: boolean): Screen {
  const phone = useMedia('(max-width: 699.98px)');
  const wall = useMedia('(min-width: 2400px)');
  const reducedMotion = useMedia('(prefers-reduced-motion: reduce)');
  const [scale, setScale] = useState(readScale);
  useEffect(() => {
    const update = (): void => setScale(readScale());
    document.documentElement.toggleAttribute('data-wall', forWall);
    update();
    addEventListener('resize', update);
    return () => removeEventListener('resize', update);
  }, [forWall]);
  return { size: phone ? 'phone' : wall ? 'wall' : 'laptop', scale, reducedMotion };
}
