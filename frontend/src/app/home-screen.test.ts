// SPDX-License-Identifier: MIT
// What a phone needs to put the page on its home screen.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const fileOf = (path: string): Buffer => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
const page = fileOf('index.html').toString();
const hrefOf = (rel: string): string => new RegExp(`<link rel="${rel}"[^>]* href="([^"]+)"`).exec(page)?.[1] ?? '';
const sheet = fileOf('src/style/tokens.css').toString();
const groundOf = (selector: string): string =>
  sheet.split(`\n${selector} {`)[1]?.match(/--ground: (#[0-9a-f]{6});/)?.[1] ?? 'none';

interface Manifest {
  readonly [member: string]: unknown;
  readonly icons: readonly { readonly src: string; readonly type: string; readonly sizes: string; purpose?: string }[];
}

const manifest = JSON.parse(fileOf(`public${hrefOf('manifest')}`).toString()) as Manifest;

/** Of an image, as `192x192`; `any` of a square drawing. */
function sizeOf(path: string): string {
  const bytes = fileOf(path);
  if (path.endsWith('.svg')) return /^<svg [^>]*viewBox="0 0 (\d+) \1"/.test(bytes.toString()) ? 'any' : 'not square';
  // https://www.w3.org/TR/png-3/#11IHDR
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

describe('the manifest', () => {
  it('opens the page wherever it is served from, without what a browser puts around it', () => {
    expect(manifest).toMatchObject({ name: 'connvis', short_name: 'connvis', display: 'standalone' });
    const at = (member: string): string => new URL(String(manifest[member]), 'https://host/below/x.webmanifest').href;
    expect([at('start_url'), at('scope')]).toEqual(['https://host/below/', 'https://host/below/']);
  });

  it('is fetched with the cookie of who may watch by it', () => {
    expect(page).toMatch(/<link rel="manifest"[^>]* crossorigin="use-credentials"/);
  });

  it('has the icons that it names, as large as it says, and those that phones ask for', () => {
    for (const { src, type, sizes } of manifest.icons) {
      expect(sizeOf(`public/${src}`), src).toBe(sizes);
      expect(type).toBe(src.endsWith('.svg') ? 'image/svg+xml' : 'image/png');
    }
    expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512', 'any']));
    expect(manifest.icons.filter(({ purpose }) => purpose === 'maskable')).toHaveLength(1);
    expect(sizeOf(`public${hrefOf('apple-touch-icon')}`)).toBe('180x180');
    expect(sizeOf(`public${hrefOf('icon')}`)).toBe('any');
  });
});

it('what is drawn around the page has the colour of its ground', () => {
  const colours = [
    ...page.matchAll(/<meta name="theme-color" content="([^"]+)" media="\(prefers-color-scheme: (\w+)\)"/g),
  ];
  const [light, dark] = [groundOf(':root'), groundOf(":root[data-theme='dark']")];
  expect(colours.map(([, colour, scheme]) => [scheme, colour])).toEqual([
    ['light', light],
    ['dark', dark],
  ]);
  expect([manifest['theme_color'], manifest['background_color']]).toEqual([light, light]);
});
