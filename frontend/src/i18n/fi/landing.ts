// SPDX-License-Identifier: MIT
// Finnish: the start. `one | {n} many`: see Translate.

export const landing = {
  'landing.what': 'connvis näyttää suorana, minne tämän verkon laitteiden liikenne kulkee.',
  'landing.now': 'Nyt {who} {whom} kanssa {where} maassa.',
  'landing.now.nowhere': 'Nyt {who} {whom} kanssa.',
  'landing.now.nobody': 'Yksikään laite ei puhu kenellekään juuri nyt.',
  'landing.now.who': 'yksi laite puhuu | {n} laitetta puhuu',
  'landing.now.whom': 'yhden kohteen | {n} kohteen',
  'landing.now.where': 'yhdessä | {n}',
  'landing.you': 'Tässä verkossa olet',
  'landing.screen': 'Tässä verkossa tämä näyttö on',
  'landing.youMade': 'connvis keksi tämän nimen. Muutkin näkevät laitteesi sillä.',
  'landing.youText': 'Muutkin näkevät laitteesi tällä nimellä.',
  'landing.yourPage': 'Mitä laitteeni tekee',
  'landing.leftOut': 'Sinut on jätetty pois tästä kuvasta',
  'landing.leftOut.show': 'Näytä laitteeni taas',
  'landing.stranger': 'Katsot muualta',
  'landing.ambiguous': 'Tästä ei voi päätellä, mikä laitteista on sinun',
  'landing.local': 'Katsot samalla koneella, jolla connvis toimii',
  'landing.localText':
    'Tästä ei voi päätellä, mikä laitteista on sinun. Avaa sivu laitteella reitittimen osoitteesta, niin se selviää.',
  'landing.flows': 'Kuka puhuu kenelle juuri nyt',
  'landing.map': 'Missä päin maailmaa kohteet ovat',
  'landing.domains': 'Nimet, joita laitteet kysyvät',
  'landing.devices': 'Mitä laitteita täällä on ja paljonko liikennettä',
  'landing.connections': 'Jokainen yhteys, etsittäväksi ja järjestettäväksi',
  'landing.count': 'yhteys | yhteyttä',
  'landing.display': 'Suurelle näytölle: näyttää näkymät vuorotellen',

  'check.title': 'Näkeekö tämä verkko, mitä sivustoja ja palveluja laitteesi kysyy?',
  'check.stranger': 'Se ei näe tätä laitetta',
  'check.stranger.text': 'Liitä laite tähän verkkoon, niin se selviää.',
  'check.ambiguous': 'Sitä ei voi tietää, kun kaikki verkot näkyvät yhdessä',
  'check.ambiguous.text': 'Valitse oma verkkosi, niin se selviää.',
  'check.local': 'Täältä sitä ei voi tietää',
  'check.local.text': 'Avaa tämä sivu laitteella reitittimen osoitteesta, niin se selviää.',
  'check.blind': 'Se ei katso',
  'check.blind.text': 'connvis ei lue täällä nimikyselyjä, joten se ei voi tietää.',
  'check.seen': 'Kyllä',
  'check.seen.text':
    'Ennen kuin laitteesi puhuu palvelulle, se kysyy tältä verkolta salaamatta, mikä osoite nimellä on. Se on tavallista.',
  'check.partly': 'Osan niistä',
  'check.partly.text': 'Se näkee osan nimistä. Muut kyselyt ovat salattuja, tai laitteesi tietää osoitteet jo.',
  'check.hidden': 'Ei: laitteesi piilottaa ne',
  'check.hidden.text':
    'Laitteesi kysyy nimiä salatusta palvelusta tai kulkee välityspalvelun kautta. Verkko näkee, minne se puhuu, mutta ei nimiä.',
  'check.clear': 'Ei, mutta muut voivat',
  'check.clear.text':
    'Laitteesi kysyy muualla olevalta palvelimelta salaamatta: kuka tahansa matkan varrella voi lukea sen, tämä reititin ei näe sitä.',
  'check.unseen': 'Ei',
  'check.unseen.text':
    'Laitteesi puhuu, mutta ei ole vähään aikaan kysynyt tältä verkolta yhtään nimeä. Se voi kysyä muualta tai tietää osoitteet jo.',
  'check.quiet': 'Vielä ei voi sanoa',
  'check.quiet.text': 'Avaa sivu, jolla et ole tänään käynyt, ja katso uudestaan.',
  'check.last': 'Kysyi viimeksi: {age}.',
  'check.share': 'Toisen pään nimeä ei tiedetä täällä {percent}:ssa sen keskusteluista.',
} as const;
