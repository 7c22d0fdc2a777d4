// SPDX-License-Identifier: MIT
// What is said of a spot while the pointer or the keyboard's focus is on it. Addresses are in the panel alone.

import type { Translate } from '../../i18n';
import type { Format } from '../../i18n/format';
import { gather, some, type Scene, type SceneSpot } from './map-scene';
import { TrackerMark } from '../../parts/badges';
import { Directions, wanted, type Way } from '../../parts/directions';
import { NameList } from './name-list';

const NAMES = 5;
const NETWORKS = 3;
const DEVICES = 5;
const COUNTRIES = 3;
/** CSS pixels between the middle of the spot and the card. */
const GAP = 24;

/** What the card says, as one text for those who hear it. */
export function sayAloud(spot: SceneSpot, way: Way, t: Translate, format: Format): string {
  const { countries, devices, names, trackers, networks, vague } = describe(spot, t, format);
  const tracking = trackers.length === 0 ? '' : `${t('detail.tracker')}: ${some(trackers, NAMES)}`;
  const parts = [
    spot.title,
    ...countries,
    vague,
    sayRates(spot, way, t, format),
    some(devices, DEVICES),
    some(names, NAMES),
    tracking,
    some(networks, NETWORKS),
  ];
  return parts.filter((part) => part !== '').join('. ');
}

/** How much goes there and comes from there now; empty where nothing does. */
function sayRates({ upRate, downRate }: SceneSpot, way: Way, t: Translate, format: Format): string {
  const { up, down } = wanted(upRate, downRate, way);
  const says = (word: string, rate: number): string => (rate < 1 ? '' : `${word} ${format.rate(rate)}`);
  const both = [says(t('detail.up'), up), says(t('detail.down'), down)].filter((part) => part !== '');
  return both.length === 0 ? '' : `${t('detail.now')}: ${both.join(', ')}`;
}

interface Says {
  readonly countries: readonly string[];
  readonly devices: readonly string[];
  readonly names: readonly string[];
  readonly trackers: readonly string[];
  readonly networks: readonly string[];
  readonly vague: string;
}

function describe(spot: SceneSpot, t: Translate, format: Format): Says {
  return {
    countries: gather(spot, ({ place }) => (place.country === null ? [] : [format.country(place.country)]))
      .filter((name) => name !== spot.title)
      .slice(0, COUNTRIES),
    devices: [...spot.devices].map((device) => device.alias).sort(),
    names: gather(spot, (mark) => mark.names),
    trackers: gather(spot, (mark) => mark.trackers),
    networks: gather(spot, (mark) => mark.networks),
    vague: spot.vague ? t('map.vague') : '',
  };
}

export interface SpotCardProps {
  readonly spot: SceneSpot;
  readonly scene: Scene;
  readonly way: Way;
  readonly t: Translate;
  readonly format: Format;
}

export function SpotCard({ spot, scene, way, t, format }: SpotCardProps) {
  const says = describe(spot, t, format);
  const { frame, scale } = scene;
  // the nearer to an edge, the more of the card is on the other side
  const aside = Math.min(1, Math.max(0, spot.x / frame.width)) * 100;
  const above = spot.y > frame.height / 2;
  const transform = `translate(${-aside}%, ${above ? `calc(-100% - ${GAP * scale}px)` : `${GAP * scale}px`})`;
  return (
    <div class="map-card" aria-hidden="true" style={{ left: `${spot.x}px`, top: `${spot.y}px`, transform }}>
      <p class="title">
        <NameList words={[spot.title]} most={1} />
      </p>
      <p class="muted">{[...says.countries, says.vague].filter((part) => part !== '').join(' · ')}</p>
      <dl>
        <div>
          <dt>{t('detail.now')}</dt>
          <dd>
            <Directions up={format.rate(spot.upRate)} down={format.rate(spot.downRate)} way={way} t={t} />
          </dd>
        </div>
        <div>
          <dt>{t('detail.devices')}</dt>
          <dd>
            <NameList words={says.devices} most={DEVICES} />
          </dd>
        </div>
        <div>
          <dt>{t('column.destination')}</dt>
          <dd>
            <NameList words={says.names} most={NAMES} />
          </dd>
        </div>
        {says.trackers.length > 0 && (
          <div>
            <dt>
              <TrackerMark t={t} />
            </dt>
            <dd>
              <NameList words={says.trackers} most={NAMES} />
            </dd>
          </div>
        )}
        {says.networks.length > 0 && (
          <div>
            <dt>{t('detail.network')}</dt>
            <dd>
              <NameList words={says.networks} most={NETWORKS} />
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}
