// SPDX-License-Identifier: MIT
// The map's buttons, what of all conversations it shows, and what its signs mean.

import { useMemo } from 'preact/hooks';
import type { Translate } from '../../i18n';
import type { Format } from '../../i18n/format';
import { WAYS, type Way } from '../../parts/directions';
import { Folded } from '../../parts/folded';
import { Legend } from '../../parts/legend';
import { Pick as Choice } from '../../parts/pick';
import type { ScreenSize, Theme } from '../../parts/screen';
import { usePopup } from '../../parts/use-popup';
import { groupLabel } from '../../store/grouping';
import type { ViewProps } from '../view-props';
import { COUNTRIES, NOWHERE, readHome, type HomePlace } from './home-place';
import type { Marks } from './marks';
import type { MapSettings } from './map-settings';

interface NowhereProps extends Pick<ViewProps, 'onTarget' | 'wall' | 't'> {
  readonly marks: Marks;
  readonly format: Format;
}

/** More than these nobody reads; the table of the flows has them all. */
const UNPLACED = 60;

interface SheetProps extends Pick<NowhereProps, 'marks' | 't' | 'format'> {
  readonly onPick: (key: string) => void;
}

export function NowhereSheet({ marks, t, format, onPick }: SheetProps) {
  const { nowhere, unplaced } = marks;
  return (
    <span class="menu-sheet" role="group" aria-label={t('map.nowhere', { n: nowhere })}>
      <span class="muted">{t('map.nowhere.why')}</span>
      <span class="chips">
        {unplaced.slice(0, UNPLACED).map((key) => (
          <button key={key} type="button" class="chip" onClick={() => onPick(key)}>
            <bdi>{groupLabel(key, 'company', t, format.country)}</bdi>
          </button>
        ))}
      </span>
      {unplaced.length > UNPLACED && <span class="muted">{t('detail.more', { n: unplaced.length - UNPLACED })}</span>}
    </span>
  );
}

/** What cannot be on the map: how much, and who. */
function Nowhere({ marks, wall, t, format, onTarget }: NowhereProps) {
  const { box, button, shown, show } = usePopup();
  const text = t('map.nowhere', { n: marks.nowhere });
  if (marks.nowhere === 0) return null;
  if (wall) return <> · {text}</>;
  return (
    <>
      {' · '}
      <span class="nowhere" ref={box}>
        <button ref={button} type="button" class="plain underlined" aria-expanded={shown} onClick={() => show(!shown)}>
          {text}
        </button>
        {shown && (
          <NowhereSheet
            {...{ marks, t, format }}
            onPick={(key) => {
              show(false);
              onTarget({ kind: 'group', by: 'company', key });
            }}
          />
        )}
      </span>
    </>
  );
}

export interface MapControlsProps extends NowhereProps {
  readonly settings: MapSettings;
  readonly onSettings: (settings: MapSettings) => void;
  readonly size: ScreenSize;
  readonly locale: string;
  /** Where the home is when nobody says it. */
  readonly guess: HomePlace | null;
}

/** Where the home is: the page can but guess. */
function HomeChoice({ settings, onSettings, guess, locale, format, t }: MapControlsProps) {
  const value = settings.home ?? '';
  // they are many, and the map is drawn often
  const options = useMemo(() => {
    const { compare } = new Intl.Collator(locale);
    const countries = COUNTRIES.map((code) => [code, format.country(code)] as const);
    const guessed = guess ? t('map.place.probably', { place: format.country(guess.country) }) : t('map.place.unknown');
    return [
      ['', guessed] as const,
      [NOWHERE, t('map.place.none')] as const,
      ...countries.sort((one, other) => compare(one[1], other[1])),
    ].map(([code, text]) => (
      <option key={code} value={code} selected={code === value}>
        {text}
      </option>
    ));
  }, [guess, value, locale, format, t]);
  return (
    <label class="pick pick-home">
      <span>{t('map.place')}</span>
      <select
        value={value}
        onChange={(event) => onSettings({ ...settings, home: readHome(event.currentTarget.value) })}
      >
        {options}
      </select>
    </label>
  );
}

export function MapControls(props: MapControlsProps) {
  const { settings, onSettings, size, marks, t } = props;
  const places = marks.marks.length;
  return (
    <div class="controls map-controls">
      <Folded size={size} t={t}>
        {!settings.table && (
          <Choice
            label={t('map.labels')}
            value={settings.labels}
            t={t}
            options={[
              ['fit', 'map.labels.fit'],
              ['turns', 'map.labels.turns'],
              ['none', 'map.labels.none'],
            ]}
            onPick={(labels) => onSettings({ ...settings, labels })}
          />
        )}
        <Choice
          label={t('way.label')}
          value={settings.way}
          t={t}
          options={WAYS.map((way) => [way, `way.${way}`] as const)}
          onPick={(way) => onSettings({ ...settings, way })}
        />
        {!settings.table && <HomeChoice {...props} />}
      </Folded>
      <button
        type="button"
        class="button"
        aria-pressed={settings.table}
        onClick={() => onSettings({ ...settings, table: !settings.table })}
      >
        {t('flows.table')}
      </button>
      <p class="tally">
        {t('map.tally', { n: places })}
        <Nowhere {...props} />
      </p>
    </div>
  );
}

export interface ZoomProps {
  /** 0: the whole world. */
  readonly onZoom: (factor: number) => void;
  readonly t: Translate;
}

const STEP = 1.6;

export function Zoom({ onZoom, t }: ZoomProps) {
  return (
    <div class="map-zoom" role="group" aria-label={t('map.zoom')}>
      <button
        type="button"
        class="icon"
        aria-label={t('map.zoomIn')}
        title={t('map.zoomIn')}
        onClick={() => onZoom(STEP)}
      >
        +
      </button>
      <button
        type="button"
        class="icon"
        aria-label={t('map.zoomOut')}
        title={t('map.zoomOut')}
        onClick={() => onZoom(1 / STEP)}
      >
        −
      </button>
      <button type="button" class="icon" aria-label={t('map.whole')} title={t('map.whole')} onClick={() => onZoom(0)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
        </svg>
      </button>
    </div>
  );
}

export function Signs({
  t,
  theme,
  way,
  lines,
}: {
  readonly t: Translate;
  readonly theme: Theme;
  readonly way: Way;
  /** There are lines from home, which have arrows. */
  readonly lines: boolean;
}) {
  return (
    <div class="view-footer map-footer">
      <Legend t={t} theme={theme}>
        <li>
          <span class="sign sign-hot" aria-hidden="true" /> {t('map.legend.hot')}
        </li>
        <li>
          <span class="sign sign-vague" aria-hidden="true" /> {t('map.legend.vague')}
        </li>
        {lines && way !== 'received' && (
          <li>
            <span class="sign-arrow" aria-hidden="true" /> {t('map.legend.sent')}
          </li>
        )}
        {lines && way !== 'sent' && (
          <li>
            <span class="sign-arrow back" aria-hidden="true" /> {t('map.legend.received')}
          </li>
        )}
        <li>
          <span class="sign sign-fill" aria-hidden="true" /> {t('map.legend.fill')}
        </li>
      </Legend>
    </div>
  );
}
