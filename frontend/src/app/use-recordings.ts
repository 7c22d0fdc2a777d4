// SPDX-License-Identifier: MIT
// Recordings as the page's state.

import { useEffect, useMemo, useState } from 'preact/hooks';
import { fileName, saveFile } from '../parts/save-file';
import type { Live } from '../store/live';
import type { Refusal } from '../record/recording';
import { FILE_BYTES } from '../record/recording-limits';
import type { Playback, ToRecorder } from '../record/recorder-messages';

export interface Recordings {
  readonly playback: Playback | null;
  /** Why the last file was refused. */
  readonly refusal: Refusal | null;
  readonly save: (pseudonymised: boolean) => void;
  readonly open: (file: File) => void;
  readonly tell: (message: ToRecorder) => void;
}

export function useRecordings(live: Live): Recordings {
  const [playback, setPlayback] = useState<Playback | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [tell, setTell] = useState<((message: ToRecorder, hand?: Transferable[]) => void) | null>(null);
  useEffect(() => {
    const send = live.record((message) => {
      if (message.kind === 'playback') setPlayback(message.playback);
      else if (message.kind === 'refused') setRefusal(message.why);
      else
        saveFile(
          new Blob([message.file], { type: 'application/octet-stream' }),
          fileName('recording', new Date(), 'connvis'),
        );
    });
    setTell(() => send);
  }, [live]);
  const acts = useMemo(
    () => ({
      save: (pseudonymised: boolean) => tell?.({ kind: 'save', pseudonymised }),
      open: (file: File) => {
        setRefusal(file.size > FILE_BYTES ? 'large' : null);
        if (file.size > FILE_BYTES) return;
        file.arrayBuffer().then(
          (bytes) => tell?.({ kind: 'load', file: bytes }, [bytes]),
          () => setRefusal('broken'),
        );
      },
      tell: (message: ToRecorder) => tell?.(message),
    }),
    [tell],
  );
  return { playback, refusal, ...acts };
}
