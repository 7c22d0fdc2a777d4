// SPDX-License-Identifier: MIT
// The address of what is seen, to be given to somebody. Browsers offer a clipboard to pages of https alone: elsewhere an
// older way is tried (of a field that is hidden it copies nothing), and at last the address is marked, to be copied by hand.

import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Key, Translate } from '../i18n';

type Copied = 'no' | 'yes' | 'byHand';

/** Needs no secure context; old browsers and new ones know it, but none promises that it works. */
function copyMarked(field: HTMLInputElement): boolean {
  field.focus();
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  }
}

async function copy(field: HTMLInputElement): Promise<boolean> {
  // undefined where the context is not secure, whatever the types say
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    if (clipboard) {
      await clipboard.writeText(field.value);
      return true;
    }
  } catch {
    // not allowed: the other way may be
  }
  return copyMarked(field);
}

export interface CopyLinkProps {
  readonly link: () => string;
  /** What the button and the field are called. */
  readonly copy?: Key;
  readonly field?: Key;
  readonly t: Translate;
}

export function CopyLink({ link, copy: copyKey = 'link.copy', field: fieldKey = 'link.field', t }: CopyLinkProps) {
  const field: RefObject<HTMLInputElement> = useRef(null);
  const button = useRef<HTMLButtonElement>(null);
  const [copied, setCopied] = useState<Copied>('no');
  const onCopy = (): void => {
    if (!field.current) return;
    field.current.value = link();
    void copy(field.current).then((done) => {
      setCopied(done ? 'yes' : 'byHand');
      if (done) button.current?.focus();
      else field.current?.select();
    });
  };
  return (
    <>
      <button ref={button} type="button" class="button" onClick={onCopy}>
        {t(copyKey)}
      </button>
      <input ref={field} class="link-field" value={link()} readOnly aria-label={t(fieldKey)} dir="ltr" />
      <p class={copied === 'no' ? 'visually-hidden' : 'muted'} role="status">
        {copied !== 'no' && t(`link.${copied}`)}
      </p>
    </>
  );
}
