// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { COUNTRIES, homeOf, NOWHERE, readHome } from './home-place';
import { zones } from '../../parts/zones';

describe('the zones', () => {
  it('are places on the earth, in countries that are known', () => {
    for (const { name, country, latitude, longitude } of zones) {
      expect(name).toMatch(/^[A-Z][a-z]+\/[A-Z][A-Za-z_-]+$/);
      expect(country, name).toMatch(/^[A-Z]{2}$/);
      expect(Number.isInteger(latitude) && Math.abs(latitude) <= 90, name).toBe(true);
      expect(Number.isInteger(longitude) && Math.abs(longitude) <= 180, name).toBe(true);
    }
    expect(new Set(zones.map(({ name }) => name)).size).toBe(zones.length);
  });
});

describe('where the home is', () => {
  it.each([
    ['Europe/Helsinki', 'FI', 60, 25],
    ['Asia/Calcutta', 'IN', 23, 88],
    ['Asia/Kolkata', 'IN', 23, 88],
    ['America/Los_Angeles', 'US', 34, -118],
    ['America/Indiana/Knox', 'US', 40, -86],
    ['America/Argentina/Ushuaia', 'AR', -35, -58],
  ])('is guessed from the time zone: %s', (zone, country, latitude, longitude) => {
    expect(homeOf(null, zone)).toEqual({ country, latitude, longitude, sure: false });
  });

  it.each([undefined, '', 'UTC', 'Etc/GMT-3', 'Europe', 'Europe/Atlantis', '__proto__'])('is not known: %s', (zone) => {
    expect(homeOf(null, zone)).toBeNull();
  });

  it('is as somebody has set it, whatever the zone', () => {
    expect(homeOf('SE', 'Europe/Helsinki')).toMatchObject({ country: 'SE', latitude: 59, sure: true });
    expect(homeOf('RU', undefined)).toMatchObject({ latitude: 56, longitude: 38 });
    expect(homeOf(NOWHERE, 'Europe/Helsinki')).toBeNull();
  });

  it('is read from the address only where it is a country', () => {
    expect(['FI', NOWHERE, 'fi', 'XX', '', '<b>', undefined].map(readHome)).toEqual([
      'FI',
      NOWHERE,
      ...Array(5).fill(null),
    ]);
    expect(COUNTRIES).toContain('SG');
    expect(new Set(COUNTRIES).size).toBe(COUNTRIES.length);
  });
});
