// SPDX-License-Identifier: MIT
// Sentences about what the viewer may have done, and what came of it.

import { renderToString } from 'preact-render-to-string';
import { OFFLINE } from '../../feed/errands';
import type { Key } from '../../i18n';
import { formatter } from '../../i18n/format';
import { endedSaid, namedSaid, unnamedSaid } from '../../parts/act-said';
import { Outcome } from '../../parts/outcome';
import { faultSaid, type Said } from '../../parts/use-act';
import type { Acts } from '../../store/acts';
import type { Keeper, Wish } from '../../store/myself';
import { Row } from '../../views/detail/targets';
import { selected, type Shown, type Words } from './shown-page';
import { sentence as so, type Sentence } from './sentence';

const acts: Acts = { leads: false, may: () => true, ask: () => new Promise(() => undefined), own: null };
const ann: Shown = { view: 'device', alias: 'Ann', acts };
const OWN = '192.0.2.11';

const says =
  (said: Said) =>
  ({ t }: Words): string =>
    renderToString(<Outcome said={said} id="a" place={null} t={t} />);
const refused = (fault: string) => says(faultSaid(fault));
const ELSE = refused('not-understood');

/** A conversation of Ann's in the panel of details, opened. */
const opened =
  (may: Acts | null) =>
  async (words: Words): Promise<string> => {
    const selection = await selected({ view: 'flows' });
    const texts = { ...words, format: formatter(words.locale, words.t) };
    const [one] = selection.held;
    if (!one) throw new Error('nobody talks');
    return renderToString(<Row {...{ one, selection, texts }} acts={may} withDevice open onOpen={() => undefined} />);
  };

const ended = (counts: Readonly<Record<string, number>>) =>
  says({ ...endedSaid({ alias: 'Mila', ended: 2, gone: 1, kept: 0, left: 0, ...counts }), bad: false });

const FAULTS: readonly (readonly [when: string, key: Key, fault: string])[] = [
  ['there is no letter in the name', 'fault.empty', 'name-empty'],
  ['the name is too long', 'fault.long', 'name-long'],
  ['it is too long for any name', 'fault.long', 'too-long'],
  ['part of the name cannot be seen', 'fault.unseen', 'name-unseen'],
  ['another device is called so', 'fault.taken', 'name-taken'],
  ['names are locked', 'fault.locked', 'names-locked'],
  ['it is the device of somebody else', 'fault.other', 'other-device'],
  ['it is a repeater, or behind one', 'fault.many', 'many-behind'],
  ['the device has gone', 'fault.gone', 'device-gone'],
  ['the conversation has gone', 'fault.over', 'conversation-gone'],
  ['nobody knows which device asks', 'fault.unknown', 'no-device'],
  ['the configuration does not allow it', 'fault.off', 'not-allowed'],
  ['the collector may not', 'fault.cannot', 'end-rights'],
  ['its sandbox keeps it from that', 'fault.cannot', 'end-sandbox'],
  ['the kernel cannot', 'fault.cannot', 'end-kernel'],
  ['somebody else has the table', 'fault.cannot', 'end-foreign'],
  ['the kernel refuses it', 'fault.cannot', 'end-failed'],
  ['too much was ended at once', 'fault.full', 'end-full'],
  ['the table is being emptied', 'fault.flushing', 'flush-busy'],
  ['the role may only watch', 'fault.watching', 'only-watching'],
  ['one asks too much', 'fault.wait', 'too-fast'],
  ['all together ask too much', 'fault.wait', 'busy'],
  ['there is no collector', 'fault.away', 'no-collector'],
  ['there is no Redis', 'fault.away', 'no-redis'],
  ['no answer came', 'fault.silent', 'no-answer'],
  ['there is no connection', 'fault.offline', OFFLINE],
];

const wants = (wish: Wish, keptBy: Keeper): Shown => ({
  ...ann,
  acts: { ...acts, own: { wish, chosen: null, keptBy } },
  address: OWN,
});
const start = (wish: Wish, keptBy: Keeper): Shown => ({ ...wants(wish, keptBy), view: 'landing', alias: null });

const SEEN: readonly Sentence[] = [
  so(
    'the viewer holds the device',
    ['act.wish', 'act.wish.shown.text', 'act.wish.hidden.text', 'act.wish.left-out.text'],
    wants('shown', 'mac'),
    { ...ann, acts: null },
  ),
  so('its MAC is made up', 'act.wish.by.random-mac', wants('shown', 'random-mac'), wants('shown', 'mac')),
  so('it has no MAC', 'act.wish.by.address', wants('shown', 'address'), wants('shown', 'mac')),
  so('nothing can be kept', 'act.wish.by.run', wants('shown', 'run'), wants('shown', 'mac')),
  so('it was done', 'act.wish.done', says({ key: 'act.wish.done', values: {}, bad: false }), ELSE),
  so('it is left out', 'landing.leftOut', start('left-out', 'mac'), start('shown', 'mac')),
];

export const ACTS: readonly Sentence[] = [
  ...SEEN,
  so('the viewer holds the device', ['act.own', 'act.name.hint'], { ...ann, address: OWN }, { ...ann, acts: null }),
  so('the viewer leads, and somebody else holds it', 'act.any', ann, { ...ann, address: OWN }),
  so('it was given a name', 'act.named', says({ ...namedSaid({ alias: 'Leena' }), bad: false }), ELSE),
  so('it got its own name back', 'act.unnamed', says({ ...unnamedSaid({ alias: 'Mila' }), bad: false }), ELSE),
  so('all of the device may be ended', 'act.endAll.ask', ann, { ...ann, acts: null }),
  so('some were ended', 'act.ended', ended({}), ended({ ended: 0 })),
  so('all of them had ended', 'act.ended.none', ended({ ended: 0 }), ended({})),
  so('the kernel keeps some', 'act.ended.kept', ended({ kept: 1 }), ended({})),
  so('there is no room to end them all', 'act.ended.left', ended({ left: 1, kept: 1 }), ended({ kept: 1 })),
  so('a conversation may be ended', 'act.end.hint', opened(acts), opened(null)),
  ...FAULTS.map(([when, key, fault]) => so(when, key, refused(fault), ELSE)),
  so('it is refused for what this page does not know', 'fault.else', refused('of-a-later-version'), refused('busy')),
];
