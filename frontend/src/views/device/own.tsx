// SPDX-License-Identifier: MIT
// What the viewer may do with the device: only where they may.

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { namedSaid, unnamedSaid } from '../../parts/act-said';
import { Outcome } from '../../parts/outcome';
import { useAct } from '../../parts/use-act';
import type { Acts } from '../../store/acts';
import { EndAll } from './end-all';
import { Panel, type PanelProps } from './panels';
import { Wishing } from './wishing';

/** Letters that fit into the field: more than into a name, so that nothing is cut off unsaid. */
const FIELD = 100;

export interface OwnProps extends PanelProps {
  readonly acts: Acts;
}

function Naming({ page: { device }, acts, t }: OwnProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const { said, run } = useAct(acts);
  const outcome = useRef<HTMLParagraphElement>(null);
  const id = useId();
  // what was typed is its name now, or somebody gave it another one
  useEffect(() => setTyped(null), [device.alias, device.named]);
  const name = typed ?? (device.named ? device.alias : '');
  const save = (event: Event): void => {
    event.preventDefault();
    void run(`name ${device.id} ${name}`, namedSaid);
  };
  const giveBack = async (): Promise<void> => {
    // the button goes
    if (await run(`name ${device.id}`, unnamedSaid)) outcome.current?.focus();
  };
  return (
    <form class="naming" onSubmit={save}>
      <label for={`${id}f`}>{t('act.name')}</label>
      <div class="field-row">
        <input
          id={`${id}f`}
          class="field"
          value={name}
          maxLength={FIELD}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="done"
          aria-invalid={said?.bad === true}
          aria-describedby={`${id}o ${id}h`}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="button">
          {t('act.name.save')}
        </button>
        {device.named && (
          <button type="button" class="button" onClick={() => void giveBack()}>
            {t('act.name.back')}
          </button>
        )}
      </div>
      <p id={`${id}h`} class="muted">
        {t('act.name.hint')}
      </p>
      <Outcome id={`${id}o`} said={said} place={outcome} t={t} />
    </form>
  );
}

export function Own(props: OwnProps) {
  const { page, selection, acts, t } = props;
  const { device } = page;
  const [names, ends, hides] = [acts.may('name', device), acts.may('end-all', device), acts.may('hide', device)];
  if (!names && !ends && !hides) return null;
  return (
    <Panel title={t(device === selection.me ? 'act.own' : 'act.any')} wide>
      {names && <Naming {...props} />}
      {ends && <EndAll {...props} />}
      {hides && !device.self && <Wishing {...props} />}
    </Panel>
  );
}
