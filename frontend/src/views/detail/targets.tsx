// SPDX-License-Identifier: MIT
// The conversations that what is picked stands for; each opens to all that is known of its far end.

import { useState } from 'preact/hooks';
import { isTracking } from '../../store/category';
import { phaseOf } from '../../store/freshness';
import type { Acts } from '../../store/acts';
import type { Conversation } from '../../store/rows';
import { conversationFullName } from '../../store/special';
import type { Selection } from '../../store/selection';
import { EndConversation } from './end-conversation';
import { HowWeKnow, NameList } from './facts';
import { namesOf } from './asked-names';
import { Directions } from '../../parts/directions';
import { serviceText } from '../../parts/services';
import { ago, type Texts } from '../../parts/text';
import { TrackerMark } from '../../parts/badges';

const LISTED = 60;

/** How fresh it is, or that it has ended. */
function when(one: Conversation, now: number, texts: Texts): string {
  const { t, format } = texts;
  switch (phaseOf(one)) {
    case 'open':
      return format.age(now - one.active);
    case 'beginning':
      return t('state.beginning');
    case 'ended':
      return t('detail.ended', { when: ago(now - one.active, texts) });
  }
}

interface RowProps {
  readonly one: Conversation;
  readonly selection: Selection;
  readonly withDevice: boolean;
  readonly texts: Texts;
}

/** All that is known of one far end. */
export function FarEnd({ one, selection, texts }: RowProps) {
  const { t } = texts;
  const { remote } = one;
  const names = namesOf(remote);
  return (
    <div class="far">
      <p class="address">{remote.address}</p>
      <HowWeKnow conversations={[one]} selection={selection} texts={texts} />
      {names.length > 0 && (
        <>
          <h4>{t('detail.addressNames')}</h4>
          <NameList names={names} now={selection.now} texts={texts} />
          {remote.moreAnswers > 0 && <p class="muted">{t('detail.addressMore', { n: remote.moreAnswers })}</p>}
        </>
      )}
    </div>
  );
}

interface OpeningProps extends RowProps {
  readonly acts: Acts | null;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

export function Row(props: OpeningProps) {
  const { one, selection, withDevice, texts, acts, open, onOpen } = props;
  const { t, format } = texts;
  const behaviour = one.behaviour === null || phaseOf(one) === 'ended' ? '' : t(`behaviour.${one.behaviour}`);
  return (
    <li class={one.gone !== null || phaseOf(one) === 'ended' ? 'gone' : ''}>
      <details open={open} onToggle={(event) => onOpen(event.currentTarget.open)}>
        <summary>
          <span class="name">
            <bdi>{conversationFullName(one, t)}</bdi>
          </span>
          <span class="when">{when(one, selection.now, texts)}</span>
          <span class="what">
            {withDevice && (
              <>
                <bdi>{one.device.alias}</bdi> ·{' '}
              </>
            )}
            {serviceText(one.protocol, one.port, t)}
            {one.inbound && ` · ${t('detail.inbound')}`}
            {behaviour !== '' && ` · ${behaviour}`} {isTracking(one.category) && <TrackerMark t={t} />}
          </span>
          <span class="much">
            {one.upRate + one.downRate < 1 ? (
              <Directions up={format.bytes(one.upBytes)} down={format.bytes(one.downBytes)} t={t} />
            ) : (
              <Directions up={format.rate(one.upRate)} down={format.rate(one.downRate)} t={t} />
            )}
          </span>
        </summary>
        {open && <FarEnd {...props} />}
        {open && acts?.may('end', one.device) && <EndConversation one={one} acts={acts} texts={texts} />}
      </details>
    </li>
  );
}

export interface TargetsProps {
  readonly conversations: readonly Conversation[];
  /** How many there were besides, which are not kept one by one. */
  readonly more: number;
  readonly selection: Selection;
  readonly withDevice: boolean;
  readonly acts: Acts | null;
  readonly texts: Texts;
}

export function Targets({ conversations, more, ...rest }: TargetsProps) {
  const { t } = rest.texts;
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <>
      <h3>{t('detail.targets', { n: conversations.length + more })}</h3>
      <ul class="targets">
        {conversations.slice(0, LISTED).map((one) => (
          <Row
            key={one.id}
            {...rest}
            one={one}
            open={opened === one.id}
            onOpen={(open) => setOpened((before) => (open ? one.id : before === one.id ? null : before))}
          />
        ))}
      </ul>
      {conversations.length > LISTED && <p class="muted">{t('detail.more', { n: conversations.length - LISTED })}</p>}
      {more > 0 && <p class="muted">{t('detail.summed', { n: more })}</p>}
    </>
  );
}
