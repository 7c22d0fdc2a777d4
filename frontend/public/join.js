// SPDX-License-Identifier: MIT
// Exchanges the link by which somebody has come for a cookie, and goes on to the page. The link stands behind the # of the
// address, so that it comes into no log, and is taken out of it at once. As it is, without a build: who is not at home gets
// nothing else of the page before that.
(function () {
  var said = {
    en: {
      wait: 'One moment…',
      none: 'This address is not whole: the link is missing. Scan the code again, or copy the whole link.',
      'no-link': 'This link does not work, or not any more. Ask for a new one.',
      'link-used': 'This link was good for one device, and another one was first. Ask for a new one.',
      other: 'It did not work. Is the connection there? Scan the code again, or open the link again.',
    },
    fi: {
      wait: 'Hetki vain…',
      none: 'Osoite ei ole kokonainen: linkki puuttuu. Lue koodi uudelleen tai kopioi koko linkki.',
      'no-link': 'Tämä linkki ei toimi tai ei ole enää voimassa. Pyydä uusi.',
      'link-used': 'Tämä linkki oli yhtä laitetta varten, ja toinen laite ehti ensin. Pyydä uusi.',
      other: 'Se ei onnistunut. Toimiiko yhteys? Lue koodi uudelleen tai avaa linkki uudelleen.',
    },
  };
  var language = /^fi/i.test(navigator.language) ? 'fi' : 'en';
  var words = said[language];
  document.documentElement.lang = language;
  function say(what) {
    document.getElementById('said').textContent = words[what] || words.other;
  }
  function go(answer) {
    // on the wall it begins at once; anybody else is where everybody begins
    location.replace(answer.role === 'display' ? './#view=display' : './');
  }
  var found = /^#link=([\w-]{43})$/.exec(location.hash);
  history.replaceState(null, '', location.pathname);
  if (!found) {
    say('none');
    return;
  }
  say('wait');
  var tries = 0;
  function exchange() {
    tries++;
    fetch('api/v1/link', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-connvis' },
      body: found[1],
    }).then(
      function (response) {
        response.json().then(
          function (answer) {
            if (response.ok) go(answer);
            else say(answer.error);
          },
          function () {
            say('other');
          },
        );
      },
      function () {
        // the connection may have been the last of many: once more
        if (tries < 3) setTimeout(exchange, 500);
        else say('other');
      },
    );
  }
  exchange();
})();
