// SPDX-License-Identifier: MIT
// The desk: what whoever leads the room needs in the hand.

import '../../i18n/later-desk';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import '../../style/desk.css';
import { isolate } from '../../parts/characters';
import { Nothing } from '../../parts/nothing';
import { Outcome } from '../../parts/outcome';
import { hourText } from '../../parts/room-text';
import { useAct, type Act } from '../../parts/use-act';
import type { Acts } from '../../store/acts';
import type { Company, Room } from '../../store/rows';
import { hereOf, type Selection } from '../../store/selection';
import { VIEW_NAMES, VIEWS } from '../registry';
import type { ViewProps } from '../view-props';
import { AskedOnce } from './asked-once';
import { checksOf } from './checks';
import { deskSaid, type DeskVerb } from './desk-said';
import { RoundCards, RoundOn } from './rounds';

export interface DeskProps extends Pick<ViewProps, 'selection' | 't' | 'locale' | 'onView' | 'onOptions'> {
  readonly room: Room;
  /** True: it was done. */
  readonly act: (verb: DeskVerb, words?: string) => Promise<boolean>;
}

/** Minutes; 0 is none. */
const TIMERS = [0, 1, 2, 3, 5, 10, 15, 30] as const;
/** Letters that fit into 80 and 160 bytes, but for those that take more than one. */
const LABEL = 60;
const MARK = 120;
/** So many of the newest. */
const MARKS = 5;

export function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="desk-part" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Ready({ selection, t, onView }: DeskProps) {
  return (
    <Part title={t('desk.ready')}>
      <ul class="desk-checks">
        {checksOf(selection, globalThis.isSecureContext).map(({ good, key, values }) => (
          <li key={key} class={good ? 'good' : 'missing'}>
            <span aria-hidden="true">{good ? '✓' : '!'}</span>
            {t(key, values)}
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={() => onView('display')}>
        {t('desk.wall.open')}
      </button>
    </Part>
  );
}

function PlainRound({ act, t }: DeskProps) {
  const [label, setLabel] = useState('');
  const [minutes, setMinutes] = useState(0);
  const start = (event: Event): void => {
    event.preventDefault();
    void act('round', `${minutes * 60} ${label}`);
  };
  return (
    <Part title={t('desk.round.own')}>
      <form class="desk-form" onSubmit={start}>
        <label>
          {t('desk.round.label')}
          <input
            class="field"
            value={label}
            maxLength={LABEL}
            required
            autocomplete="off"
            onInput={(event) => setLabel(event.currentTarget.value)}
          />
        </label>
        <label>
          {t('desk.round.timer')}
          <select
            class="field"
            value={String(minutes)}
            onChange={(event) => setMinutes(Number(event.currentTarget.value))}
          >
            {TIMERS.map((n) => (
              <option key={n} value={String(n)} selected={n === minutes}>
                {n === 0 ? t('desk.round.untimed') : t('desk.round.minutes', { n })}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button desk-big" disabled={label.trim() === ''}>
          {t('desk.round.start')}
        </button>
      </form>
    </Part>
  );
}

/** Those that somebody talks with, by name. */
function companiesOf({ held }: Pick<Selection, 'held'>): readonly Company[] {
  const found = new Map(held.flatMap(({ company }) => (company ? [[company.id, company] as const] : [])));
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

function Spotlight({ room, selection, act, t }: DeskProps) {
  const companies = useMemo(() => companiesOf(selection), [selection]);
  const devices = selection.devices.filter(({ gone }) => gone === null);
  const lit = room.device ? `device ${room.device.id}` : room.company ? `company ${room.company.id}` : 'nothing';
  return (
    <label>
      {t('desk.spotlight')}
      <select class="field" value={lit} onChange={(event) => void act('spotlight', event.currentTarget.value)}>
        <option value="nothing" selected={lit === 'nothing'}>
          {t('desk.spotlight.none')}
        </option>
        <optgroup label={t('desk.spotlight.devices')}>
          {devices.map(({ id, alias }) => (
            <option key={id} value={`device ${id}`} selected={lit === `device ${id}`}>
              {alias}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('desk.spotlight.companies')}>
          {companies.map(({ id, name }) => (
            <option key={id} value={`company ${id}`} selected={lit === `company ${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </select>
    </label>
  );
}

function WallPart(props: DeskProps) {
  const { room, act, t } = props;
  const frozen = room.frozen !== null;
  const shown = room.view ?? 'turns';
  return (
    <Part title={t('desk.wall')}>
      <button type="button" class="button desk-big" onClick={() => void act(frozen ? 'release' : 'freeze')}>
        {t(frozen ? 'desk.release' : 'desk.freeze')}
      </button>
      <label>
        {t('desk.view')}
        <select class="field" value={shown} onChange={(event) => void act('wall', event.currentTarget.value)}>
          <option value="turns" selected={shown === 'turns'}>
            {t('desk.view.turns')}
          </option>
          {VIEW_NAMES.filter((view) => VIEWS[view].wallTime !== undefined).map((view) => (
            <option key={view} value={view} selected={shown === view}>
              {t(VIEWS[view].title)}
            </option>
          ))}
        </select>
      </label>
      <Spotlight {...props} />
    </Part>
  );
}

function Marks({ selection, act, t, locale }: DeskProps) {
  const [text, setText] = useState('');
  const set = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await act('mark', text)) setText('');
  };
  const newest = selection.marks.slice(-MARKS).reverse();
  return (
    <Part title={t('desk.mark')}>
      <form class="desk-form" onSubmit={(event) => void set(event)}>
        <label>
          {t('desk.mark.label')}
          <input
            class="field"
            value={text}
            maxLength={MARK}
            required
            autocomplete="off"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button desk-big" disabled={text.trim() === ''}>
          {t('desk.mark.set')}
        </button>
      </form>
      {newest.length > 0 && (
        <ul class="desk-marks" aria-label={t('desk.marks')}>
          {newest.map((mark) => (
            <li key={mark.id}>
              <span class="muted">{hourText(mark.at, selection, locale)}</span> <bdi>{mark.text}</bdi>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function Names({ room, selection, act, t }: DeskProps) {
  const named = selection.devices.filter((one) => one.named && one.gone === null);
  return (
    <Part title={t('desk.names')}>
      <button
        type="button"
        class="button desk-big"
        onClick={() => void act(room.namesLocked ? 'unlock-names' : 'lock-names')}
      >
        {t(room.namesLocked ? 'desk.names.unlock' : 'desk.names.lock')}
      </button>
      {named.map((device) => (
        <button key={device.id} type="button" class="button" onClick={() => void act('name', String(device.id))}>
          <bdi>{t('desk.names.back', { name: isolate(device.alias) })}</bdi>
        </button>
      ))}
    </Part>
  );
}

/** How far one is, in a line. */
function First({ selection, room, t }: DeskProps) {
  if (room.round !== null || room.roundKind !== null) return null;
  const n = hereOf(selection.devices).length;
  return <p class="desk-first">{n === 0 ? t('desk.ready.nobody') : t('desk.begin', { n })}</p>;
}

/** What else whoever leads may do is in the panel. */
function Leading({ t, onOptions }: DeskProps) {
  return (
    <Part title={t('desk.leading')}>
      <button type="button" class="button" onClick={() => onOptions({ lead: '1', about: null })}>
        {t('desk.leading.open')}
      </button>
    </Part>
  );
}

function actOf({ run }: Act): DeskProps['act'] {
  return (verb, words) => run(words === undefined ? verb : `${verb} ${words}`, () => deskSaid(verb, words ?? ''));
}

function Desk({ acts, room, ...props }: Omit<DeskProps, 'act'> & { readonly acts: Acts }) {
  const doing = useAct(acts);
  const outcome = useRef<HTMLParagraphElement>(null);
  const { t } = props;
  const isOn = room.round !== null || room.roundKind !== null;
  const top = useRef<HTMLDivElement>(null);
  const was = useRef(isOn);
  // what one does next stands at the top, wherever one has scrolled to
  useEffect(() => {
    if (was.current !== isOn) top.current?.scrollIntoView({ block: 'start' });
    was.current = isOn;
  }, [isOn]);
  const desk: DeskProps = { ...props, room, act: actOf(doing) };
  return (
    <div class="stage" ref={top}>
      <Outcome id="desk-outcome" said={doing.said} place={outcome} t={t} />
      <First {...desk} />
      <div class="desk-parts">
        {isOn ? <RoundOn {...desk} /> : <RoundCards {...desk} />}
        <WallPart {...desk} />
        <Marks {...desk} />
        {!isOn && <PlainRound {...desk} />}
        <Ready {...desk} />
        <Names {...desk} />
        <Leading {...desk} />
        <AskedOnce {...desk} verb="clear" title="desk.clear" ask="desk.clear.ask" yes="desk.clear.yes" />
        <AskedOnce {...desk} verb="flush" title="desk.flush" ask="desk.flush.ask" yes="desk.flush.yes" />
      </div>
    </div>
  );
}

export default function DeskView(props: ViewProps) {
  const { acts, selection, size, t } = props;
  const { room } = selection;
  return (
    <section class={`desk flows-${size}`} aria-label={t('view.desk')}>
      {acts?.leads && room ? (
        <Desk {...props} acts={acts} room={room} />
      ) : (
        <Nothing title={t('desk.stranger')} text={t('desk.strangerText')} />
      )}
    </section>
  );
}
