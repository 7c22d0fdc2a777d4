// SPDX-License-Identifier: MIT
// The wall: shows the views in turn, by itself, for people who sit far away.

import { Fragment, type ComponentType } from 'preact';
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Guard } from '../../parts/guard';
import { Paced } from '../../parts/paced';
import { countsOf } from '../../parts/counts';
import { useLater } from '../../parts/use-later';
import { CALM, usePaced } from '../../parts/use-paced';
import type { Size } from '../../parts/use-size';
import { useSpokenStatus } from '../../parts/spoken-status';
import { VALUES_EVERY } from '../../feed/pacing';
import { Logo } from '../../parts/logo';
import { summarise } from '../../store/summary';
import { VIEWS, type ViewName } from '../registry';
import { StatusContext } from '../status-context';
import { useFinding, useView, useWallRound, useWallNews } from '../use-view';
import type { Translate } from '../../i18n';
import { formatter } from '../../i18n/format';
import { hasMadeUpNames } from '../../parts/name-checks';
import type { Options, ViewProps } from '../view-props';
import { codeOf, fingerprintRows, joinOf, type Join } from './join-code';
import { RoomBand } from './room-band';
import { fitted, lettersOf } from './letters';
import { Setup } from './setup';
import { isNear, useKeys, useTurns, WallControls, type Turns } from './wall-controls';
import { turnsOf } from './wall-turns';
import { useAwake, useRecovery, type Awake } from './wall-health';
import '../../style/display.css';

function Code({ url, label }: { readonly url: string; readonly label: string }) {
  const { size, path } = useMemo(() => codeOf(url), [url]);
  return (
    <svg class="wall-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} class="code-ground" />
      <path d={path} class="code-dark" />
    </svg>
  );
}

/** As large as lets the address stand in one line below its code, within reason: a long name breaks. */
function addressSize(text: string): string {
  return `clamp(0.7rem, ${(145 / Math.max(1, text.length)).toFixed(1)}cqi, 1.25rem)`;
}

function Numbers({ selection, t, locale }: Pick<ViewProps, 'selection' | 't' | 'locale'>) {
  const paced = usePaced(selection, VALUES_EVERY, null);
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const summary = useMemo(() => summarise(paced), [paced]);
  const { devices, destinations, countries, downRate, upRate } = summary;
  const counts = countsOf(summary, format);
  return (
    <dl class="wall-numbers">
      {[
        [counts.devices, t('sum.devices', { n: devices })],
        [counts.destinations, t('sum.destinations', { n: destinations })],
        [counts.countries, t('sum.countries', { n: countries })],
        [format.rate(downRate) || '–', t('display.in')],
        [format.rate(upRate) || '–', t('display.out')],
      ].map(([value, label]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The pointer hides, as nobody holds the mouse of a wall. True while it was moved lately. */
function useStirred(): boolean {
  const [stirred, setStirred] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stir = (): void => {
      clearTimeout(timer);
      setStirred(true);
      timer = setTimeout(() => setStirred(false), 4000);
    };
    addEventListener('pointermove', stir);
    addEventListener('pointerdown', stir);
    return () => {
      clearTimeout(timer);
      removeEventListener('pointermove', stir);
      removeEventListener('pointerdown', stir);
    };
  }, []);
  return stirred;
}

interface StageProps extends ViewProps {
  /** failures: so many in a row. */
  readonly onFailure: (failures: number) => void;
}

function Stage({ view, onFailure, ...props }: StageProps & { readonly view: ViewName }) {
  const View = useView(view);
  return (
    <Guard of={view} instead={<div class="empty" />} onFailure={onFailure}>
      {View && <Paced of={View} pace={VIEWS[view].pace} props={props} />}
    </Guard>
  );
}

const NOTHING = (): void => undefined;
/** Nobody looks for anything on a wall: everyone finds their own where it was. */
const STEADY: Options = { order: 'name' };

/** Read from twice as far as a page. */
const NEAR = 1.35;
/** So many devices have room below the sentence, at the size of a page. */
const DEVICES = 15;

/** All devices that talk are to be seen, since nobody scrolls there. */
function largeness(view: ViewName, devices: number): number {
  return view === 'flows' ? Math.min(NEAR, Math.max(1, DEVICES / (devices + 1.2))) : NEAR;
}

function useWindowSize(): Size {
  const read = (): Size => ({ width: innerWidth, height: innerHeight });
  const [size, setSize] = useState(read);
  useEffect(() => {
    const update = (): void => setSize(read());
    addEventListener('resize', update);
    return () => removeEventListener('resize', update);
  }, []);
  return size;
}

/** What began is to be seen at once. */
const ROUND_PACE = { things: 0, values: VALUES_EVERY };

interface PictureProps extends StageProps {
  readonly view: ViewName | null;
  /** In place of the view. */
  readonly round: ComponentType<ViewProps> | null;
}

function Picture({ view, onFailure, round: Round, ...props }: PictureProps) {
  const { t, selection, scale, size } = props;
  const { home } = props.options;
  const options = useMemo(() => (home === undefined ? STEADY : { ...STEADY, home }), [home]);
  /** A phone that tries it: there is nothing to scroll, as there. Lists have one column also on a wall: few lines, and large. */
  const small = size === 'phone';
  if (Round)
    return (
      <Guard of="round" instead={<div class="empty" />} onFailure={onFailure}>
        <Paced of={Round} pace={ROUND_PACE} props={props} />
      </Guard>
    );
  if (!view || selection.conversations.length === 0) {
    return (
      <div class="empty">
        <Logo />
        <h2>{t('empty.title')}</h2>
        <p>{t('empty.text')}</p>
      </div>
    );
  }
  const devices = selection.busy.size;
  const { afar } = props;
  return (
    <Stage
      {...props}
      afar={afar !== null && view === 'flows' ? fitted(afar, devices) : afar}
      size={view === 'map' && !small ? size : 'laptop'}
      scale={small ? scale : scale * largeness(view, devices)}
      view={view}
      onFailure={onFailure}
      target={props.spotlight}
      onTarget={NOTHING}
      onOptions={NOTHING}
      onOnly={NOTHING}
      onNames={NOTHING}
      options={options}
      alias={null}
    />
  );
}

function JoinCode({ join, t }: { readonly join: Join; readonly t: Translate }) {
  return (
    <div class="wall-join">
      <p>{t('display.join')}</p>
      <Code url={join.url} label={t('display.code', { address: join.text })} />
      <p class="wall-address" style={{ fontSize: addressSize(join.text) }}>
        {join.text}
      </p>
    </div>
  );
}

/** Below the picture, which it leaves more room than a column of it beside would leave the code. */
function Certificate({ certificate, t }: Pick<ViewProps, 'certificate' | 't'>) {
  return (
    <p class="wall-certificate">
      {t('display.certificate')}{' '}
      <code>
        {fingerprintRows(certificate).map((row) => (
          <Fragment key={row}>
            <span>{row}</span>{' '}
          </Fragment>
        ))}
      </code>
    </p>
  );
}

interface SideProps extends ViewProps {
  readonly turns: Turns;
  readonly join: Join | null;
  readonly awake: Awake;
}

/** What is said beside the picture. */
function Side({ turns, join, awake, ...props }: SideProps) {
  const { t, locale, selection, complaint } = props;
  const status = useContext(StatusContext);
  const spoken = useSpokenStatus(status, t, locale);
  const row = turns.view && !selection.room?.roundKind ? VIEWS[turns.view] : null;
  return (
    <aside class="wall-side" aria-label={t('display.side')}>
      <p class="wordmark">
        <Logo />
        <span>
          conn<b>vis</b>
        </span>
      </p>
      <div class="wall-title">
        <h1>{t(row?.title ?? 'view.display')}</h1>
        <p>{row?.about && t(row.about)}</p>
      </div>
      {status.tone === 'good' ? (
        <Numbers {...props} />
      ) : (
        <p class={`status status-${status.tone}`} role="status">
          <span class="dot" aria-hidden="true" />
          {spoken}
        </p>
      )}
      {complaint !== '' && (
        <p class="wall-note" role="status">
          {complaint}
        </p>
      )}
      {hasMadeUpNames(selection.devices) && <p class="wall-note">{t('devices.madeUp')}</p>}
      <Setup awake={awake} join={join !== null} t={t} />
      {join && <JoinCode join={join} t={t} />}
      <WallControls {...turns} {...props} />
    </aside>
  );
}

/** What stands out, for all who sit there. */
function WallSentence({ selection, t, locale }: Pick<ViewProps, 'selection' | 't' | 'locale'>) {
  const Finding = useFinding(true);
  return (
    <div class="wall-sentence">
      {Finding && <Paced of={Finding} pace={CALM} props={{ selection, about: null, onEvidence: null, t, locale }} />}
    </div>
  );
}

/** As it was before it was to stand still; where that was so from the beginning, as it was then. */
function useStill<T>(value: T, still: boolean): T {
  const last = useRef(value);
  if (!still) last.current = value;
  return last.current;
}

/** Once the first picture has come there is time for what was before. Milliseconds. */
const NEWS_AFTER = 2000;

/** The last of what happened. */
function News({ selection, t, locale }: Pick<ViewProps, 'selection' | 't' | 'locale'>) {
  const Line = useWallNews(useLater(NEWS_AFTER));
  return <div class="wall-news">{Line && <Line {...{ selection, t, locale }} />}</div>;
}

export default function Display(props: ViewProps) {
  const { t, locale, onView, selection, certificate } = props;
  const { room } = selection;
  const frozen = (room?.frozen ?? null) !== null;
  const status = useContext(StatusContext);
  // where nobody has said what is shown, what is in the spotlight is seen best in the flows
  const turns = useTurns(turnsOf(selection), room?.view ?? (props.spotlight ? 'flows' : null));
  const view = useStill(turns.view, frozen);
  // rows change in place: what stands still is not drawn anew
  const pictured = useStill(selection, frozen);
  const Round = useWallRound((room?.roundKind ?? null) !== null);
  const [failures, setFailures] = useState(0);
  const stirred = useStirred();
  const seen = useWindowSize();
  /** A phone that tries it is held in a hand. */
  const afar = props.size === 'phone' || isNear(props.options) ? null : lettersOf(seen);
  const awake = useAwake();
  const join = joinOf(location);
  useRecovery(status.tone === 'good', failures);
  useEffect(() => setFailures(0), [view]);
  useKeys(turns, onView);
  return (
    <section
      class={`wall${stirred ? '' : ' wall-still'}${afar === null ? '' : ' wall-afar'}`}
      style={afar === null ? undefined : { '--afar': `${afar}px` }}
      aria-label={t('view.display')}
    >
      {room && <RoomBand {...{ room, selection, t, locale }} pictured={pictured.now} />}
      {/* a round may ask for what would be told here */}
      {room?.roundKind == null && <WallSentence selection={pictured} t={t} locale={locale} />}
      <div class={`wall-stage${status.tone === 'bad' ? ' old' : ''}`}>
        <Picture
          {...props}
          {...{ view, round: Round, afar }}
          selection={pictured}
          paused={props.paused || frozen}
          onFailure={setFailures}
        />
      </div>
      {room?.roundKind == null && !props.recorded && <News selection={pictured} t={t} locale={locale} />}
      <Side {...props} selection={pictured} turns={{ ...turns, view }} join={join} awake={awake} />
      {join && certificate !== '' && <Certificate certificate={certificate} t={t} />}
    </section>
  );
}
