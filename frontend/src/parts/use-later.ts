// SPDX-License-Identifier: MIT
import { useEffect, useState } from 'preact/hooks';

/** True once it has been ready for so long, and from then on. Milliseconds. */
export function useLater(after: number, ready = true): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(() => setLater(true), after);
    return () => clearTimeout(timer);
  }, [after, ready]);
  return later;
}
