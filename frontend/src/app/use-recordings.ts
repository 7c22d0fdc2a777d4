// SPDX-License-Identifier: MIT
// Recordings as the page's state.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fileName, saveFile } from '../parts/save-file';
import type { Live } from '../store/live';
import type { Refusal } from '../record/recording';
import { FILE_BYTES } from '../record/recording-limits';
import type { FromRecorder, Playback, ToRecorder } from '../record/recorder-messages';
import { forgetRecording, keepPlace, keepRecording, recallRecording } from './kept-recording';

export interface Recordings {
  readonly playback: Playback | null;
  /** Why the last file was refused. */
  readonly refusal: Refusal | null;
  readonly save: (pseudonymised: boolean) => void;
  readonly open: (file: File) => void;
  readonly tell: (message: ToRecorder) => void;
}

type Tell = (message: ToRecorder, hand?: Transferable[]) => void;

/** A reload goes on where the recording stood; where the browser keeps nothing, it asks before that is lost. */
function useReload(playback: Playback | null, kept: boolean): void {
  const last = useRef(playback);
  last.current = playback;
  const playing = playback !== null;
  useEffect(() => {
    if (!playing) return undefined;
    const leave = (event: BeforeUnloadEvent): void => {
      if (last.current) keepPlace(last.current);
      if (!kept) event.preventDefault();
    };
    addEventListener('beforeunload', leave);
    return () => removeEventListener('beforeunload', leave);
  }, [playing, kept]);
}

/** Plays what this tab showed before it was loaded anew. */
async function resume(tell: Tell): Promise<boolean> {
  const found = await recallRecording();
  if (!found) return false;
  tell({ kind: 'load', file: found.bytes }, [found.bytes]);
  tell({ kind: 'speed', speed: found.speed });
  tell({ kind: 'seek', at: found.at });
  return true;
}

export function useRecordings(live: Live): Recordings {
  const [playback, setPlayback] = useState<Playback | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [tell, setTell] = useState<Tell | null>(null);
  const [kept, setKept] = useState(false);
  /** A copy of what was opened last, until it plays: one that is refused leaves the one before as it is. */
  const opened = useRef<ArrayBuffer | null>(null);
  useReload(playback, kept);
  useEffect(() => {
    const hear = (message: FromRecorder): void => {
      if (message.kind === 'playback') {
        setPlayback(message.playback);
        if (!message.playback) void forgetRecording();
        else if (opened.current) {
          const bytes = opened.current;
          opened.current = null;
          void forgetRecording()
            .then(() => keepRecording(bytes))
            .then(setKept);
        }
      } else if (message.kind === 'refused') {
        setRefusal(message.why);
        opened.current = null;
      } else {
        saveFile(
          new Blob([message.file], { type: 'application/octet-stream' }),
          fileName('recording', new Date(), 'connvis'),
        );
      }
    };
    const send = live.record(hear);
    setTell(() => send);
    void resume(send).then(setKept);
  }, [live]);
  const acts = useMemo(
    () => ({
      save: (pseudonymised: boolean) => tell?.({ kind: 'save', pseudonymised }),
      open: (file: File) => {
        setRefusal(file.size > FILE_BYTES ? 'large' : null);
        if (file.size > FILE_BYTES) return;
        file.arrayBuffer().then(
          (bytes) => {
            opened.current = bytes.slice(0);
            tell?.({ kind: 'load', file: bytes }, [bytes]);
          },
          () => setRefusal('broken'),
        );
      },
      tell: (message: ToRecorder) => tell?.(message),
    }),
    [tell],
  );
  return { playback, refusal, ...acts };
}
