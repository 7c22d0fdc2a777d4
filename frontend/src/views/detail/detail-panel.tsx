// SPDX-License-Identifier: MIT
// The panel beside a view: what is picked, how we know, and its actual targets.

import { useEffect, useMemo, useRef } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import { isTracking } from '../../store/category';
import { groupLabel, isNamed } from '../../store/grouping';
import type { Conversation, Device } from '../../store/rows';
import type { ViewProps } from '../view-props';
import type { Target } from '../../store/selection';
import { AboutCompany } from './company';
import { Amounts, Asked, DeviceFacts, HowWeKnow } from './facts';
import { companyOf, placesOf, reachOf, subjectOf, type Subject } from './subject';
import { Targets } from './targets';
import { placeText, type Texts } from '../../parts/text';
import { TrackerMark, YouBadge } from '../../parts/badges';
import { usePanel } from '../../parts/use-panel';

function titleOf(target: Target, device: Device | null, conversations: readonly Conversation[], texts: Texts): string {
  if (target.kind === 'device') return device?.alias ?? '';
  if (target.kind === 'places') {
    const places = placesOf(conversations);
    const first = placeText(places[0] ?? null, texts);
    return places.length > 1 ? `${first} ${texts.t('detail.more', { n: places.length - 1 })}` : first;
  }
  return groupLabel(target.key, target.by, texts.t, texts.format.country);
}

function kindOf(target: Target, device: Device | null, { t }: Texts): string {
  if (target.kind === 'link') return t('detail.link', { device: device?.alias ?? '' });
  if (target.kind === 'group') return t(`detail.group.${target.by}`);
  return t(target.kind === 'device' ? 'detail.device' : 'detail.places');
}

/** A search of the web, by somebody's own tap and nobody else's. */
function Search({ title, texts: { t } }: { readonly title: string; readonly texts: Texts }) {
  return (
    <p class="search">
      <a
        href={`https://duckduckgo.com/?q=${encodeURIComponent(`"${title.slice(0, 100)}"`)}`}
        target="_blank"
        rel="noopener noreferrer external"
      >
        {t('detail.search')}
      </a>{' '}
      <small>({t('detail.searchNote')})</small>
    </p>
  );
}

function DeviceChips({
  devices,
  onTarget,
  texts,
}: {
  readonly devices: readonly Device[];
  readonly onTarget: ViewProps['onTarget'];
  readonly texts: Texts;
}) {
  return (
    <>
      <h3>{texts.t('detail.devices')}</h3>
      <p class="chips">
        {devices.map((one) => (
          <button key={one.id} type="button" class="chip" onClick={() => onTarget({ kind: 'device', device: one.id })}>
            <bdi>{one.alias}</bdi>
          </button>
        ))}
      </p>
    </>
  );
}

export interface DetailProps extends ViewProps {
  readonly target: Target;
}

interface PartProps extends DetailProps {
  readonly subject: Subject;
  readonly texts: Texts;
}

interface HeadingProps extends PartProps {
  readonly onClose: () => void;
}

function Heading({ target, subject, selection, texts, onClose, t }: HeadingProps) {
  const { device, conversations } = subject;
  const title = titleOf(target, device, conversations, texts);
  const isDevice = target.kind === 'device';
  return (
    <header>
      <div>
        <p class="kind">
          <bdi>{kindOf(target, device, texts)}</bdi>
        </p>
        <h2>
          <bdi>{title === '' ? t('detail.gone') : title}</bdi>
          {device && isDevice && device === selection.me && <YouBadge t={t} />}
        </h2>
        {!isDevice && conversations.some((one) => isTracking(one.category)) && <TrackerMark t={t} />}
      </div>
      <button type="button" class="icon" aria-label={t('app.close')} onClick={onClose}>
        ×
      </button>
    </header>
  );
}

function ReachLine({ selection, target, subject: { devices }, t }: PartProps) {
  const reach = useMemo(() => reachOf(selection, target), [selection, target]);
  if (!reach) return null;
  return (
    <p class="reach">
      {t('detail.reach', { n: reach.devices, all: reach.all })}{' '}
      {devices.length > 0 && devices.length < reach.devices && t('detail.reachNow', { n: devices.length })}
    </p>
  );
}

function AboutDevice({ device, selection, texts, onOnly, onView, t }: PartProps & { readonly device: Device }) {
  const only = selection.only === device;
  return (
    <>
      <p class="chips">
        <button type="button" class="button" onClick={() => onOnly(only ? null : device)}>
          {t(only ? 'detail.everyone' : 'detail.only')}
        </button>
        <button type="button" class="button" onClick={() => onView('device', device.alias)}>
          {t('detail.page')}
        </button>
      </p>
      <DeviceFacts device={device} now={selection.now} texts={texts} />
    </>
  );
}

function AboutFarEnd({ subject, selection, texts, onTarget, t }: PartProps) {
  const { device, conversations, devices } = subject;
  return (
    <>
      {conversations.length > 0 && (
        <>
          <h3>{t('detail.how')}</h3>
          <HowWeKnow conversations={conversations} selection={selection} texts={texts} />
          <Asked conversations={conversations} device={device} now={selection.now} texts={texts} />
        </>
      )}
      {devices.length > 1 && <DeviceChips devices={devices} onTarget={onTarget} texts={texts} />}
    </>
  );
}

/** What there is to be said, from the whole to the single targets. */
function Body(part: PartProps) {
  const { target, subject, selection, texts, t } = part;
  const { device, conversations, more, totals } = subject;
  const isDevice = target.kind === 'device';
  const named = (target.kind === 'group' || target.kind === 'link') && isNamed(target.key, target.by);
  const company = companyOf(selection, target, subject);
  return (
    <>
      {company !== null && <AboutCompany name={company} texts={texts} />}
      <ReachLine {...part} />
      {conversations.length + more > 0 || device ? (
        <Amounts totals={totals} texts={texts} />
      ) : (
        <p class="muted">{t('detail.goneText')}</p>
      )}
      {isDevice ? device && <AboutDevice {...part} device={device} /> : <AboutFarEnd {...part} />}
      {conversations.length + more > 0 && (
        <Targets
          key={JSON.stringify(target)}
          conversations={conversations}
          more={more}
          selection={selection}
          withDevice={!('device' in target)}
          acts={part.acts}
          texts={texts}
        />
      )}
      {named && <Search title={titleOf(target, device, conversations, texts)} texts={texts} />}
    </>
  );
}

export default function Detail(props: DetailProps) {
  const { selection, target, onTarget, t, locale } = props;
  const panel = useRef<HTMLElement>(null);
  const texts = useMemo((): Texts => ({ t, format: formatter(locale, t), locale }), [t, locale]);
  const subject = useMemo(() => subjectOf(selection, target), [selection, target]);
  // What somebody picked with the keyboard far away is to be reached with the next key.
  const identity = JSON.stringify(target);
  useEffect(() => panel.current?.scrollTo({ top: 0 }), [identity]);
  const close = usePanel(panel, () => onTarget(null));
  return (
    <aside class="detail" ref={panel} tabIndex={-1} aria-label={t('detail.label')}>
      <Heading {...props} subject={subject} texts={texts} onClose={close} />
      <Body {...props} subject={subject} texts={texts} />
    </aside>
  );
}
