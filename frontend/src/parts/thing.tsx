// SPDX-License-Identifier: MIT
// What a device is, where it is no person's: its pictogram, and its word.

import '../i18n/later-things';
import type { Translate } from '../i18n';
import type { Device, Thing } from '../store/rows';

type What = Pick<Device, 'thing' | 'thingSure'>;

/** Lines in a square of 24. */
const PICTURES: Readonly<Record<Thing, string>> = {
  television: 'M3 5h18v12H3zM8 21h8',
  speaker: 'M7 3h10v18H7zM12 7v0M12 18a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  lamp: 'M8 3h8l3 9H5zM12 12v9M8 21h8',
  console: 'M7 7h10a4 4 0 0 1 4 4v4a2 2 0 0 1-4 1l-2-2H9l-2 2a2 2 0 0 1-4-1v-4a4 4 0 0 1 4-4zM7 11h3M16 11v0',
  storage: 'M5 3h14v18H5zM5 15h14M9 18v0',
  printer: 'M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z',
  camera: 'M3 7h12v10H3zM15 11l6-3v8l-6-3',
  appliance: 'M5 3h14v18H5zM8 6v0M12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z',
  network: 'M2 9a15 15 0 0 1 20 0M5 13a10 10 0 0 1 14 0M8 16a6 6 0 0 1 8 0M12 20v0',
  gadget: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
};

/** Says nothing that the word beside it does not say. */
export function ThingPicture({ thing }: Pick<What, 'thing'>) {
  if (thing === null) return null;
  return (
    <svg
      class="thing"
      style={{ marginInlineEnd: '0.35em' }}
      viewBox="0 0 24 24"
      width="0.9em"
      height="0.9em"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      aria-hidden="true"
    >
      <path d={PICTURES[thing]} />
    </svg>
  );
}

export function thingText({ thing, thingSure }: What, t: Translate): string {
  if (thing === null) return '';
  const word = t(`thing.${thing}`);
  return thingSure ? word : t('thing.probably', { thing: word });
}

/** The same, but nothing where its name says it. */
export function thingBeside(device: What & Pick<Device, 'alias'>, t: Translate): string {
  const text = thingText(device, t);
  return device.alias.replace(/ \d+$/, '') === text ? '' : text;
}
