// SPDX-License-Identifier: MIT

import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { translator, type Language } from '../../i18n';
import { formatter } from '../../i18n/format';
import {
  sampleCompany,
  sampleConversation,
  sampleDevice,
  sampleName,
  sampleRemote,
  sampleSelection,
  sampleSum,
} from '../../store/sample';
import type { Target } from '../../store/selection';
import { AboutCompany } from './company';
import { companyOf, subjectOf } from './subject';

function said(name: string, language: Language, locale: string): string {
  const t = translator(language);
  const texts = { t, locale, format: formatter(locale, t) };
  return renderToString(<AboutCompany name={name} texts={texts} />)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('about a company', () => {
  it('says what it is known for and from where, in the language of the viewer', () => {
    expect(said('CSC', 'en', 'en-GB')).toBe(
      'Known for supercomputers and networks for universities The company is from Finland',
    );
    expect(said('CSC', 'fi', 'fi-FI')).toBe(
      'Mistä tunnetaan supertietokoneet ja verkot korkeakouluille Yrityksen kotimaa Suomi',
    );
  });

  it('says no country where none is certain, and nothing of who is not known', () => {
    expect(said('Wikimedia', 'en', 'en')).toBe('Known for Wikipedia, an encyclopedia that anybody may edit');
    expect(said('Unheard Of', 'en', 'en')).toBe('');
  });
});

describe('companyOf', () => {
  const device = sampleDevice('Aino', { id: 1 });
  const own = sampleName('x.example', { company: sampleCompany('Akamai') });
  const talks = [sampleConversation(device, sampleRemote(), { own })];
  const nobodys = [sampleConversation(device, sampleRemote({ asked: sampleName('y.example') }))];
  const all = sampleSelection([...talks, ...nobodys]);
  const of = (target: Target, selection = all): string | null =>
    companyOf(selection, target, subjectOf(selection, target));

  it('is the company of a group or of one device’s part of it', () => {
    expect(of({ kind: 'group', by: 'company', key: 'Akamai' })).toBe('Akamai');
    expect(of({ kind: 'link', device: 1, by: 'company', key: 'Akamai' })).toBe('Akamai');
  });

  it('is known also where only a sum is left', () => {
    const summed = sampleSelection([], { sums: [sampleSum(device, { company: sampleCompany('Akamai') })] });
    expect(of({ kind: 'group', by: 'company', key: 'Akamai' }, summed)).toBe('Akamai');
  });

  it('is none of what is called by its domain, of a network, and of a device', () => {
    expect(of({ kind: 'group', by: 'company', key: 'y.example' })).toBe(null);
    expect(of({ kind: 'group', by: 'network', key: 'Akamai' })).toBe(null);
    expect(of({ kind: 'device', device: 1 })).toBe(null);
  });
});
