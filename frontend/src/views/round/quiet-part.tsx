// SPDX-License-Identifier: MIT
// The quiet minute on a device: what it began itself, once the time is up, for until then nobody is to look.

import { Chattiest, Dots, ownDots } from '../../parts/round/quiet-minute';
import { Say } from '../../parts/round/round-words';
import type { PartProps } from './round-panel';

const THINGS = 5;

export function QuietPart(props: PartProps) {
  const { playing, t } = props;
  const own = ownDots(props);
  if (playing) return <Say kind="quiet" t={t} />;
  return (
    <>
      <Dots {...props} />
      {own !== '' && <p>{own}</p>}
      <Chattiest {...props} limit={THINGS} />
    </>
  );
}
