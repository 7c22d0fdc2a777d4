// SPDX-License-Identifier: MIT
// The parts of a device's page: each answers one question.

import type { ComponentChildren } from 'preact';
import type { Key, Translate } from '../../i18n';
import type { Format } from '../../i18n/format';
import { groupLabel } from '../../store/grouping';
import { knownSince, NEW_LATELY } from '../../store/session';
import { ago, type Texts } from '../../parts/text';
import { isolate } from '../../parts/characters';
import { TrackerMark } from '../../parts/badges';
import { thingText } from '../../parts/thing';
import { sentShares, type Share } from '../../parts/shares';
import { Directions } from '../../parts/directions';
import type { ViewProps } from '../view-props';
import type { Device } from '../../store/rows';
import type { Grouping } from '../../store/selection';
import type { Page } from './device-page';

const BARS = 8;
const NEWS = 8;
const DOING = 6;

export interface PanelProps extends Pick<ViewProps, 'selection' | 't' | 'onTarget' | 'onOnly' | 'onView'> {
  readonly page: Page;
  readonly format: Format;
  readonly texts: Texts;
}

export function Panel({
  title,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <section class={wide ? 'panel wide' : 'panel'} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function ShareBars({
  shares,
  by,
  page,
  t,
  format,
  onTarget,
  sent = false,
}: PanelProps & { readonly shares: readonly Share[]; readonly by: Grouping; readonly sent?: boolean }) {
  const length = ({ up, down }: Share): number => (sent ? up : up + down);
  const most = Math.max(1, ...shares.map(length));
  const width = (bytes: number): string => `${bytes === 0 ? 0 : Math.max(1, (100 * bytes) / most)}%`;
  return (
    <ul class="share-bars">
      {shares.slice(0, BARS).map(({ key, up, down, tracking }) => (
        <li key={key}>
          <button
            type="button"
            class="share"
            onClick={() => onTarget({ kind: 'link', device: page.device.id, by, key })}
          >
            <span class="share-name">
              <bdi>{groupLabel(key, by, t, format.country)}</bdi>{' '}
              {tracking !== 'none' && by === 'company' && <TrackerMark tracking={tracking} t={t} />}
            </span>
            <span class="share-much">
              <Directions up={format.bytes(up)} down={format.bytes(down)} t={t} />
            </span>
            <span class="track" aria-hidden="true">
              <span class="fill sent" style={{ width: width(up) }} />
              {!sent && <span class="fill" style={{ width: width(down) }} />}
            </span>
          </button>
        </li>
      ))}
      {shares.length > BARS && <li class="muted">{t('detail.more', { n: shares.length - BARS })}</li>}
    </ul>
  );
}

/** There is nothing: at all, or of what the filter leaves. */
export const noneText = ({ selection, t }: Pick<PanelProps, 'selection' | 't'>, none: Key): string =>
  t(selection.narrowed ? 'device.noneFits' : none);

export function Companies(props: PanelProps) {
  const { page, t } = props;
  const n = page.companies.length;
  return (
    <Panel title={n === 0 ? t('device.companies.title') : t('device.companies', { n })}>
      {n === 0 ? (
        <p class="muted">{noneText(props, 'device.companies.none')}</p>
      ) : (
        <ShareBars {...props} shares={page.companies} by="company" />
      )}
    </Panel>
  );
}

export function Countries(props: PanelProps) {
  const { page, t } = props;
  if (page.countries.length === 0) return null;
  const sent = sentShares(page.countries);
  // where nothing is counted, or nothing was sent, nobody can say that data went there
  const went = sent.length > 0;
  return (
    <Panel
      title={t(went ? 'device.countries' : 'device.countries.talked', {
        n: went ? sent.length : page.countries.length,
      })}
    >
      <ShareBars {...props} shares={went ? sent : page.countries} sent={went} by="country" />
      <p class="muted">{t('how.place')}</p>
    </Panel>
  );
}

function Keys({
  keys,
  page,
  t,
  format,
  onTarget,
  limit = DOING,
}: PanelProps & { readonly keys: readonly string[]; readonly limit?: number }) {
  return (
    <span class="chips">
      {keys.slice(0, limit).map((key) => (
        <button
          key={key}
          type="button"
          class="chip"
          onClick={() => onTarget({ kind: 'link', device: page.device.id, by: 'company', key })}
        >
          <bdi>{groupLabel(key, 'company', t, format.country)}</bdi>
        </button>
      ))}
      {keys.length > limit && <span class="muted">{t('detail.more', { n: keys.length - limit })}</span>}
    </span>
  );
}

export function Doings(props: PanelProps) {
  const { page, t } = props;
  return (
    <Panel title={t('device.doing')}>
      {page.doings.length === 0 ? (
        <p class="muted">
          {page.shown.length === 0 ? noneText(props, 'device.doing.nothing') : t('device.doing.unclear')}
        </p>
      ) : (
        <dl class="facts">
          {page.doings.map(({ behaviour, keys }) => (
            <div key={behaviour} class="fact">
              <dt>{t(`device.doing.${behaviour}`)}</dt>
              <dd>
                <Keys {...props} keys={keys} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p class="muted">{t('device.doing.how')}</p>
    </Panel>
  );
}

export function Trackers(props: PanelProps) {
  const { page, t, format } = props;
  const { trackerTalks, allTalks, trackers } = page;
  return (
    <Panel title={t('device.trackers')}>
      {trackerTalks === 0 ? (
        <p>{noneText(props, 'device.trackers.none')}</p>
      ) : (
        <>
          <p>
            <strong class="big">{format.percent(Math.max(0.01, trackerTalks / allTalks))}</strong>{' '}
            {t('device.trackers.some', { n: trackers.length })}
          </p>
          <Keys {...props} keys={trackers.map(({ key }) => key)} limit={BARS} />
        </>
      )}
      <p class="muted">{t('device.trackers.how')}</p>
    </Panel>
  );
}

/** Of who came within that time everything was new. */
function noNewsText({ page, selection, t, texts }: PanelProps): string {
  const since = knownSince(page.device, selection);
  const known = selection.now - since.at;
  if (known >= NEW_LATELY) return t('device.new.none');
  return t(since.device ? 'device.new.early' : 'device.new.watching', { age: ago(known, texts) });
}

export function WhatIsNew(props: PanelProps) {
  const { page, selection, t, texts, format, onTarget } = props;
  const { news, device } = page;
  return (
    <Panel title={t('device.new')}>
      {news.length === 0 ? (
        <p class="muted">{selection.narrowed ? t('device.noneFits') : noNewsText(props)}</p>
      ) : (
        <ul class="names">
          {news.slice(0, NEWS).map(({ key, first, alone }) => (
            <li key={key}>
              <button
                type="button"
                class="plain"
                onClick={() => onTarget({ kind: 'link', device: device.id, by: 'company', key })}
              >
                <bdi class="name">{groupLabel(key, 'company', t, format.country)}</bdi>
              </button>
              <small>
                {t('device.new.first', { age: ago(selection.now - first, texts) })}
                {alone && ` · ${t('device.new.alone')}`}
              </small>
            </li>
          ))}
          {news.length > NEWS && <li class="muted">{t('detail.more', { n: news.length - NEWS })}</li>}
        </ul>
      )}
    </Panel>
  );
}

function namedKey({ named, thing }: Device): Key {
  if (named) return 'device.how.named';
  return thing === null ? 'device.how.made' : 'thing.how.named';
}

function Identity({ device, t }: { readonly device: Device; readonly t: Translate }) {
  const { mac, macKind, hostName, vendor, addresses } = device;
  if (!device.identified) return <li>{t('device.how.kept')}</li>;
  return (
    <>
      <li>
        {mac === null
          ? t('device.how.address')
          : t(macKind === 'random' ? 'device.how.random' : 'device.how.mac', { mac })}
      </li>
      {hostName !== null && <li>{t('device.how.host', { name: isolate(hostName) })}</li>}
      {vendor !== null && <li>{t('device.how.vendor', { name: isolate(vendor) })}</li>}
      <li>
        {t('device.how.addresses')}{' '}
        {addresses.map((address) => (
          <span key={address} class="address">
            {address}
          </span>
        ))}
      </li>
    </>
  );
}

export function HowWeKnow({ page, selection, t, texts }: PanelProps) {
  const { device } = page;
  return (
    <Panel title={t('detail.how')} wide>
      <ul class="hows">
        <li>{t(namedKey(device), { name: isolate(device.alias) })}</li>
        {device.thing !== null && <li>{t('thing.how', { thing: thingText(device, t) })}</li>}
        <Identity device={device} t={t} />
        <li>{t('device.how.seen', { age: ago(selection.now - device.seen, texts) })}</li>
        <li>{t('device.how.names')}</li>
      </ul>
    </Panel>
  );
}
