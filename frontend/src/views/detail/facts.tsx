// SPDX-License-Identifier: MIT
// What is known of what is picked, and how.

import type { Key } from '../../i18n';
import { isTracking } from '../../store/category';
import type { Conversation, Device } from '../../store/rows';
import type { Selection } from '../../store/selection';
import { knownOf, type Known } from './known';
import { listText, ago, type Texts } from '../../parts/text';
import { isolate } from '../../parts/characters';
import { namesAsked, type NamedHere } from './asked-names';
import type { Totals } from './subject';
import { TrackerMark } from '../../parts/badges';
import { thingText } from '../../parts/thing';

const NAMES = 12;
const ASKERS = 4;
const ADDRESSES = 12;

export function Amounts({ totals, texts }: { readonly totals: Totals; readonly texts: Texts }) {
  const { t, format } = texts;
  return (
    <table class="amounts" aria-label={t('detail.amounts')}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('detail.now')}</th>
          <th scope="col">{t('detail.total')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">
            <span aria-hidden="true">↓</span> {t('detail.down')}
          </th>
          <td>{format.rate(totals.downRate) || '–'}</td>
          <td>{format.bytes(totals.downBytes)}</td>
        </tr>
        <tr>
          <th scope="row">
            <span aria-hidden="true">↑</span> {t('detail.up')}
          </th>
          <td>{format.rate(totals.upRate) || '–'}</td>
          <td>{format.bytes(totals.upBytes)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function namedKey({ named, thing }: Device): Key {
  if (named) return 'know.alias.given';
  return thing === null ? 'know.alias.made' : 'thing.alias';
}

export function Fact({ label, children }: { readonly label: string; readonly children: preact.ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function DeviceFacts({
  device,
  now,
  texts,
}: {
  readonly device: Device;
  readonly now: number;
  readonly texts: Texts;
}) {
  const { t, format } = texts;
  const share = device.total > 0 ? device.unseen / device.total : 0;
  return (
    <dl class="facts">
      {device.hostName !== null && (
        <Fact label={t('detail.host')}>
          <bdi>{device.hostName}</bdi>
        </Fact>
      )}
      {device.thing !== null && <Fact label={t('thing.is')}>{thingText(device, t)}</Fact>}
      <Fact label={t('know.alias')}>{t(namedKey(device))}</Fact>
      {(device.mac !== null || device.vendor !== null) && (
        <Fact label={t('detail.mac')}>
          {device.vendor !== null && <bdi>{device.vendor} </bdi>}
          {device.mac} {device.macKind !== null && <small>{t(`device.mac.${device.macKind}`)}</small>}
        </Fact>
      )}
      {device.addresses.length > 0 && (
        <Fact label={t('detail.addresses')}>
          {device.addresses.slice(0, ADDRESSES).map((address) => (
            <span key={address} class="address">
              {address}
            </span>
          ))}
          {device.addresses.length > ADDRESSES && (
            <small>{t('detail.more', { n: device.addresses.length - ADDRESSES })}</small>
          )}
        </Fact>
      )}
      {share >= 0.005 && (
        <Fact label={t('detail.unseen')}>
          {t('detail.unseenShare', { share: format.percent(share) })}{' '}
          <small>{t(device.hiddenDns === null ? 'detail.unseenWhy' : 'detail.unseenHidden')}</small>
        </Fact>
      )}
      <Fact label={t('detail.seen')}>{ago(now - device.seen, texts)}</Fact>
    </dl>
  );
}

const ABOUT: Readonly<Record<Known['about'], Key>> = {
  name: 'know.name',
  company: 'know.company',
  network: 'detail.network',
  place: 'detail.place',
  server: 'detail.server',
};

/** How we know the name, the company, the network and the place. */
export function HowWeKnow({
  conversations,
  selection,
  texts,
}: {
  readonly conversations: readonly Conversation[];
  readonly selection: Selection;
  readonly texts: Texts;
}) {
  const lines = knownOf(conversations, selection, texts);
  const abouts = [...new Set(lines.map((line) => line.about))];
  return (
    <dl class="facts">
      {abouts.map((about) => (
        <Fact key={about} label={texts.t(ABOUT[about])}>
          {lines
            .filter((line) => line.about === about)
            .map(({ text, source, purpose = '' }, i, all) => (
              <p key={text + source}>
                {text} {purpose !== '' && <span class="purpose">{purpose}</span>}{' '}
                {source !== '' && source !== all[i + 1]?.source && <small>{source}</small>}
              </p>
            ))}
        </Fact>
      ))}
    </dl>
  );
}

/** Names, each with who asked for it and when. */
export function NameList({
  names,
  now,
  texts,
}: {
  readonly names: readonly NamedHere[];
  readonly now: number;
  readonly texts: Texts;
}) {
  const { t } = texts;
  return (
    <ul class="names">
      {names.slice(0, NAMES).map(({ name, askers }) => (
        <li key={name.id}>
          <bdi class="name">{name.name}</bdi>{' '}
          {isTracking(name.category) && <TrackerMark title={listText(name.list, texts)} t={t} />}
          <small>
            {askers
              .slice(0, ASKERS)
              .map(({ device, time }) => `${isolate(device.alias)} ${ago(now - time, texts)}`)
              .join(' · ')}
            {askers.length > ASKERS && ` · ${t('detail.more', { n: askers.length - ASKERS })}`}
          </small>
        </li>
      ))}
      {names.length > NAMES && <li class="muted">{t('detail.more', { n: names.length - NAMES })}</li>}
    </ul>
  );
}

export interface AskedProps {
  readonly conversations: readonly Conversation[];
  readonly device: Device | null;
  readonly now: number;
  readonly texts: Texts;
}

/** The names by which what is picked is known here. */
export function Asked({ conversations, device, now, texts }: AskedProps) {
  const names = namesAsked(conversations, device);
  if (names.length === 0) return null;
  return (
    <>
      <h3>{texts.t('detail.names', { n: names.length })}</h3>
      <NameList names={names} now={now} texts={texts} />
    </>
  );
}
