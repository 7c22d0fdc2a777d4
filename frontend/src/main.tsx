// SPDX-License-Identifier: MIT
import { render } from 'preact';
import { pickLanguage, translator } from './i18n';

const root = document.getElementById('app');
if (root) render(<h1>{translator(pickLanguage(navigator.languages))('title')}</h1>, root);
