// SPDX-License-Identifier: MIT
// The panel beside a view: what is picked, how we know, and its actual targets.

import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Translate } from '../../i18n';
import { formatter, type Format } from '../../i18n/format';
import { groupLabel, isNamed } from '../../store/grouping';
import type { Conversation, Device, Place } from '../../store/rows';
import { conversationFullName } from '../../store/special';
import type { Target, ViewProps } from '../types';
import { serviceText } from './services';
import { subjectOf, type Totals } from './subject';

const LISTED = 60;

type Texts = { readonly t: Translate; readonly format: Format };

export function placeText(place: Place | null, { format }: Texts): string {
  if (!place) return '';
  const country = place.country === null ? '' : format.country(place.country);
  return [place.city ?? place.region ?? '', country].filter((part) => part !== '').join(', ');
}

function titleOf(target: Target, device: Device | null, conversations: readonly Conversation[], texts: Texts): string {
  if (target.kind === 'device') return device?.alias ?? '';
  if (target.kind === 'places') {
    const place = conversations[0]?.remote.place ?? null;
    const more = new Set(conversations.map((one) => one.remote.place)).size - 1;
    const first = placeText(place, texts);
    return more > 0 ? `${first} ${texts.t('detail.more', { n: more })}` : first;
  }
  return groupLabel(target.key, target.by, texts.t, texts.format.country);
}

function kindOf(target: Target, device: Device | null, t: Translate): string {
  if (target.kind === 'link') return t('detail.link', { device: device?.alias ?? '' });
  if (target.kind === 'group') return t(`detail.group.${target.by}`);
  return t(target.kind === 'device' ? 'detail.device' : 'detail.places');
}

function Amounts({ totals, texts }: { readonly totals: Totals; readonly texts: Texts }) {
  const { t, format } = texts;
  return (
    <table class="amounts">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('detail.now')}</th>
          <th scope="col">{t('detail.total')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">↓ {t('detail.down')}</th>
          <td>{format.rate(totals.downRate) || '–'}</td>
          <td>{format.bytes(totals.downBytes)}</td>
        </tr>
        <tr>
          <th scope="row">↑ {t('detail.up')}</th>
          <td>{format.rate(totals.upRate) || '–'}</td>
          <td>{format.bytes(totals.upBytes)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: preact.ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function DeviceFacts({ device, now, texts }: { readonly device: Device; readonly now: number; readonly texts: Texts }) {
  const { t, format } = texts;
  return (
    <dl class="facts">
      {device.hostName !== null && (
        <Fact label={t('detail.host')}>
          <bdi>{device.hostName}</bdi>
        </Fact>
      )}
      {device.mac !== null && (
        <Fact label={t('detail.mac')}>
          {device.mac} {device.macKind !== null && <small>{t(`device.mac.${device.macKind}`)}</small>}
        </Fact>
      )}
      {device.addresses.length > 0 && (
        <Fact label={t('detail.addresses')}>
          {device.addresses.slice(0, 12).map((address) => (
            <span key={address} class="address">
              {address}
            </span>
          ))}
        </Fact>
      )}
      <Fact label={t('detail.seen')}>{t('detail.ago', { age: format.age(now - device.seen) })}</Fact>
    </dl>
  );
}

function RemoteFacts({ conversations, texts }: { readonly conversations: readonly Conversation[]; readonly texts: Texts }) {
  const { t } = texts;
  const remotes = [...new Set(conversations.map((one) => one.remote))];
  const hows = [...new Set(conversations.map((one) => one.how))];
  const networks = [...new Set(remotes.flatMap((remote) => (remote.network ? [remote.network.name] : [])))];
  const places = [...new Set(remotes.flatMap((remote) => (remote.place ? [remote.place] : [])))];
  return (
    <dl class="facts">
      <Fact label={t('detail.how')}>{hows.map((how) => t(`how.${how}`)).join('; ')}</Fact>
      {networks.length > 0 && (
        <Fact label={t('detail.network')}>
          <bdi>{networks.slice(0, 4).join(', ')}</bdi> {networks.length > 4 && t('detail.more', { n: networks.length - 4 })}
        </Fact>
      )}
      {places.length > 0 && (
        <Fact label={t('detail.place')}>
          <bdi>
            {[...new Set(places.map((place) => placeText(place, texts)))]
              .filter((text) => text !== '')
              .slice(0, 4)
              .join('; ')}
          </bdi>{' '}
          {places.length > 4 && t('detail.more', { n: places.length - 4 })}{' '}
          <small>{t(places.every((place) => place.city === null) ? 'how.placeCountry' : 'how.place')}</small>
        </Fact>
      )}
    </dl>
  );
}

interface TargetsProps {
  readonly conversations: readonly Conversation[];
  readonly now: number;
  readonly withDevice: boolean;
  readonly texts: Texts;
}

function Targets({ conversations, now, withDevice, texts }: TargetsProps) {
  const { t, format } = texts;
  return (
    <>
      <h3>{t('detail.targets', { n: conversations.length })}</h3>
      <ul class="targets">
        {conversations.slice(0, LISTED).map((one) => (
          <li key={one.id} class={one.gone === null ? '' : 'gone'}>
            <span class="name">
              <bdi>{conversationFullName(one, t)}</bdi>
            </span>
            <span class="when">{one.gone === null ? format.age(now - one.active) : t('age.gone')}</span>
            <span class="what">
              {withDevice && (
                <>
                  <bdi>{one.device.alias}</bdi> ·{' '}
                </>
              )}
              {serviceText(one.protocol, one.port, t)}
              {one.inbound && ` · ${t('detail.inbound')}`}
            </span>
            <span class="much">{format.rate(one.upRate + one.downRate) || format.bytes(one.upBytes + one.downBytes)}</span>
          </li>
        ))}
      </ul>
      {conversations.length > LISTED && <p class="muted">{t('detail.more', { n: conversations.length - LISTED })}</p>}
    </>
  );
}

export interface DetailProps extends ViewProps {
  readonly target: Target;
}

export function Detail({ selection, target, onTarget, onOnly, t, locale }: DetailProps) {
  const panel = useRef<HTMLElement>(null);
  const texts = useMemo(() => ({ t, format: formatter(locale, t) }), [t, locale]);
  const { device, conversations, devices, totals } = useMemo(() => subjectOf(selection, target), [selection, target]);
  const title = titleOf(target, device, conversations, texts);
  const isDevice = target.kind === 'device';
  const named = target.kind === 'group' || target.kind === 'link' ? isNamed(target.key, target.by) : false;

  // What somebody picked with the keyboard far away is to be reached with the next key.
  const identity = JSON.stringify(target);
  useEffect(() => panel.current?.scrollTo({ top: 0 }), [identity]);

  return (
    <aside
      class="detail"
      ref={panel}
      tabIndex={-1}
      aria-label={t('detail.label')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onTarget(null);
      }}
    >
      <header>
        <div>
          <p class="kind">
            <bdi>{kindOf(target, device, t)}</bdi>
          </p>
          <h2>
            <bdi>{title === '' ? t('detail.gone') : title}</bdi>
            {device && isDevice && device === selection.me && <span class="badge">{t('device.you')}</span>}
          </h2>
        </div>
        <button type="button" class="icon" aria-label={t('app.close')} onClick={() => onTarget(null)}>
          ×
        </button>
      </header>
      {conversations.length > 0 || device ? <Amounts totals={isDevice && device ? device : totals} texts={texts} /> : <p class="muted">{t('detail.goneText')}</p>}
      {isDevice && device && (
        <>
          <button type="button" class="button" onClick={() => onOnly(selection.only === device ? null : device)}>
            {t(selection.only === device ? 'detail.everyone' : 'detail.only')}
          </button>
          <DeviceFacts device={device} now={selection.now} texts={texts} />
        </>
      )}
      {!isDevice && conversations.length > 0 && <RemoteFacts conversations={conversations} texts={texts} />}
      {!isDevice && devices.length > 1 && (
        <>
          <h3>{t('detail.devices')}</h3>
          <p class="chips">
            {devices.map((one) => (
              <button key={one.id} type="button" class="chip" onClick={() => onTarget({ kind: 'device', device: one.id })}>
                <bdi>{one.alias}</bdi>
              </button>
            ))}
          </p>
        </>
      )}
      {conversations.length > 0 && <Targets conversations={conversations} now={selection.now} withDevice={!('device' in target)} texts={texts} />}
      {named && (
        <p class="search">
          <a href={`https://duckduckgo.com/?q=${encodeURIComponent(`"${title.slice(0, 100)}"`)}`} target="_blank" rel="noopener noreferrer external">
            {t('detail.search')}
          </a>{' '}
          <small>({t('detail.searchNote')})</small>
        </p>
      )}
    </aside>
  );
}
