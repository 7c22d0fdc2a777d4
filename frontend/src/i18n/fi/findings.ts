// SPDX-License-Identifier: MIT
// Finnish: the sentence above the views. Names of companies stand after a colon, since they are not inflected.

export const findings = {
  'finding.label': 'Mikä erottuu',
  'finding.show': 'Näytä se',
  'finding.calm': 'Täällä on nyt rauhallista.',
  'finding.even': 'Data virtaa, eikä mikään erotu joukosta.',
  'finding.calm.one': '{device} on nyt hiljaa.',
  'finding.even.one': '{device} siirtää dataa, eikä mikään erotu joukosta.',
  'finding.you': 'Sinun laitteesi ({name})',
  'finding.owned': 'osoite, jonka omistaa {name}',
  'finding.quarter': 'joka neljäs',
  'finding.tenths': '{n} kymmenestä',
  'finding.all': 'lähes jokainen',
  'finding.far': '{device} puhuu toisessa maanosassa olevan osoitteen kanssa. Maa on luultavasti {country}.',
  'finding.far.clock': '{device} kysyy kellonaikaa toisesta maanosasta. Maa on luultavasti {country}.',
  'finding.ads': '{device}: keskusteluista {share} liittyy mainontaan ja seurantaan.',
  'finding.blocked': 'Eniten kysytty nimi täällä: {name}, {n} kertaa. Se on estetty.',
  'finding.blocked.ads':
    'Eniten kysytty nimi täällä: {name}, {n} kertaa. Se liittyy mainontaan ja seurantaan, ja se on estetty.',
  'finding.common':
    '{n} laitetta puhuu saman mainontaan ja seurantaan liittyvän yrityksen kanssa: {company}. Aktiivisia laitteita on {all}.',
  'finding.sends': '{device} lähettää {n} kertaa niin paljon kuin vastaanottaa.',
  'finding.sends.only': '{device} lähettää, eikä vastaanota juuri mitään.',
  'finding.contact': '{device} puhuu ensimmäisenä täällä tämän kanssa: {company}.',
  'finding.contact.ads':
    '{device} puhuu ensimmäisenä täällä tämän kanssa: {company}. Se liittyy mainontaan ja seurantaan.',
  'finding.country': '{device} otti ensimmäisenä täällä yhteyttä tähän maahan: luultavasti {country}.',
  'finding.newcomer': '{device} liittyi juuri mukaan.',
  'finding.busier': '{device} vilkastui juuri: {rate}.',
  'finding.busier.with': '{device} vilkastui juuri: {rate}. Eniten dataa: {company}.',
  'finding.quieter': 'Täällä hiljeni juuri. Hetki sitten vauhti oli {rate}.',
  'finding.many': '{device} on puhunut minuutin aikana {n} yrityksen kanssa.',
  'finding.one': 'Suurin osa datasta tulee nyt yhdeltä yritykseltä tai menee sille: {company}, {percent}.',
  'finding.streams': '{n} laitetta toistaa luultavasti videota tai musiikkia: {companies}.',
  'finding.nameless': '{device}: keskusteluista {share} on osoitteiden kanssa, joilla ei ole täällä nimeä.',
  'finding.shared': 'Juuri nyt {n} laitetta puhuu saman yrityksen kanssa: {company}. Aktiivisia laitteita on {all}.',
  'finding.shared.half': 'Juuri nyt puolet aktiivisista laitteista puhuu saman yrityksen kanssa: {company}.',
  'finding.shared.all': 'Juuri nyt kaikki {n} aktiivista laitetta puhuvat saman yrityksen kanssa: {company}.',
} as const;
