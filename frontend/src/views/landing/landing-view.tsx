// SPDX-License-Identifier: MIT
// Now: the thickest flows, which device is the viewer's, what just happened, and what else there is to see. What stands out is said above it.

import { VIEW_NAMES, VIEWS, type ViewName } from '../registry';
import type { ViewProps } from '../view-props';
import { Happened } from '../happened';
import { LeftOut } from './left-out';
import { Thickest } from './thickest-picture';
import { Yours } from './yours';
import '../../style/landing.css';

function StartCard({ view, t, onView }: Pick<ViewProps, 't' | 'onView'> & { readonly view: ViewName }) {
  const { title, about } = VIEWS[view];
  if (!about) return null;
  return (
    <li>
      <button type="button" class="start-card" onClick={() => onView(view)}>
        <span class="start-title">{t(title)}</span>
        <span class="start-text">{t(about)}</span>
      </button>
    </li>
  );
}

export default function Landing(props: ViewProps) {
  const { t, onView, acts } = props;
  return (
    <section class="landing" aria-label={t('view.landing')}>
      <div class="landing-top">
        <Thickest {...props} />
        {acts?.own?.wish === 'left-out' ? <LeftOut acts={acts} t={t} /> : <Yours {...props} />}
      </div>
      <Happened {...props} about={null} />
      <ul class="start-cards">
        {VIEW_NAMES.map((view) => (
          <StartCard key={view} view={view} t={t} onView={onView} />
        ))}
      </ul>
    </section>
  );
}
