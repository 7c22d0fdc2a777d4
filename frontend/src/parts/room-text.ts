// SPDX-License-Identifier: MIT
// Times of what the room is doing, as text.

/** "3:07", or "1:03:07". ms: not less than 0; it is 0:00 only when nothing is left. */
export function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** The time of day of a moment. now, at: on the feed's clock; date: of now. */
export function hourText(
  at: number,
  { now, date }: { readonly now: number; readonly date: number },
  locale: string,
): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', hourCycle: 'h23' }).format(date - now + at);
}
