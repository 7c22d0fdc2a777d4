// SPDX-License-Identifier: MIT
// Finnish: the start, Now. `one | {n} many`: see Translate.

export const landing = {
  'landing.what': 'Katso suorana, kenen kanssa tämän verkon laitteet puhuvat.',
  'landing.thickest': 'Eniten dataa juuri nyt',
  'landing.others': 'kaikki muu',
  'landing.yours': 'Mikä näistä on sinun?',
  'landing.find':
    'Avaa mikä tahansa sivu tai sovellus tällä laitteella. Heti kun laite näkyy täällä, tämä sivu kertoo, mikä se on.',
  'landing.localText':
    'Avaa tämä sivu puhelimella tai tietokoneella, joka on tässä verkossa: se kertoo, mikä laite on sinun.',
  'landing.you': 'Sinä olet',
  'landing.screen': 'Tässä verkossa tämä näyttö on',
  'landing.youMade': 'Keksitty nimi. Muutkin näkevät sen, mutta vain sinun näytölläsi lukee, että se olet sinä.',
  'landing.youText': 'Muutkin näkevät laitteesi tällä nimellä.',
  'landing.lately': 'Viiden viime minuutin aikana: {companies}, {ads}.',
  'landing.lately.companies': 'yksi yritys | {n} yritystä',
  'landing.lately.ads': 'mainontaan ja seurantaan liittyviä yksi | mainontaan ja seurantaan liittyviä {n}',
  'landing.lately.noAds': 'mainontaan ja seurantaan liittyviä ei yhtään',
  'landing.lately.most': 'Eniten dataa tähän mennessä: {company}.',
  'landing.lately.none': 'Laitteesi on ollut hiljaa viisi minuuttia.',
  'landing.yourPage': 'Mitä laitteeni tekee',
  'landing.leftOut': 'Sinut on jätetty pois tästä kuvasta',
  'landing.leftOut.show': 'Näytä laitteeni taas',
  'landing.flows': 'Kuka puhuu kenelle juuri nyt',
  'landing.map': 'Missä päin maailmaa kohteet ovat',
  'landing.domains': 'Sivustojen nimet, joita laitteet kysyvät',
  'landing.devices': 'Mitä laitteita täällä on ja paljonko liikennettä',
  'landing.connections': 'Jokainen yhteys erikseen, uteliaille',
  'landing.display': 'Suurelle näytölle: näyttää näkymät vuorotellen',

  'check.title': 'Voiko tämä verkko lukea niiden sivustojen nimet, joilla käyt?',
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
