// SPDX-License-Identifier: MIT
// All devices, one card each.

import { useContext, useMemo, useRef, useState } from 'preact/hooks';
import { formatter, type Format } from '../../i18n/format';
import '../../style/devices.css';
import { readChoice, writeChoice, Pick } from '../../parts/pick';
import { hasMadeUpNames } from '../../parts/name-checks';
import { Nothing } from '../../parts/nothing';
import { useGlide } from '../../parts/use-list-glide';
import type { Device } from '../../store/rows';
import { SummaryContext } from '../summary-context';
import { Traces } from '../traces';
import type { ViewProps } from '../view-props';
import { DeviceCard } from './device-card';
import { buildCards, HeldOrder, ORDERS, orderCards } from './device-list';
import { history, SAMPLES, STEP } from '../../parts/rate-history';

const FIRST = 120;

/** Bytes a second, both directions, since it was seen first. */
const rateOfSession = ({ upBytes, downBytes, seen }: Device, now: number): number =>
  ((upBytes + downBytes) / Math.max(now - seen, 1000)) * 1000;

/** Why there is no card. */
function Nobody(props: ViewProps) {
  const { find, t } = props;
  if (find === '') return <Nothing title={t('devices.none')} text={t('devices.noneText')} />;
  return (
    <Nothing title={t('devices.unlike')} text={t('devices.unlikeText')}>
      <Traces {...props} />
    </Nothing>
  );
}

/** How many there are; and how many of them talk, which is the number above, where that is another one. */
function Tally({ n, t }: { readonly n: number; readonly t: ViewProps['t'] }) {
  const talking = useContext(SummaryContext)?.devices ?? n;
  return (
    <p class="tally">
      {t('devices.tally', { n })}
      {talking !== n && `, ${t('devices.talking', { n: talking })}`}
    </p>
  );
}

/** What all moved who are left out, so that the amounts of all together stay true. */
function LeftOut({ selection: { site }, t, format }: Pick<ViewProps, 'selection' | 't'> & { readonly format: Format }) {
  const bytes = site ? site.leftOutUpBytes + site.leftOutDownBytes : 0;
  if (!site || bytes === 0) return null;
  return <p class="others muted">{t('devices.leftOut', { amount: format.bytes(bytes) })}</p>;
}

export default function DevicesView(props: ViewProps) {
  const { t, locale, options, onOptions, find, size, paused, reducedMotion } = props;
  const { selection } = props;
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const list = useRef<HTMLUListElement>(null);
  const all = options.devices === 'all';
  const order = readChoice(options.order, ORDERS);
  const [held] = useState(() => new HeldOrder());
  const cards = useMemo(() => {
    const { me, now, narrowed } = selection;
    const ordered = orderCards(buildCards(selection, find), order, me, ({ device, amounts }) =>
      // of what a filter leaves there is no history
      narrowed ? amounts.upRate + amounts.downRate : history.mean(device.id, rateOfSession(device, now)),
    );
    return held.arrange(ordered, [order, find, narrowed, me?.id].join(' '), now);
  }, [selection, find, order, held]);
  const shown = all ? cards : cards.slice(0, FIRST);
  useGlide(list, shown.map(({ device }) => device.id).join(), paused || reducedMotion);
  return (
    <section class={`devices flows-${size}`} aria-label={t('view.devices')}>
      <div class="controls">
        <Pick
          label={t('devices.order')}
          value={order}
          t={t}
          options={ORDERS.map((one) => [one, `devices.order.${one}`] as const)}
          onPick={(one) => onOptions({ order: writeChoice(one, ORDERS) })}
        />
        <p class="muted spark-legend">
          <span aria-hidden="true">{t('devices.spark', { n: (STEP * SAMPLES) / 60_000 })} </span>
          {selection.narrowed && <span aria-hidden="true">{t('devices.spark.all')} </span>}
          {hasMadeUpNames(selection.devices) && t('devices.madeUp')}
        </p>
        {cards.length > 0 && <Tally n={cards.length} t={t} />}
      </div>
      <div class="stage">
        {cards.length === 0 ? (
          <Nobody {...props} />
        ) : (
          <ul class="cards" ref={list}>
            {shown.map((card) => (
              <DeviceCard key={card.device.id} {...props} selection={selection} card={card} format={format} />
            ))}
          </ul>
        )}
        <LeftOut selection={selection} t={t} format={format} />
        {shown.length < cards.length && (
          <p class="others">
            <button type="button" class="button" onClick={() => onOptions({ devices: 'all' })}>
              {t('devices.more', { n: cards.length - shown.length })}
            </button>
          </p>
        )}
      </div>
    </section>
  );
}
