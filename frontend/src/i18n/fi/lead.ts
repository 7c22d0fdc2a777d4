// SPDX-License-Identifier: MIT
// Finnish: signing in to lead the room; fetched with that part of the page. `one | {n} many`: see Translate.

export const lead = {
  'lead.early': 'Tämä sivu ei ole vielä saanut yhteyttä palvelimeen.',
  'lead.intro': 'Huoneen ohjaaja kirjautuu sisään tunnuslauseella.',
  'lead.passphrase': 'Tunnuslause',
  'lead.show': 'Näytä, mitä kirjoitan',
  'lead.signIn': 'Kirjaudu sisään',
  'lead.checking': 'Tarkistetaan…',
  'lead.none':
    'Tunnuslausetta ei vielä ole. Kirjoita tämä päätteeseen koneella, jolla connvis toimii, ja palaa sitten tänne:',
  'lead.noTls':
    'Ei tällä yhteydellä: sitä ei ole salattu, joten muut verkossa olijat voisivat lukea tunnuslauseen. Avaa sivu niin, että osoitteen alussa on https://, tai sillä koneella, joka sivua tarjoaa.',
  'lead.fault.wrong': 'Tämä ei ole oikea tunnuslause.',
  'lead.fault.slowed':
    'Tunnuslause oli väärä liian monta kertaa. Odota sekunti ja yritä uudelleen. | Tunnuslause oli väärä liian monta kertaa. Odota {n} sekuntia ja yritä uudelleen.',
  'lead.fault.busy':
    'Liian moni yrittää kirjautua yhtä aikaa. Odota sekunti ja yritä uudelleen. | Liian moni yrittää kirjautua yhtä aikaa. Odota {n} sekuntia ja yritä uudelleen.',
  'lead.fault.broken': 'Tunnuslausetta ei voitu tarkistaa. Ohjelman connvis-broadcaster loki kertoo miksi.',
  'lead.fault.too-many': 'Linkkejä on niin monta kuin mahtuu. Poista ensin yksi.',
  'lead.fault.other': 'Se ei onnistunut. Ehkä yhteys katkesi: yritä uudelleen.',
  'lead.signedIn': 'Ohjaat huonetta tällä selaimella.',
  'lead.desk': 'Siirry ohjauspöytään',
  'lead.signOut': 'Kirjaudu ulos',
  'lead.signOutAll': 'Kirjaudu ulos kaikista selaimista',
  'lead.others': 'Anna muidenkin katsoa',
  'lead.othersText':
    'Tällaisen linkin avaaja saa katsoa, myös tämän verkon ulkopuolelta, jos linkki sieltä tälle sivulle johtaa, mutta ei tehdä mitään muuta.',
  'lead.for': 'Kenelle',
  'lead.for.display': 'Seinänäyttö',
  'lead.for.guest': 'Vieraat',
  'lead.lasts': 'Voimassa',
  'lead.lasts.hours': 'tunnin | {n} tuntia',
  'lead.lasts.days': 'vuorokauden | {n} vuorokautta',
  'lead.once': 'Vain yhdelle laitteelle',
  'lead.make': 'Tee linkki',
  'lead.made': 'Lue tämä toisella laitteella tai kopioi se. Se näytetään vain nyt.',
  'lead.madeLocal':
    'Sen osoite toimii vain tällä koneella. Jos haluat tehdä linkkejä muille, avaa tämä sivu sen verkko-osoitteella.',
  'lead.copy': 'Kopioi linkki',
  'lead.field': 'Linkki',
  'lead.links': 'Nyt voimassa olevat linkit',
  'lead.links.none': 'Niitä ei ole.',
  'lead.link.forever': 'kunnes se poistetaan',
  'lead.link.until': '{time} asti',
  'lead.link.once': 'yhdelle laitteelle',
  'lead.link.used': 'yksi laite on käyttänyt sen',
  'lead.link.watching': 'yksi sivu katsoo sen avulla | {n} sivua katsoo sen avulla',
  'lead.revoke': 'Poista',
};
