// SPDX-License-Identifier: MIT
// Saves the picture of the view that is open, with its words.

import type { Translate } from '../i18n';
import type { Source } from '../store/rows';
import type { ViewName } from '../views/registry';
import { composeImage, toPng } from '../parts/picture/captioned-image';
import { takePicture } from '../parts/picture/snapshot';
import { fileName, saveFile } from '../parts/save-file';

export interface SavedPicture {
  readonly view: ViewName;
  readonly title: string;
  /** Unix time of what is shown, in milliseconds. */
  readonly time: number;
  readonly sources: readonly Source[];
  readonly locale: string;
  readonly t: Translate;
}

/** Whose data is in the picture. */
export function attributionOf(
  view: ViewName,
  sources: readonly Pick<Source, 'state' | 'attribution'>[],
  t: Translate,
): string {
  const named = sources.flatMap(({ state, attribution }) =>
    state === 'ok' && attribution !== null ? [attribution] : [],
  );
  return [...new Set([...(view === 'map' ? [t('picture.map')] : []), ...named])].join(' · ');
}

export async function savePicture({ view, title, time, sources, locale, t }: SavedPicture): Promise<void> {
  const snapshot = takePicture();
  if (!snapshot) return;
  const when = new Date(time);
  const said = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(when);
  const image = composeImage(snapshot, { title, time: said, attribution: attributionOf(view, sources, t) });
  const png = image && (await toPng(image));
  if (png) saveFile(png, fileName(view, when, 'png'));
}
