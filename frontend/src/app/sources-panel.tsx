// SPDX-License-Identifier: MIT
// Where the knowledge comes from, how old it is, and what each missing part would add: the licences ask for some of it,
// and people for the rest.

import { useEffect, useRef } from 'preact/hooks';
import type { Key, Translate } from '../i18n';
import { usePanel } from '../parts/use-panel';
import type { Source } from '../store/rows';
import { useLoaded } from '../views/use-view';

export const KINDS = [
  'dns',
  'companies',
  'list',
  'cloud',
  'city',
  'asn',
  'leases',
  'vendors',
  'aliases',
  'suffixes',
] as const;
type Kind = (typeof KINDS)[number];

const STATES = ['ok', 'missing', 'broken', 'off'] as const;
type State = (typeof STATES)[number];

export function kindOf(source: Source): Kind | null {
  return KINDS.find((kind) => kind === source.kind) ?? null;
}

function stateOf(source: Source): State {
  return STATES.find((state) => state === source.state) ?? 'off';
}

/** Known kinds in the order of what people notice first; within a kind as the feed has them. */
export function inOrder(sources: readonly Source[]): Source[] {
  const place = (source: Source): number => {
    const at = (KINDS as readonly string[]).indexOf(source.kind);
    return at < 0 ? KINDS.length : at;
  };
  return [...sources].sort((a, b) => place(a) - place(b) || a.id - b.id);
}

function dateOf(source: Source, locale: string): string {
  if (source.built === null) return '';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(source.built * 1000));
}

interface TextProps {
  readonly t: Translate;
  readonly locale: string;
}

/** Their licences ask to be named where the data is shown (CC BY 4.0, MaxMind's); those of the others are content with the panel. */
const CREDITED: ReadonlySet<Kind | null> = new Set<Kind>(['city', 'asn']);

/** The one line at the foot: whose data is shown, and the way to the rest. */
export function Credits({
  sources,
  open,
  onOpen,
  t,
  locale,
}: TextProps & {
  readonly sources: readonly Source[];
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}) {
  const credited = sources.filter(
    (source) => source.state === 'ok' && source.attribution !== null && CREDITED.has(kindOf(source)),
  );
  const lacking = sources.filter((source) => source.state === 'missing' || source.state === 'broken').length;
  return (
    <p class="sources">
      <span class="source">{t('sources.self')}</span>
      {credited.map((source) => (
        <span key={source.id} class="source">
          <bdi>{source.attribution}</bdi>
          {source.built !== null && ` (${dateOf(source, locale)})`}
        </span>
      ))}
      <button type="button" class="plain sources-open" aria-expanded={open} onClick={() => onOpen(!open)}>
        {t('sources.open')}
        {lacking > 0 && ` (${t('sources.lacking', { n: lacking })})`}
      </button>
    </p>
  );
}

function adds(source: Source): Key | null {
  const kind = kindOf(source);
  return kind && `sources.${kind}.adds`;
}

function SourceItem({ source, t, locale }: TextProps & { readonly source: Source }) {
  const kind = kindOf(source);
  const state = stateOf(source);
  const missing = adds(source);
  const date = dateOf(source, locale);
  return (
    <li class={`source-item source-${state}`}>
      <p class="source-name">
        <span class="source-sign" aria-hidden="true" />
        <strong>{kind ? t(`sources.${kind}`) : <bdi>{source.kind}</bdi>}</strong>
        {source.name !== null && (
          <>
            {' '}
            <bdi>{source.name}</bdi>
          </>
        )}
        <span class="source-state">{t(`sources.state.${state}`)}</span>
      </p>
      {state !== 'ok' && missing && <p>{t(missing)}</p>}
      {(state === 'missing' || state === 'broken') && source.detail !== null && (
        <p class="muted" lang="en">
          <bdi>{source.detail}</bdi>
        </p>
      )}
      <p class="muted">
        {[
          source.type,
          date === '' ? null : t('sources.built', { date }),
          source.entries === null ? null : t('sources.entries', { n: source.entries }),
          source.broken === null || source.broken === 0 ? null : t('sources.skipped', { n: source.broken }),
          source.attribution,
        ]
          .filter((part) => part !== null)
          .map((part) => (
            <span key={part} class="source-part">
              <bdi>{part}</bdi>
            </span>
          ))}
      </p>
    </li>
  );
}

const ENVELOPE = () => import('./envelope');

export function SourcesPanel({
  sources,
  onClose,
  t,
  locale,
}: TextProps & { readonly sources: readonly Source[]; readonly onClose: () => void }) {
  const panel = useRef<HTMLElement>(null);
  const Envelope = useLoaded(ENVELOPE);
  const close = usePanel(panel, onClose);
  useEffect(() => panel.current?.focus(), []);
  return (
    <aside class="detail sources-panel" ref={panel} tabIndex={-1} aria-label={t('sources.open')}>
      <header>
        <h2>{t('sources.open')}</h2>
        <button type="button" class="icon" aria-label={t('app.close')} onClick={close}>
          ×
        </button>
      </header>
      <p>{t('sources.intro')}</p>
      {Envelope && <Envelope t={t} />}
      <ul>
        {inOrder(sources).map((source) => (
          <SourceItem key={source.id} source={source} t={t} locale={locale} />
        ))}
      </ul>
    </aside>
  );
}
