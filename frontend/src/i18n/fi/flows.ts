// SPDX-License-Identifier: MIT
// Finnish: the flows. `one | {n} many`: see Translate.

export const flows = {
  'flows.width': 'Leveys',
  'flows.width.now': 'Liikenne nyt',
  'flows.width.total': 'Liikenne yhteensä',
  'flows.width.connections': 'Yhteydet',
  'flows.connections': 'yksi yhteys | {n} yhteyttä',
  'flows.shades': 'vahva: lähetetty; himmeä: vastaanotettu',
  'flows.dashed': 'katkoviiva: päättynyt',
  'flows.show': 'Näytä',
  'flows.show.fit': 'Suosituimmat',
  'flows.show.shared': 'Yhteiset',
  'flows.show.all': 'Kaikki',
  'flows.table': 'Taulukko',
  'flows.tally.all': 'yksi kohde | kaikki {n} kohdetta',
  'flows.tally.some': '{shown} / {n} kohdetta',
  'flows.other': 'Yksi muu | {n} muuta',
  'flows.sharedBy': 'yksi laite | {n} laitetta',
  'flows.picture': 'Virrat laitteista {n} kohteeseen',
  'flows.keys':
    'Ylös ja alas: seuraavaan. Vasen ja oikea: toiselle puolelle. Enter: tiedot. Escape: sulje ne. Taulukossa sama on sanoina.',
  'flows.caption': 'Kuka puhuu kenelle: yksi virta | Kuka puhuu kenelle: {n} virtaa',
  'flows.more': 'Lisäksi yksi virta, jota ei luetella. | Lisäksi {n} virtaa, joita ei luetella.',
  'flows.quiet': 'Nyt hiljaa',
  'flows.unselected': 'Ei tässä rajauksessa',
  'flows.quietMore': 'ja yksi muu | ja {n} muuta',
  'flows.root': 'Kaksi kertaa leveämpi: noin neljä kertaa enemmän.',
  'flows.ended': 'päättyi',
  'flows.new': 'uusi',
} as const;
