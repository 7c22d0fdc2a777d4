// SPDX-License-Identifier: MIT
// Who a company is: what it is known for, and from which country it is.

import { useEffect, useState } from 'preact/hooks';
import { pickLanguage } from '../../i18n';
import { hasCompanies, knownCompany, loadCompanies } from '../../i18n/companies';
import type { Texts } from '../../parts/text';
import { Fact } from './facts';

/** Nothing where it is not known, and until the words have come. */
export function AboutCompany({ name, texts }: { readonly name: string; readonly texts: Texts }) {
  const { t, format, locale } = texts;
  const language = pickLanguage([locale]);
  const [, again] = useState(0);
  // the next company tries again where the words did not come
  useEffect(() => {
    if (hasCompanies(language)) return undefined;
    let wanted = true;
    loadCompanies(language).then(
      () => wanted && again((count) => count + 1),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [name, language]);
  const known = knownCompany(name, language);
  if (!known) return null;
  return (
    <dl class="facts">
      <Fact label={t('detail.knownFor')}>{known.knownFor}</Fact>
      {known.country !== null && <Fact label={t('detail.companyFrom')}>{format.country(known.country)}</Fact>}
    </dl>
  );
}
