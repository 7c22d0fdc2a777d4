// SPDX-License-Identifier: MIT
import { defineConfig } from 'vitest/config';
import { worldMaps } from './world-maps';

export default defineConfig({
  base: './',
  plugins: [worldMaps()],
  build: {
    // Safari 16.4, Firefox 113, Chromium 103 and what is newer.
    target: ['safari16.4', 'firefox113', 'chrome103'],
    assetsInlineLimit: 0,
    // WebKit keeps a link's fetch that came to nothing, and waits for it for good on the next pages, too.
    modulePreload: false,
    reportCompressedSize: true,
  },
  // Firefox 113 has no module workers.
  worker: { format: 'iife' },
  server: {
    // `npm run dev` shows the page of this folder with the feed of a running connvis.
    proxy: { '/feed': { target: process.env.CONNVIS ?? 'http://127.0.0.1:8080', ws: true } },
  },
  // a machine that is busy otherwise is no fault of the page
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    setupFiles: ['src/i18n/every-language.ts'],
    testTimeout: 30_000,
  },
});
