// SPDX-License-Identifier: MIT
// Where the knowledge of places and networks comes from, and how old it is: the licences ask for it, and so do we.

import type { Translate } from '../i18n';
import type { Source } from '../store/rows';

function built(source: Source, locale: string): string {
  if (source.built === null) return '';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(source.built * 1000));
}

function SourceText({ source, t, locale }: { readonly source: Source; readonly t: Translate; readonly locale: string }) {
  if (source.state === 'ok') {
    const text = source.attribution ?? source.type ?? source.kind;
    const date = built(source, locale);
    return (
      <span class="source">
        <bdi>{text}</bdi>
        {date !== '' && ` (${date})`}
      </span>
    );
  }
  if (source.state === 'off') return null;
  const kind = source.kind === 'asn' ? 'asn' : 'city';
  return <span class="source">{t(`sources.${kind}.${source.state === 'broken' ? 'broken' : 'missing'}`)}</span>;
}

export function Sources({ sources, t, locale }: { readonly sources: readonly Source[]; readonly t: Translate; readonly locale: string }) {
  return (
    <p class="sources">
      <span class="source">{t('sources.self')}</span>
      {sources.map((source) => (
        <SourceText key={source.id} source={source} t={t} locale={locale} />
      ))}
    </p>
  );
}
