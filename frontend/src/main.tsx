// SPDX-License-Identifier: MIT
import { render } from 'preact';
import { App } from './app/app';
import { firstLanguage } from './app/preferences';
import { loadWords } from './i18n';
import './style/page.css';

const root = document.getElementById('app');
// public/too-old.js has told who is here with a browser that is too old
if (root && !document.documentElement.hasAttribute('data-old')) {
  const begin = (): void => render(<App />, root);
  // English is there in any case
  loadWords(firstLanguage()).then(begin, begin);
}
