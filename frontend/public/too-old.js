// SPDX-License-Identifier: MIT
// Tells the user of a browser that is too old for the page, once and before anything of it runs; src/main.tsx starts nothing then.
// As it is, without a build: such a browser has to understand it. What the page needs: `target` in vite.config.ts.
(function () {
  var needed = {
    'modules': 'noModule' in document.createElement('script'),
    'inflating': typeof DecompressionStream === 'function',
    // of 2022 in all browsers, as much else that is not asked for one by one
    'arrays': typeof Array.prototype.findLast === 'function',
    'sizes': typeof ResizeObserver === 'function',
    'workers': typeof Worker === 'function',
    'sockets': typeof WebSocket === 'function',
    'words': typeof Intl === 'object' && typeof Intl.DisplayNames === 'function'
  };
  var said = [
    ['en', 'This browser is too old for connvis',
      'connvis needs Safari 16.4, Firefox 113, Chrome 103 or Edge 103, or anything newer. Please update this browser, or open this page in another one.'],
    ['fi', 'Tämä selain on liian vanha connvisille',
      'connvis tarvitsee selaimen Safari 16.4, Firefox 113, Chrome 103 tai Edge 103, tai uudemman. Päivitä tämä selain tai avaa sivu toisella selaimella.']
  ];
  var app = document.getElementById('app');
  var missing = false;
  for (var name in needed) if (!needed[name]) missing = true;
  if (!missing || !app) return;
  document.documentElement.setAttribute('data-old', '');
  for (var i = 0; i < said.length; i++) {
    var part = document.createElement('div');
    part.className = 'empty old';
    part.setAttribute('lang', said[i][0]);
    part.appendChild(document.createElement('h2')).appendChild(document.createTextNode(said[i][1]));
    part.appendChild(document.createElement('p')).appendChild(document.createTextNode(said[i][2]));
    app.appendChild(part);
  }
})();
