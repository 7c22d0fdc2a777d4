// SPDX-License-Identifier: MIT
// Finnish: the frame around the views. `one | {n} many`: see Translate.

export const shell = {
  title: 'connvis',
  'view.landing': 'Nyt',
  'view.flows': 'Virrat',
  'view.map': 'Kartta',
  'view.domains': 'Nimet',
  'view.devices': 'Laitteet',
  'view.device': 'Laite',
  'view.connections': 'Yhteydet',
  'view.desk': 'Ohjauspöytä',
  'view.display': 'Seinälle',
  'view.switch': 'Näkymä',

  'app.skip': 'Siirry kuvaan',
  'app.situation': 'Tilanne, ja mitä näytetään',
  'app.pause': 'Keskeytä',
  'app.resume': 'Jatka',
  'app.theme.light': 'Vaihda vaaleaan',
  'app.theme.dark': 'Vaihda tummaan',
  'app.language': 'Kieli',
  'app.close': 'Sulje',
  'app.options': 'Asetukset',
  'app.settings': 'Ulkoasu ja kieli',

  'who.label': 'Kenen liikenne',
  'who.all': 'Kaikki laitteet',
  'who.me': 'Tämä laite ({name})',
  'who.me.unknown': 'Tämä laite',
  'who.me.ambiguous':
    'Useammassa verkossa on laite, jolla on sinun osoitteesi. Valitse oma verkkosi, niin laitteesi näkyy.',
  'who.me.missing':
    'Tämä laite ei ole niiden joukossa, jotka connvis näkee täällä. Se voi olla toisessa verkossa, tai se ei ole vielä lähettänyt mitään.',
  'who.missing': '{name} ei ole nyt täällä',

  'filter.label': 'Mitä näytetään',
  'filter.more': 'Rajaa',
  'kind.label': 'Minkälaista',
  'kind.all': 'Kaikki luokat',
  'kind.tracking': 'Mainokset ja seuranta',
  'kind.hiding': 'Nimet piilossa',
  'find.label': 'Etsi nimellä, yrityksellä, paikalla tai osoitteella',
  'find.placeholder': 'Etsi…',

  'status.live': 'Suorana',
  'status.recording': 'Tallenne, ei suora',
  'status.paused': 'Keskeytetty',
  'status.pausedSince': 'Keskeytetty kello {time}',
  'status.behind': '{age} jäljessä',
  'status.connecting': 'Yhdistetään…',
  'status.catching': 'Haetaan tilannetta…',
  'status.waiting': 'Odotetaan, että reitittimen keräin käynnistyy',
  'status.reconnecting': 'Yhteys katkesi, yritetään uudelleen…',
  'status.failed': 'Osa tästä sivusta kaatui, käynnistetään se uudelleen…',
  'status.refused': 'Pääsy evätty: {reason}. Yritetään…',
  'status.ended': 'Linkki, jolla tämä sivu oli avattu, ei ole enää voimassa',
  'status.stale': 'Reititin on ollut hiljaa {age}: kuva on vanha',
  'status.since': 'Reititin on ollut hiljaa kello {time} alkaen: kuva on vanha',
  'status.stored': 'Reititin on hiljaa: tämä on viimeinen kuva, jonka se lähetti',
  'status.newer': 'Tämä sivu on vanhempi kuin palvelin: lataa se uudelleen',

  'notice.label': 'Tietoa tästä kuvasta',
  'notice.signedOut': 'Sinut on kirjattu ulos: tämä sivu ei enää ohjaa huonetta.',
  'notice.rivals': 'Kaksi keräintä lähettää nimellä ”{site}”. Pysäytä toinen tai anna sille toinen nimi.',
  'notice.machine': 'Näet vain tämän koneen: se ei reititä kenenkään muun liikennettä.',
  'notice.accounting': 'Ydin ei laske tavuja täällä. Aseta net.netfilter.nf_conntrack_acct=1, niin määrät näkyvät.',
  'notice.full':
    'Yksi asia ei mahtunut keräimen rajoihin, eikä sitä näytetä. | {n} asiaa ei mahtunut keräimen rajoihin, eikä niitä näytetä.',
  'notice.losses':
    'Ydin ei kerran pysynyt mukana; kuva korjattiin heti. | Ydin ei pysynyt mukana {n} kertaa; kuva korjattiin joka kerta.',
  'notice.dropped':
    'Yksi päivitys katosi matkalla; koko kuva seurasi. | {n} päivitystä katosi matkalla; koko kuva seurasi.',
  'notice.zeroed':
    'Toinen ohjelma nollasi ytimen laskurin: vähän sitä edeltävää liikennettä voi puuttua tästä. | Muut ohjelmat nollasivat ytimen laskureita {n} kertaa: vähän niitä edeltävää liikennettä voi puuttua tästä.',
  'notice.gap.seconds':
    'connvis käynnistettiin uudelleen: sitä edeltäneen sekunnin aikana päättynyt puuttuu summista. | connvis käynnistettiin uudelleen: sitä edeltäneiden {n} sekunnin aikana päättynyt puuttuu summista.',
  'notice.gap.minutes':
    'connvis käynnistettiin uudelleen: sitä edeltäneen minuutin aikana päättynyt puuttuu summista. | connvis käynnistettiin uudelleen: sitä edeltäneiden {n} minuutin aikana päättynyt puuttuu summista.',
  'notice.unlisted':
    'Yhteyksiä on liikaa lueteltaviksi: vanhin puuttuu luettelosta. Muualla se on mukana. | Yhteyksiä on liikaa lueteltaviksi: {n} vanhinta puuttuu luettelosta. Muualla ne ovat mukana.',
  'notice.uncounted':
    'Yksi yhteys kulkee oikopolkua, jolla ei ehkä lasketa: sen määrää ei tiedetä. | {n} yhteyttä kulkee oikopolkua, jolla ei ehkä lasketa: niiden määriä ei tiedetä.',
  'notice.old.city':
    'Kartan paikat perustuvat {n} päivää vanhoihin tietoihin: osa osoitteista on sen jälkeen siirtynyt. deploy/get-data hakee uudemmat.',
  'notice.old.asn':
    'Verkkojen omistajat perustuvat {n} päivää vanhoihin tietoihin: osa on sen jälkeen vaihtunut. deploy/get-data hakee uudemmat.',
  'notice.hidden': 'Ei näytetä: yksi yhteys | Ei näytetä: {n} yhteyttä',
  'notice.hidden.router': '{n} reitittimen omaa',
  'notice.hidden.dns': '{n} nimikyselyä',
  'notice.hidden.home': '{n} verkon sisäistä',
  'notice.hidden.ignored': '{n} ohitettavien luettelosta',

  'sum.devices': 'laite | laitetta',
  'sum.destinations': 'kohde | kohdetta',
  'sum.countries': 'maa | maata',
  'sum.down': 'sisään',
  'sum.up': 'ulos',

  'empty.title': 'Ei vielä mitään',
  'empty.text': 'Käytä verkkoa, niin se näkyy täällä: avaa sivu, lähetä viesti.',
  'empty.device': '{name} on nyt hiljaa',
  'empty.deviceText': 'Heti kun tämä laite puhuu jollekulle, se näkyy täällä.',
  'empty.filter': 'Mitään sellaista ei nyt ole',
  'empty.filterText': 'Rajaus ei jätä mitään näkyviin.',
  'empty.asked': '{device} kysyi nimeä {name}: {age}.',
  'empty.talked': '{device} puhui kohteen {name} kanssa, viimeksi {age}.',
  'empty.domains': 'Katso Nimet ({n})',
  'empty.clear': 'Näytä kaikki',
  'empty.stumbled': 'Tämä näkymä kompastui',
  'empty.stumbledText': 'Se aloittaa hetken päästä alusta. Muut jatkavat.',
  'empty.connect': 'Yhdistetään reitittimeesi',
  'empty.connectText': 'Kuva ilmestyy heti, kun se vastaa.',
  'empty.catch': 'Haetaan kuvaa…',
  'empty.catchText': 'Palvelin on vastannut. Kuva on tulossa.',
  'empty.wait': 'Odotetaan keräintä',
  'empty.waitText':
    'Sivu on valmis, mutta verkkoa katsova osa ei ole vielä käynnistynyt. Sinun ei tarvitse tehdä mitään: sivu yhdistää itse.',
  'site.label': 'Mikä verkko',
  'site.one': 'Verkko ”{name}”',
  'site.every': 'Kaikki verkot yhdessä',
  'site.unknown': 'Täällä ei ole verkkoa ”{name}”. Tämä on ”{first}”.',
  'site.silent': 'Näistä ei juuri nyt kuulu mitään: {names}.',
} as const;
