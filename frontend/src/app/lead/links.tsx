// SPDX-License-Identifier: MIT
// The links by which others may watch: made, shown once, and revoked by whoever leads the room.

import '../../i18n/later';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Translate } from '../../i18n';
import { codeOf, joinOf } from '../../views/display/join-code';
import { CopyLink } from '../copy-link';
import { ask } from './ask';
import { joinUrl, readLink, readLinks, writeWish, type JoinLink, type Wish } from './join-link';
import { Refusal, type Refused } from './refusal';

/** Between two looks at who watches by them. Milliseconds. */
const LOOK = 5000;
const HOURS = [1, 8, 24, 168] as const;
const DAY = 24;

function lasts(hours: number, t: Translate): string {
  return hours < DAY ? t('lead.lasts.hours', { n: hours }) : t('lead.lasts.days', { n: hours / DAY });
}

interface TextProps {
  readonly t: Translate;
}

/** As people point their phones at it. */
function Code({ text }: { readonly text: string }) {
  const { size, path } = useMemo(() => codeOf(text), [text]);
  return (
    <svg class="lead-code" viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** The only time that it is seen. here: this page's address. */
export function MadeLink({ link, here, t }: TextProps & { readonly link: JoinLink; readonly here: URL }) {
  const box = useRef<HTMLDivElement>(null);
  const url = joinUrl(here.href.replace(/#.*/, ''), link.token);
  // on a phone there is little room for the panel
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [link.token]);
  return (
    <div class="lead-made" ref={box}>
      <p>{t('lead.made')}</p>
      {!joinOf(here) && <p>{t('lead.madeLocal')}</p>}
      <Code text={url} />
      <CopyLink link={() => url} copy="lead.copy" field="lead.field" t={t} />
    </div>
  );
}

interface MakeProps extends TextProps {
  readonly onWish: (wish: Wish) => void;
}

function Make({ onWish, t }: MakeProps) {
  const [role, setRole] = useState<Wish['role']>('display');
  const [hours, setHours] = useState<number>(HOURS[1]);
  const [once, setOnce] = useState(false);
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    onWish({ role, once, hours });
  };
  return (
    <form class="lead-form" onSubmit={onSubmit}>
      <label class="lead-field">
        <span>{t('lead.for')}</span>
        <select value={role} onChange={(event) => setRole(event.currentTarget.value === 'guest' ? 'guest' : 'display')}>
          <option value="display">{t('lead.for.display')}</option>
          <option value="guest">{t('lead.for.guest')}</option>
        </select>
      </label>
      {role === 'guest' && (
        <label class="lead-field">
          <span>{t('lead.lasts')}</span>
          <select value={hours} onChange={(event) => setHours(Number(event.currentTarget.value))}>
            {HOURS.map((n) => (
              <option key={n} value={n}>
                {lasts(n, t)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="check">
        <input type="checkbox" checked={once} onChange={(event) => setOnce(event.currentTarget.checked)} />
        <span>{t('lead.once')}</span>
      </label>
      <button type="submit" class="button">
        {t('lead.make')}
      </button>
    </form>
  );
}

interface ListProps extends TextProps {
  readonly links: readonly JoinLink[];
  readonly onRevoke: (id: string) => void;
  readonly locale: string;
}

/** What there is to know of one, in a line. */
function aboutLink(link: JoinLink, t: Translate, locale: string): string {
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
  return [
    link.until === null ? t('lead.link.forever') : t('lead.link.until', { time: time.format(link.until) }),
    ...(link.once ? [t(link.used ? 'lead.link.used' : 'lead.link.once')] : []),
    ...(link.viewers > 0 ? [t('lead.link.watching', { n: link.viewers })] : []),
  ].join(' · ');
}

export function LinkList({ links, onRevoke, t, locale }: ListProps) {
  if (links.length === 0) return <p class="muted">{t('lead.links.none')}</p>;
  return (
    <ul class="lead-links">
      {links.map((link) => (
        <li key={link.id}>
          <p>
            <strong>{t(`lead.for.${link.role}`)}</strong> <small>{aboutLink(link, t, locale)}</small>
          </p>
          <button type="button" class="button" onClick={() => onRevoke(link.id)}>
            {t('lead.revoke')}
            <span class="visually-hidden"> {link.id}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Links({ t, locale }: TextProps & { readonly locale: string }) {
  const [links, setLinks] = useState<readonly JoinLink[] | null>(null);
  const [made, setMade] = useState<JoinLink | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const look = useCallback(async () => {
    const asked = await ask('links', 'list');
    if (asked.done) setLinks(readLinks(asked.result.links));
  }, []);
  useEffect(() => {
    void look();
    const timer = setInterval(() => void look(), LOOK);
    return () => clearInterval(timer);
  }, [look]);
  const act = async (words: string): Promise<void> => {
    const asked = await ask('links', words);
    setRefused(asked.done ? null : asked);
    setMade(asked.done && words.startsWith('make ') ? readLink(asked.result) : null);
    await look();
  };
  return (
    <section class="lead-section" aria-label={t('lead.others')}>
      <h3>{t('lead.others')}</h3>
      <p>{t('lead.othersText')}</p>
      <Make onWish={(wish) => void act(`make ${writeWish(wish)}`)} t={t} />
      <Refusal refused={refused} t={t} />
      {made && <MadeLink link={made} here={new URL(document.baseURI)} t={t} />}
      <h3>{t('lead.links')}</h3>
      {links && <LinkList links={links} onRevoke={(id) => void act(`revoke ${id}`)} t={t} locale={locale} />}
    </section>
  );
}
