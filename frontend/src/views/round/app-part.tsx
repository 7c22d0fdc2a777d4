// SPDX-License-Identifier: MIT
// Open one app, on the device that does: whom it talked with since whoever holds it said so, or since the round began.

import '../../i18n/later-rounds';
import { useState } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import { clockText } from '../../parts/room-text';
import { contactsOf } from '../../parts/round/contacts';
import { spanOf, type Span } from '../../parts/round/quiet';
import { groupLabel } from '../../store/grouping';
import type { Device } from '../../store/rows';
import type { Selection } from '../../store/selection';
import { keepUse, readUse, type Use } from './app-use';
import type { PartProps } from './round-panel';

/** Lines that one reads through. */
const LINES = 40;

/** On the feed's clock. */
function spanOfUse({ room, selection }: Pick<PartProps, 'room' | 'selection'>, use: Use | null): Span {
  if (!use) return spanOf(room, selection.now);
  const clock = (date: number): number => selection.now - (selection.date - date);
  return { from: clock(use.begin), until: use.end === null ? selection.now : clock(use.end) };
}

interface ListProps extends Pick<PartProps, 'selection' | 't' | 'locale'> {
  readonly device: Device;
  readonly span: Span;
}

function List({ selection, device, span, t, locale }: ListProps) {
  const contacts = contactsOf(selection.held, device, span);
  const format = formatter(locale, t);
  return (
    <>
      <h3>{t('round.app.list')}</h3>
      {contacts.length === 0 && <p>{t('round.app.none')}</p>}
      <ol class="round-contacts" aria-label={t('round.app.list')}>
        {contacts.slice(0, LINES).map(({ key, after }) => (
          <li key={key}>
            <bdi>{groupLabel(key, 'company', t, format.country)}</bdi>{' '}
            <span class="muted">
              {after === null ? t('round.app.before') : t('round.app.after', { time: clockText(after) })}
            </span>
          </li>
        ))}
      </ol>
      {contacts.length > LINES && <p>{t('round.app.more', { n: contacts.length - LINES })}</p>}
      {contacts.length > 0 && <p class="muted">{t('round.app.others')}</p>}
    </>
  );
}

/** The same over a browser that let go of the page meanwhile: the round began at this time of the collector's clock. */
function useUse(selection: Selection, since: number): readonly [Use | null, (use: Use) => void] {
  const round = selection.date - (selection.now - since);
  const [use, setUse] = useState(() => readUse(round));
  return [
    use,
    (next) => {
      keepUse(round, next);
      setUse(next);
    },
  ];
}

export function AppPart({ room, selection, acts, playing, t, locale }: PartProps) {
  const [use, setUse] = useUse(selection, room.roundSince ?? 0);
  const { me } = selection;
  if (!me) return <p>{t(acts?.own?.wish === 'left-out' ? 'round.app.left' : 'round.app.unknown')}</p>;
  const isOpen = use !== null && use.end === null && playing;
  const begin = (): void => setUse({ begin: selection.date, end: null });
  return (
    <>
      {playing && <p class="round-say">{t(isOpen ? 'round.app.open' : 'round.app.first')}</p>}
      {playing && (
        <button
          type="button"
          class="button round-big"
          onClick={() => (isOpen ? setUse({ begin: use.begin, end: selection.date }) : begin())}
        >
          {t(isOpen ? 'round.app.end' : use ? 'round.app.another' : 'round.app.begin')}
        </button>
      )}
      {(use !== null || !playing) && (
        <List {...{ selection, t, locale }} device={me} span={spanOfUse({ room, selection }, use)} />
      )}
    </>
  );
}
