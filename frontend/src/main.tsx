// SPDX-License-Identifier: MIT
import { render } from 'preact';
import { App } from './app/app';
import './style/page.css';

const root = document.getElementById('app');
// public/too-old.js has told who is here with a browser that is too old
if (root && !document.documentElement.hasAttribute('data-old')) render(<App />, root);
