// SPDX-License-Identifier: MIT
import jsqr from 'jsqr';
import { expect, it } from 'vitest';
import { codeOf, fingerprintRows, joinOf } from './join-code';

const at = (url: string): ReturnType<typeof joinOf> => joinOf(new URL(url) as unknown as Location);

it('says what to type', () => {
  expect(at('http://192.168.1.1:8080/#view=display')).toEqual({
    text: '192.168.1.1:8080',
    url: 'http://192.168.1.1:8080/',
  });
  expect(at('https://connvis.example/index.html')).toEqual({
    text: 'https://connvis.example',
    url: 'https://connvis.example/',
  });
  expect(at('http://[fd00::1]/wall/')).toEqual({ text: '[fd00::1]/wall/', url: 'http://[fd00::1]/wall/' });
});

it('cuts a fingerprint where one can keep the place', () => {
  const pairs = Array.from({ length: 32 }, (_, i) => (i * 7).toString(16).padStart(2, '0').toUpperCase());
  const rows = fingerprintRows(pairs.join(':'));
  expect(rows).toHaveLength(4);
  expect(rows.join(':')).toBe(pairs.join(':'));
  expect(fingerprintRows('')).toEqual([]);
});

it.each(['http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]:8080/', 'http://connvis.localhost/'])(
  'does not offer %s, where nobody else can go',
  (url) => {
    expect(at(url)).toBe(null);
  },
);

it.each(['http://192.168.1.1:8080/', `https://${'long.'.repeat(40)}example/`])(
  'draws what a reader reads: %s',
  (url) => {
    const { size, dark, path } = codeOf(url);
    const zoom = 4;
    const pixels = new Uint8ClampedArray((size * zoom) ** 2 * 4).fill(255);
    let modules = 0;
    dark.forEach((row, y) =>
      row.forEach((on, x) => {
        if (!on) return;
        modules += 1;
        for (let i = 0; i < zoom * zoom; i += 1)
          pixels.fill(
            0,
            ((y * zoom + Math.floor(i / zoom)) * size * zoom + x * zoom + (i % zoom)) * 4,
            ((y * zoom + Math.floor(i / zoom)) * size * zoom + x * zoom + (i % zoom)) * 4 + 3,
          );
      }),
    );
    const read = (
      jsqr as unknown as (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null
    )(pixels, size * zoom, size * zoom);
    expect(read?.data).toBe(url);
    expect(path.match(/M/g)).toHaveLength(modules);
  },
);
