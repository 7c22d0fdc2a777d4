// SPDX-License-Identifier: MIT
// The domains: what the devices here asked for, how often, by how many of them, and how lately.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatter } from '../../i18n/format';
import type { Key } from '../../i18n';
import { offerPicture, type Snapshot } from '../../parts/picture/snapshot';
import '../../style/domains.css';
import type { Texts } from '../../parts/text';
import { Folded } from '../../parts/folded';
import { Nothing } from '../../parts/nothing';
import { Pick } from '../../parts/pick';
import { useGlide } from '../../parts/use-list-glide';
import { Legend } from '../../parts/legend';
import { Traces } from '../traces';
import type { ViewProps } from '../view-props';
import { buildBars, FIRST, MOST, muchOf, type Bar, type Bars } from './domain-bars';
import { barLines, paintBars } from './bars-picture';
import { Row, type RowProps } from './domain-row';
import { MEASURES, NAMINGS, readSettings, RESULTS, writeSettings, type DomainSettings } from './domain-settings';
import { readsLookups, silentDevices } from '../../parts/name-checks';

interface DomainsProps extends ViewProps {
  readonly settings: DomainSettings;
  readonly onSettings: (change: Partial<DomainSettings>) => void;
}

function Controls({ settings, onSettings, selection, size, t, bars }: DomainsProps & { readonly bars: Bars }) {
  return (
    <div class="controls">
      <Folded size={size} t={t}>
        {/* of one device alone there is nothing to choose */}
        {!selection.only && (
          <Pick
            label={t('domains.bars')}
            value={settings.bars}
            t={t}
            options={MEASURES.map((measure) => [measure, `domains.column.${measure}`] as const)}
            onPick={(measure) => onSettings({ bars: measure })}
          />
        )}
        <Pick
          label={t('domains.names')}
          value={settings.naming}
          t={t}
          options={NAMINGS.map((naming) => [naming, `domains.names.${naming}`] as const)}
          onPick={(naming) => onSettings({ naming })}
        />
        <Pick
          label={t('domains.result')}
          value={settings.results}
          t={t}
          options={RESULTS.map((result) => [result, `domains.result.${result}`] as const)}
          onPick={(results) => onSettings({ results })}
        />
      </Folded>
      {bars.total > 0 && (
        <p class="tally">
          {t(bars.other ? 'domains.tally.some' : 'domains.tally.all', { shown: bars.shown.length, n: bars.total })}
        </p>
      )}
    </div>
  );
}

function Table({
  bars,
  heading,
  still,
  ...rest
}: Omit<RowProps, 'bar' | 'open' | 'onOpen'> & {
  readonly bars: readonly Bar[];
  readonly heading: Key;
  readonly still: boolean;
  readonly opened: string | null;
  readonly onOpen: RowProps['onOpen'];
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { t, selection, settings, opened } = rest;
  const alone = selection.only !== null;
  const first = settings.bars;
  const second = first === 'times' ? 'devices' : 'times';
  useGlide(body, bars.map((bar) => bar.key).join('\n'), still);
  return (
    <table role="table" class="bars" aria-label={t('domains.caption')}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {t(heading)}
          </th>
          <th role="columnheader" scope="col" class="much">
            {t(`domains.column.${first}`)}
          </th>
          <th role="columnheader" scope="col" class="when">
            {t('domains.column.last')}
          </th>
          {!alone && (
            <th role="columnheader" scope="col" class="also">
              {t(`domains.column.${second}`)}
            </th>
          )}
        </tr>
      </thead>
      <tbody role="rowgroup" ref={body}>
        {bars.map((bar) => (
          <Row key={bar.key} {...rest} bar={bar} open={opened === bar.key} />
        ))}
      </tbody>
    </table>
  );
}

function Other({ bars, settings, onSettings, t }: DomainsProps & { readonly bars: Bars }) {
  const { other } = bars;
  if (!other && !settings.all) return null;
  return (
    <p class="others">
      {other && (
        <span>
          {t(`domains.other.${settings.naming}`, {
            n: other.bars,
            devices: t('flows.sharedBy', { n: other.devices }),
            times: other.count,
          })}
        </span>
      )}
      {(settings.all || other) && (
        <button type="button" class="button" onClick={() => onSettings({ all: !settings.all })}>
          {settings.all
            ? t('domains.fewer', { shown: FIRST })
            : t('domains.more', { shown: Math.min(MOST, bars.total) })}
        </button>
      )}
    </p>
  );
}

function Foot({ selection, t, theme }: ViewProps) {
  const silent = silentDevices(selection);
  const { site } = selection;
  return (
    <div class="view-footer">
      {silent.length > 0 && readsLookups(selection) && <p class="muted">{t('domains.silent', { n: silent.length })}</p>}
      {site && site.lookupLosses > 0 && <p class="muted">{t('domains.lost', { n: site.lookupLosses })}</p>}
      {site && site.fullLookups > 0 && <p class="muted">{t('domains.forgotten', { n: site.fullLookups })}</p>}
      <Legend t={t} theme={theme} asked />
    </div>
  );
}

/** This viewer does not know what was looked up: not yet, or it is not for them. */
function Untold({ selection: { me, lookupsComing }, t, onView }: ViewProps) {
  if (lookupsComing) return <Nothing title={t('empty.catch')} text={t('empty.catchText')} />;
  return (
    <Nothing title={t('domains.kept')} text={t('domains.keptText')}>
      {me && (
        <button type="button" class="button" onClick={() => onView('device', me.alias)}>
          {t('domains.kept.own')}
        </button>
      )}
    </Nothing>
  );
}

function Empty(props: DomainsProps) {
  const { selection, settings, onSettings, t } = props;
  if (settings.results !== 'all') {
    return (
      <Nothing title={t(`domains.none.${settings.results}`)} text={t('domains.none.resultText')}>
        <button type="button" class="button" onClick={() => onSettings({ results: 'all' })}>
          {t('domains.result.all')}
        </button>
      </Nothing>
    );
  }
  if (!readsLookups(selection)) return <Nothing title={t('domains.blind')} text={t('domains.blindText')} />;
  if ((selection.site?.lookups ?? 0) > 0) {
    return (
      <Nothing title={t('domains.filtered')} text={t('domains.filteredText')}>
        <Traces {...props} />
      </Nothing>
    );
  }
  return <Nothing title={t('domains.none')} text={t('domains.noneText')} />;
}

function Domains(props: DomainsProps) {
  const { options, onOptions, t, locale, size, paused, reducedMotion } = props;
  const { selection } = props;
  const format = useMemo(() => formatter(locale, t), [locale, t]);
  const texts = useMemo((): Texts => ({ t, format, locale }), [t, format, locale]);
  const [opened, setOpened] = useState(options.open ?? null);
  const onOpen = (key: string | null): void => {
    setOpened(key);
    // an address holds names of domains; those of companies only where they are one word
    onOptions({ open: key });
  };
  const settings = useMemo(
    // of one device alone each bar would be as long as the others
    (): DomainSettings => (selection.only ? { ...props.settings, bars: 'times' } : props.settings),
    [selection.only, props.settings],
  );
  const by = settings.bars;
  const bars = useMemo(() => buildBars(selection.lookups, settings, selection.now), [selection, settings]);
  const longest = Math.max(1, ...bars.shown.map((bar) => muchOf(bar, by)));
  const section = useRef<HTMLElement>(null);
  const picture = useRef<() => Snapshot | null>(() => null);
  picture.current = () => paintBars(barLines(bars.shown, { ...props, format, by, longest }), section.current);
  useEffect(() => offerPicture(() => picture.current()), []);
  // A wall is wide and is not scrolled: two tables side by side.
  const half = size === 'wall' && bars.shown.length > 8 ? Math.ceil(bars.shown.length / 2) : bars.shown.length;
  const parts = [bars.shown.slice(0, half), bars.shown.slice(half)].filter((part) => part.length > 0);
  return (
    <section class={`domains flows-${size}`} ref={section} aria-label={t('view.domains')}>
      <Controls {...props} bars={bars} />
      <div class="stage">
        {bars.total === 0 ? (
          <Empty {...props} selection={selection} />
        ) : (
          <div class={`tables tables-${parts.length}`}>
            {parts.map((part, i) => (
              <Table
                key={i}
                {...props}
                settings={settings}
                bars={part}
                lookups={selection.lookups}
                longest={longest}
                heading={`domains.column.${settings.naming}`}
                texts={texts}
                format={format}
                still={paused || reducedMotion}
                opened={opened}
                onOpen={onOpen}
              />
            ))}
          </div>
        )}
        <Other {...props} bars={bars} />
      </div>
      <Foot {...props} selection={selection} />
    </section>
  );
}

export default function DomainsView(props: ViewProps) {
  const { options, onOptions, selection, size, t } = props;
  const settings = useMemo(() => readSettings(options), [options]);
  if (!selection.lookupsTold)
    return (
      <section class={`domains flows-${size}`} aria-label={t('view.domains')}>
        <div class="stage">
          <Untold {...props} />
        </div>
      </section>
    );
  return (
    <Domains
      {...props}
      settings={settings}
      onSettings={(change) => onOptions(writeSettings({ ...settings, ...change }))}
    />
  );
}
