// SPDX-License-Identifier: MIT
// Finnish: what a device is, where it is no person's; fetched with the views that say it.

export const things = {
  'thing.television': 'Televisio',
  'thing.speaker': 'Kaiutin',
  'thing.lamp': 'Lamppu',
  'thing.console': 'Pelikonsoli',
  'thing.storage': 'Verkkolevy',
  'thing.printer': 'Tulostin',
  'thing.camera': 'Kamera',
  'thing.appliance': 'Kodinkone',
  'thing.network': 'Verkkolaite',
  'thing.gadget': 'Älykodin laite',
  'thing.is': 'Mikä se on',
  'thing.probably': '{thing}, luultavasti',
  'thing.alias': 'connvisin valitsema; pysyy laitteella',
  'thing.how.named': 'connvis valitsi nimen {name}; se pysyy laitteella.',
  'thing.how': 'Valmistaja ja laitteen itsestään antama nimi kertovat, mikä se on: {thing}.',
} as const;
