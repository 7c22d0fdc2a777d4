// SPDX-License-Identifier: MIT
// Finnish: what services of each kind usually do with what they get; fetched with the panel of details.

export const purposes = {
  'purpose.advertising':
    'Tällaiset palvelut merkitsevät yleensä muistiin, mitä sovelluksia ja sivuja laitteella käytetään, jotta ne voivat valita sille mainoksia ja laskea, ketkä näkivät ne.',
  'purpose.analytics':
    'Tällaiset palvelut laskevat sovelluksen tai sivun tekijälle, miten sitä käytetään, ja usein myös, mikä siinä ei toimi.',
  'purpose.social':
    'Tällaiset palvelut näyttävät muille, mitä ihmiset julkaisevat, ja muistavat usein, mistä kukin pitää, valitakseen seuraavat julkaisut ja mainokset.',
  'purpose.video':
    'Tällaiset palvelut lähettävät elokuvia ja videoita ja muistavat yleensä, mitä on katsottu, ehdottaakseen lisää.',
  'purpose.music':
    'Tällaiset palvelut lähettävät musiikkia, radiota tai äänikirjoja ja muistavat yleensä, mitä on kuunneltu, ehdottaakseen lisää.',
  'purpose.games':
    'Tällaiset palvelut tuovat laitteelle pelejä, muistavat yleensä, kuinka pitkälle pelaaja on päässyt, ja antavat usein pelata yhdessä.',
  'purpose.messaging':
    'Tällaiset palvelut kuljettavat viestejä ihmisten välillä: ne tietävät yleensä, kuka kirjoittaa kenelle ja milloin, ja osa niistä ei voi lukea itse viestiä.',
  'purpose.calls':
    'Tällaiset palvelut kuljettavat ääntä ja kuvaa keskustelijoiden välillä ja merkitsevät yleensä muistiin, ketkä olivat mukana ja kuinka kauan.',
  'purpose.search':
    'Tällaiset palvelut saavat sanat, joilla jotakin etsitään, ja muistavat ne usein valitakseen vastauksia ja mainoksia.',
  'purpose.shopping':
    'Tällaiset palvelut merkitsevät yleensä muistiin, mitä ihmiset katselevat ja ostavat, toimittaakseen tilaukset ja ehdottaakseen lisää.',
  'purpose.news':
    'Tällaiset palvelut lähettävät juttuja ja ohjelmia ja laskevat usein, mitä luetaan ja katsotaan, ehdottaakseen muita ja näyttääkseen mainoksia.',
  'purpose.education':
    'Tällaiset palvelut auttavat oppimaan tai etsimään tietoa ja muistavat usein, kuinka pitkälle kukin on päässyt.',
  'purpose.work':
    'Tällaiset palvelut ovat työvälineitä: ne säilyttävät yleensä, mitä ihmiset niillä kirjoittavat, suunnittelevat ja tekevät, jotta muutkin löytävät sen.',
  'purpose.mail':
    'Tällaiset palvelut ottavat vastaan, säilyttävät ja toimittavat sähköpostia, ja niiden ohjelmat tutkivat sitä yleensä, jotta roskaposti ei pääse perille.',
  'purpose.storage':
    'Tällaiset palvelut säilyttävät yleensä kopioita kuvista ja tiedostoista, jotta omistaja löytää ne jokaisella laitteellaan.',
  'purpose.cdn':
    'Tällaiset palvelut jakavat muiden yritysten sivuja, kuvia ja elokuvia tietokoneilta, jotka ovat lähellä ihmisiä, ja merkitsevät yleensä muistiin, kuinka paljon haettiin.',
  'purpose.cloud':
    'Tällaiset palvelut vuokraavat tietokoneita muille yrityksille: se, mitä sinne lähetetään, on yleensä jollekin niistä, eikä täältä usein näe, mille.',
  'purpose.system':
    'Laitteiden valmistajat pitävät laitteet toimivina tällaisilla palveluilla: laite kertoo niille yleensä, millainen se on, ja saa asetuksia ja ilmoituksia.',
  'purpose.updates':
    'Laitteet kysyvät tällaisilta palveluilta ohjelmiensa uusia versioita ja kertovat yleensä, millaisia ne ovat ja mitä niissä jo on.',
  'purpose.security':
    'Tällaiset palvelut auttavat pitämään laitteet ja tilit turvassa ja tarkistavat sitä varten usein, minne laite ottaa yhteyttä ja mitä tiedostoja se saa.',
  'purpose.finance':
    'Tällaiset palvelut hoitavat rahaa ja vakuutuksia ja säilyttävät yleensä, kuka maksoi mitä ja milloin, usein koska laki vaatii sitä.',
  'purpose.travel':
    'Tällaiset palvelut etsivät reittejä, lippuja ja majapaikkoja ja käyttävät siihen usein tietoa siitä, missä joku on ja minne hän haluaa.',
  'purpose.smart-home':
    'Kodin laitteet kertovat tällaisille palveluille yleensä, miten ne on säädetty ja mitä ne huomaavat, jotta niitä voi seurata ja ohjata etänä.',
  'purpose.ai':
    'Tällaiset palvelut saavat sen, mitä niille kirjoitetaan, puhutaan tai näytetään, vastaavat siihen ja säilyttävät sen usein tullakseen paremmiksi.',
  'purpose.dns':
    'Tällainen palvelu kertoo laitteelle, mikä numero nimellä on, samaan tapaan kuin puhelimen yhteystiedot; siksi se yleensä näkee, mitä nimiä laite kysyy.',
  'purpose.encrypted-dns':
    'Tällainen palvelu kertoo laitteelle, mikä numero nimellä on, samaan tapaan kuin puhelimen yhteystiedot; yleensä vain se voi lukea, mitä nimiä laite kysyy.',
  'purpose.relay':
    'Tällaiset palvelut välittävät eteenpäin, mitä laite lähettää, niin ettei tämä verkko näe, minne se menee; ne itse usein näkevät.',
  'purpose.malware':
    'Luettelon mukaan sieltä on joskus levitetty haitallisia ohjelmia; yhteys sinne ei vielä tarkoita, että laitteeseen olisi päässyt mitään haitallista.',
  'purpose.adult':
    'Tällaiset palvelut on tarkoitettu vain aikuisille, ja ne muistavat usein, mitä on katsottu, ehdottaakseen lisää.',
  'purpose.other':
    'Viranomaisilla, puhelinyhtiöillä ja monilla muilla ei ole täällä omaa luokkaa; se, mitä ne tekevät saamallaan, vaihtelee.',
} as const;
