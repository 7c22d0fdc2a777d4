// SPDX-License-Identifier: MIT
// How the flows are shown: by what they are grouped, what their width says, which of them.

import type { Translate } from '../../i18n';
import type { ScreenSize } from '../../parts/screen';
import { GROUPINGS } from '../../store/grouping';
import { WAYS } from '../../parts/directions';
import { Folded } from '../../parts/folded';
import { Pick } from '../../parts/pick';
import type { Choice } from './choose';
import type { FlowSettings } from './flow-settings';

export interface FlowControlsProps {
  readonly settings: FlowSettings;
  readonly onSettings: (settings: FlowSettings) => void;
  readonly t: Translate;
}

function Choices({ settings, onSettings, t }: FlowControlsProps) {
  const change = (part: Partial<FlowSettings>): void => onSettings({ ...settings, ...part });
  return (
    <>
      <Pick
        label={t('group.by')}
        value={settings.by}
        t={t}
        options={GROUPINGS.map((by) => [by, `group.by.${by}`] as const)}
        onPick={(by) => change({ by })}
      />
      <Pick
        label={t('flows.width')}
        value={settings.width}
        t={t}
        options={[
          ['now', 'flows.width.now'],
          ['total', 'flows.width.total'],
          ['connections', 'flows.width.connections'],
        ]}
        onPick={(width) => change({ width })}
      />
      {settings.width !== 'connections' && (
        <Pick
          label={t('way.label')}
          value={settings.way}
          t={t}
          options={WAYS.map((way) => [way, `way.${way}`] as const)}
          onPick={(way) => change({ way })}
        />
      )}
      <Pick
        label={t('flows.show')}
        value={settings.show}
        t={t}
        options={[
          ['fit', 'flows.show.fit'],
          ['shared', 'flows.show.shared'],
          ['all', 'flows.show.all'],
        ]}
        onPick={(show) => change({ show })}
      />
      <button
        type="button"
        class="button"
        aria-pressed={settings.table}
        onClick={() => change({ table: !settings.table })}
      >
        {t('flows.table')}
      </button>
    </>
  );
}

export function FlowControls({
  choice,
  size,
  ...props
}: FlowControlsProps & { readonly choice: Choice | null; readonly size: ScreenSize }) {
  const { settings, t } = props;
  return (
    <div class="controls">
      <Folded size={size} t={t}>
        <Choices {...props} />
      </Folded>
      {choice && !settings.table && (
        <p class="tally">
          {choice.others === 0
            ? t('flows.tally.all', { n: choice.total })
            : t('flows.tally.some', { shown: choice.drawn, n: choice.total })}
        </p>
      )}
    </div>
  );
}
