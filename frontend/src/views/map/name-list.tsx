// SPDX-License-Identifier: MIT
// The first few of a list of names from outside: each stands for itself, whatever direction it is written in, and however long it is.

const LETTERS = 60;

function short(word: string): string {
  const letters = [...word.slice(0, 4 * LETTERS)];
  return letters.length > LETTERS ? `${letters.slice(0, LETTERS - 1).join('')}…` : word;
}

export function NameList({ words, most }: { readonly words: readonly string[]; readonly most: number }) {
  return (
    <>
      {words.slice(0, most).map((word, i) => (
        <>
          {i > 0 && ', '}
          <bdi>{short(word)}</bdi>
        </>
      ))}
      {words.length > most && ` +${words.length - most}`}
    </>
  );
}
