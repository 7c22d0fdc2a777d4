// SPDX-License-Identifier: MIT
// What is said of a spot while the pointer or the keyboard's focus is on it. Addresses are in the panel alone.

import type { Translate } from '../../i18n';
import type { Format } from '../../i18n/format';
import { gather, some, type Scene, type SceneSpot } from './scene';

const NAMES = 5;
const NETWORKS = 3;
const DEVICES = 5;
const COUNTRIES = 3;
/** CSS pixels between the middle of the spot and the card. */
const GAP = 24;

interface Says {
  readonly title: string;
  readonly countries: string;
  readonly devices: string;
  readonly names: string;
  readonly networks: string;
  readonly vague: string;
}

export function describe(spot: SceneSpot, t: Translate, format: Format): Says {
  const countries = gather(spot, ({ place }) => (place.country === null ? [] : [format.country(place.country)])).filter((name) => name !== spot.title);
  return {
    title: spot.title,
    countries: some(countries, COUNTRIES),
    devices: some([...spot.devices].map((device) => device.alias).sort(), DEVICES),
    names: some(gather(spot, (mark) => mark.names), NAMES),
    networks: some(gather(spot, (mark) => mark.networks), NETWORKS),
    vague: spot.vague ? t('map.vague') : '',
  };
}

export interface CardProps {
  readonly spot: SceneSpot;
  readonly scene: Scene;
  readonly t: Translate;
  readonly format: Format;
}

export function Card({ spot, scene, t, format }: CardProps) {
  const says = describe(spot, t, format);
  const { frame, scale } = scene;
  // the nearer to an edge, the more of the card is on the other side
  const aside = Math.min(1, Math.max(0, spot.x / frame.width)) * 100;
  const above = spot.y > frame.height / 2;
  const transform = `translate(${-aside}%, ${above ? `calc(-100% - ${GAP * scale}px)` : `${GAP * scale}px`})`;
  return (
    <div class="map-card" aria-hidden="true" style={{ left: `${spot.x}px`, top: `${spot.y}px`, transform }}>
      <p class="title">
        <bdi>{says.title}</bdi>
      </p>
      {(says.countries !== '' || says.vague !== '') && (
        <p class="muted">
          <bdi>{[says.countries, says.vague].filter((part) => part !== '').join(' · ')}</bdi>
        </p>
      )}
      <dl>
        <div>
          <dt>{t('detail.devices')}</dt>
          <dd>
            <bdi>{says.devices}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('column.destination')}</dt>
          <dd>
            <bdi>{says.names}</bdi>
          </dd>
        </div>
        {says.networks !== '' && (
          <div>
            <dt>{t('detail.network')}</dt>
            <dd>
              <bdi>{says.networks}</bdi>
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}
