// SPDX-License-Identifier: MIT
import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { translator } from '../../i18n';
import { emptyFields } from '../../store/fields';
import type { Mark, Room } from '../../store/rows';
import { RoomBand } from './room-band';

const MINUTE = 60_000;
const mark = (at: number, text: string): Mark => ({ ...(emptyFields('marks') as Mark), at, text });

const shown = (now: number, marks: readonly Mark[]): string =>
  renderToString(
    <RoomBand
      room={emptyFields('room') as Room}
      selection={{ now, date: 0, marks }}
      pictured={now}
      t={translator('en')}
      locale="en"
    />,
  );

it('shows the newest mark to all, for a minute', () => {
  const marks = [mark(1000, 'before'), mark(2000, 'We opened a page')];
  expect(shown(2000, marks)).toContain('We opened a page');
  expect(shown(2000, marks)).not.toContain('before');
  expect(shown(2000 + MINUTE - 1, marks)).toContain('We opened a page');
  expect(shown(2000 + MINUTE, marks)).toBe('');
  expect(shown(0, [])).toBe('');
});
