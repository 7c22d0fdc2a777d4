// SPDX-License-Identifier: MIT
// What the device asked for lately, for whoever may see it: of their own device everybody.

import { TrackerMark } from '../../parts/badges';
import { ago } from '../../parts/text';
import { isTracking } from '../../store/category';
import type { Acts } from '../../store/acts';
import { useOwnLookups, type OwnLookup, type OwnLookups } from './own-lookups';
import { noneText, Panel, type PanelProps } from './panels';

const NAMES = 12;

type Words = Pick<PanelProps, 'selection' | 't' | 'texts'>;

function Names({ list, selection, t, texts }: Words & { readonly list: readonly OwnLookup[] }) {
  return (
    <ul class="names">
      {list.map(({ name, category, asked, result }) => (
        <li key={name}>
          <bdi class="name">{name}</bdi> {isTracking(category) && <TrackerMark t={t} />}
          <small>
            {ago(selection.now - asked, texts)}
            {result !== 'answered' && ` · ${t(`result.${result ?? 'unknown'}`)}`}
          </small>
        </li>
      ))}
    </ul>
  );
}

function Told(props: PanelProps) {
  const { page, t, onOnly, onView } = props;
  const { lookups, device } = page;
  if (lookups.length === 0) return <p class="muted">{noneText(props, 'device.lately.none')}</p>;
  return (
    <>
      <Names
        {...props}
        list={lookups
          .slice(0, NAMES)
          .map(({ name: { name, category }, asked, result }) => ({ name, category, asked, result }))}
      />
      <p>
        <button
          type="button"
          class="button"
          onClick={() => {
            onOnly(device);
            onView('domains');
          }}
        >
          {t('device.lately.all', { n: lookups.length })}
        </button>
      </p>
    </>
  );
}

/** lookups: null as long as nothing was told. */
export function OwnNames({
  lookups,
  onMore,
  ...words
}: Words & { readonly lookups: OwnLookups | null; readonly onMore: () => void }) {
  const { t } = words;
  if (!lookups) return <p class="muted">{t('device.lately.kept')}</p>;
  return (
    <>
      {lookups.list.length === 0 ? (
        <p class="muted">{t('device.lately.none')}</p>
      ) : (
        <Names {...words} list={lookups.list} />
      )}
      {lookups.more && (
        <p>
          <button type="button" class="button" onClick={onMore}>
            {t('device.lately.more')}
          </button>
        </p>
      )}
      <p class="muted">{t('device.lately.own')}</p>
    </>
  );
}

function Own(props: PanelProps & { readonly acts: Acts }) {
  const { page, selection, acts } = props;
  const { lookups, more } = useOwnLookups(acts, page.device.lookedUp, selection.now);
  return <OwnNames {...props} lookups={lookups} onMore={more} />;
}

export function Lately(props: PanelProps & { readonly acts: Acts | null }) {
  const { page, selection, acts, t } = props;
  const own = !selection.lookupsComing && page.device === selection.me && acts?.may('asked', page.device) === true;
  return (
    <Panel title={t('device.lately')}>
      {selection.lookupsTold ? (
        <Told {...props} />
      ) : own ? (
        <Own key={page.device.id} {...props} acts={acts} />
      ) : (
        !selection.lookupsComing && <p class="muted">{t('device.lately.kept')}</p>
      )}
    </Panel>
  );
}
