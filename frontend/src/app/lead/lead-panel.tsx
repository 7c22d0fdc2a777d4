// SPDX-License-Identifier: MIT
// Where whoever leads the room signs in, and out again.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Hello } from '../../feed/hello';
import type { Translate } from '../../i18n';
import '../../i18n/later';
import { usePanel } from '../../parts/use-panel';
import '../../style/lead.css';
import { ask } from './ask';
import { Links } from './links';
import { Refusal, type Refused } from './refusal';

/** What makes one on the broadcaster's machine. */
const COMMAND = 'sudo connvis-broadcaster --set-passphrase';

/** Why one cannot sign in here, if so. */
function Impossible({ why, t }: { readonly why: string; readonly t: Translate }) {
  if (why === 'no-tls') return <p>{t('lead.noTls')}</p>;
  return (
    <>
      <p>{t('lead.none')}</p>
      <p>
        <code class="lead-command">{COMMAND}</code>
      </p>
    </>
  );
}

/** True until the time is over for which the broadcaster wants nothing to be tried. */
function useWait(refused: Refused | null): boolean {
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    setWaiting(refused !== null && refused.wait > 0);
    if (!refused) return undefined;
    const timer = setTimeout(() => setWaiting(false), refused.wait * 1000);
    return () => clearTimeout(timer);
  }, [refused]);
  return waiting;
}

function SignIn({ onDone, t }: { readonly onDone: () => void; readonly t: Translate }) {
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const waiting = useWait(refused);
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    const passphrase = field.current?.value ?? '';
    if (busy || waiting || passphrase === '') return;
    setBusy(true);
    setRefused(null);
    void ask('sign-in', passphrase).then((asked) => {
      setBusy(false);
      if (asked.done) onDone();
      else {
        setRefused(asked);
        field.current?.select();
      }
    });
  };
  return (
    <form class="lead-form" onSubmit={onSubmit}>
      <label class="lead-field">
        <span>{t('lead.passphrase')}</span>
        <input
          ref={field}
          type={shown ? 'text' : 'password'}
          name="passphrase"
          autocomplete="current-password"
          autocapitalize="none"
          spellcheck={false}
          required
        />
      </label>
      <label class="check">
        <input type="checkbox" checked={shown} onChange={(event) => setShown(event.currentTarget.checked)} />
        <span>{t('lead.show')}</span>
      </label>
      <button type="submit" class="button" aria-disabled={busy || waiting}>
        {t(busy ? 'lead.checking' : 'lead.signIn')}
      </button>
      <Refusal refused={refused} t={t} />
    </form>
  );
}

function SignedIn({ onDone, onDesk, t }: Pick<LeadPanelProps, 'onDesk' | 't'> & { readonly onDone: () => void }) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const leave = (where: 'here' | 'everywhere') => () =>
    void ask('sign-out', where).then((asked) => {
      // who is signed out already wanted nothing else
      if (asked.done || asked.fault === 'not-signed-in') onDone();
      else setRefused(asked);
    });
  return (
    <>
      <p>{t('lead.signedIn')}</p>
      <div class="lead-buttons">
        <button type="button" class="button" onClick={onDesk}>
          {t('lead.desk')}
        </button>
        <button type="button" class="button" onClick={leave('here')}>
          {t('lead.signOut')}
        </button>
        <button type="button" class="button" onClick={leave('everywhere')}>
          {t('lead.signOutAll')}
        </button>
      </div>
      <Refusal refused={refused} t={t} />
    </>
  );
}

export interface LeadPanelProps {
  /** What the broadcaster has said; null before that. */
  readonly hello: Hello | null;
  /** Who one is may be another: the connection begins anew. */
  readonly onChanged: () => void;
  readonly onClose: () => void;
  /** Shows what one leads from. */
  readonly onDesk: () => void;
  readonly t: Translate;
  readonly locale: string;
}

/** What stands in the panel. */
export function Lead({ hello, onChanged, onClose, onDesk, t, locale }: LeadPanelProps) {
  const onLeft = (): void => {
    onChanged();
    onClose();
  };
  if (!hello) return <p>{t('lead.early')}</p>;
  if (hello.role === 'facilitator')
    return (
      <>
        <SignedIn onDone={onLeft} onDesk={onDesk} t={t} />
        <Links t={t} locale={locale} />
      </>
    );
  return (
    <>
      <p>{t('lead.intro')}</p>
      {hello.signIn === 'yes' ? <SignIn onDone={onChanged} t={t} /> : <Impossible why={hello.signIn} t={t} />}
    </>
  );
}

export default function LeadPanel({ onClose, ...lead }: LeadPanelProps) {
  const { t } = lead;
  const panel = useRef<HTMLElement>(null);
  const close = usePanel(panel, onClose);
  useEffect(() => panel.current?.focus(), []);
  return (
    <aside class="detail lead-panel" ref={panel} tabIndex={-1} aria-label={t('lead.open')}>
      <header>
        <h2>{t('lead.open')}</h2>
        <button type="button" class="icon" aria-label={t('app.close')} onClick={close}>
          ×
        </button>
      </header>
      <Lead {...lead} onClose={close} />
    </aside>
  );
}
