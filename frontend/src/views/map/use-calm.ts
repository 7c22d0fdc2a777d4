// SPDX-License-Identifier: MIT
import { useEffect, useRef, useState } from 'preact/hooks';

/** The value, but a new one at most so often (milliseconds); at once when `urgent` is another than before. */
export function useCalm<T>(value: T, ms: number, urgent: unknown): T {
  const held = useRef({ value, urgent, at: -Infinity });
  const [, again] = useState(0);
  const now = performance.now();
  if (urgent !== held.current.urgent || now - held.current.at >= ms) held.current = { value, urgent, at: now };
  useEffect(() => {
    if (held.current.value === value) return undefined;
    const timer = setTimeout(() => again((count) => count + 1), Math.max(0, held.current.at + ms - performance.now()));
    return () => clearTimeout(timer);
  }, [value, ms]);
  return held.current.value;
}
