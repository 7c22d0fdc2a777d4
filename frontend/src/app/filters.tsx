// SPDX-License-Identifier: MIT
// What of the traffic is shown, in every view: whose, of which kind, with which words.

import type { ComponentChildren } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import type { Translate } from '../i18n';
import { categoryText } from '../store/category';
import type { Kind } from '../store/filter';
import type { Device } from '../store/rows';
import { SLOW_EVERY } from '../feed/pacing';
import { usePaced } from '../parts/use-paced';
import type { ScreenSize } from '../parts/screen';
import type { Selection } from '../store/selection';
import type { Route } from './route';

/** Between the last letter that was typed and the search. Milliseconds. */
const TYPING = 250;

function name(device: Device): string {
  return device.hostName !== null && device.hostName !== device.alias
    ? `${device.alias} (${device.hostName})`
    : device.alias;
}

export interface FiltersProps {
  readonly route: Route;
  readonly selection: Selection | null;
  readonly size: ScreenSize;
  readonly t: Translate;
  readonly onFilter: (change: Partial<Pick<Route, 'who' | 'kind' | 'find'>>) => void;
}

function Who({ route, selection, t, onFilter }: FiltersProps) {
  const { who } = route;
  const me = selection?.me ?? null;
  const devices = (selection?.devices ?? []).filter((device) => device.gone === null);
  const listed = devices.some((device) => who === `=${device.alias}`);
  return (
    <label class="pick who">
      <span class="visually-hidden">{t('who.label')}</span>
      <select value={who} onChange={(event) => onFilter({ who: event.currentTarget.value })}>
        <option value="all" selected={who === 'all'}>
          {t('who.all')}
        </option>
        <option value="me" selected={who === 'me'}>
          {me ? t('who.me', { name: me.alias }) : t('who.me.unknown')}
        </option>
        {who.startsWith('=') && !listed && (
          <option value={who} selected>
            {t('who.missing', { name: who.slice(1) })}
          </option>
        )}
        {devices.map((device) => (
          <option key={device.id} value={`=${device.alias}`} selected={who === `=${device.alias}`}>
            {name(device)}
          </option>
        ))}
      </select>
    </label>
  );
}

function KindPick({ route, selection, t, onFilter }: FiltersProps) {
  const there = selection?.categories ?? [];
  const { kind } = route;
  const groups: readonly Kind[] = ['all', 'tracking', 'hiding'];
  const kinds: readonly Kind[] =
    groups.includes(kind) || there.some((category) => category === kind) ? there : [kind, ...there];
  return (
    <label class="pick kind">
      <span class="visually-hidden">{t('kind.label')}</span>
      <select
        value={kind}
        onChange={(event) => {
          const picked = [...groups, ...kinds].find((one) => one === event.currentTarget.value);
          if (picked) onFilter({ kind: picked });
        }}
      >
        {[...groups, ...kinds].map((one) => (
          <option key={one} value={one} selected={one === kind}>
            {one === 'all' || one === 'tracking' || one === 'hiding' ? t(`kind.${one}`) : categoryText(one, t)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Find({ route, t, onFilter }: FiltersProps) {
  const [text, setText] = useState(route.find);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = useRef(onFilter);
  tell.current = onFilter;
  // Another address shows its own words, unless somebody is typing.
  useEffect(() => {
    if (timer.current === undefined) setText(route.find);
  }, [route.find]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (value: string): void => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      tell.current({ find: value.trim() });
    }, TYPING);
  };
  return (
    <label class="find">
      <span class="visually-hidden">{t('find.label')}</span>
      <input
        type="search"
        value={text}
        maxLength={100}
        placeholder={t('find.placeholder')}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="search"
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return;
          event.preventDefault();
          type('');
        }}
      />
    </label>
  );
}

/** Who is here and which kinds there are changes seldom, and a menu that changes under the hand is no help. */
export function Filters(all: FiltersProps) {
  const selection = usePaced(all.selection, SLOW_EVERY, all.selection === null);
  const { route, size, t, onFilter } = all;
  return useMemo(
    () => <Shown route={route} size={size} t={t} onFilter={onFilter} selection={selection} />,
    [route, size, t, onFilter, selection],
  );
}

/** Folded away where the picture needs the room, unless it is in use. */
function Folded({ inUse, children, t }: Pick<FiltersProps, 't'> & { inUse: boolean; children: ComponentChildren }) {
  const [open, setOpen] = useState(inUse);
  const id = useId();
  useEffect(() => {
    if (inUse) setOpen(true);
  }, [inUse]);
  return (
    <>
      <button
        type="button"
        class={inUse ? 'icon in-use' : 'icon'}
        aria-expanded={open}
        aria-controls={id}
        aria-label={t('filter.more')}
        title={t('filter.more')}
        onClick={() => setOpen(!open)}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path class="ring" d="M4 7h16M7 12h10M10 17h4" />
        </svg>
      </button>
      <div class="choices" id={id} hidden={!open}>
        {children}
      </div>
    </>
  );
}

function Shown(props: FiltersProps) {
  const { route, size, t } = props;
  const all = (
    <>
      <Who {...props} />
      <KindPick {...props} />
      <Find {...props} />
    </>
  );
  const inUse = route.who !== 'all' || route.kind !== 'all' || route.find !== '';
  return (
    <div class="filters" role="search" aria-label={t('filter.label')}>
      {size === 'phone' ? (
        <Folded inUse={inUse} t={t}>
          {all}
        </Folded>
      ) : (
        all
      )}
    </div>
  );
}
