// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Device } from '../store/rows';
import { fromRouteTarget, readRoute, START, toRouteTarget, writeRoute, type Route } from './route';

const devices = [{ id: 7, alias: 'Väinö & co/=#' }] as unknown as Device[];

describe('the route', () => {
  it('is empty at the start', () => {
    expect(writeRoute(START)).toBe('');
    expect(readRoute('')).toEqual(START);
    expect(readRoute('#')).toEqual(START);
  });

  const routes: Route[] = [
    { ...START, view: 'map', who: 'me' },
    { ...START, who: '=Väinö & co/=#', flows: { by: 'country', width: 'total', show: 'all', table: true } },
    { ...START, target: { kind: 'device', alias: 'a/b%2F' } },
    { ...START, target: { kind: 'group', by: 'network', key: 'AT&T / 100% #1' } },
    { ...START, target: { kind: 'link', alias: 'שלום', by: 'name', key: '~private' } },
  ];
  it.each(routes.map((route) => [route]))('comes back as it was: %j', (route) => {
    expect(readRoute(`#${writeRoute(route)}`)).toEqual(route);
  });

  it.each(['#view=nowhere&by=x&width=&show=1&table=yes', '#at=device', '#at=group/x/y', '#at=link/a/name', '#at=%25E0%25A4%25A/x', '#who=someone', '#%%%', '#at=group/name/'])(
    'leaves out what makes no sense: %s',
    (hash) => {
      expect(readRoute(hash)).toEqual(START);
    },
  );

  it('names devices by their alias, as ids do not outlive the collector', () => {
    const picked = toRouteTarget({ kind: 'link', device: 7, by: 'name', key: 'x' }, devices);
    expect(picked).toEqual({ kind: 'link', alias: 'Väinö & co/=#', by: 'name', key: 'x' });
    expect(fromRouteTarget(picked, devices)).toEqual({ kind: 'link', device: 7, by: 'name', key: 'x' });
    expect(fromRouteTarget(picked, [])).toBe(null);
    expect(toRouteTarget({ kind: 'device', device: 8 }, devices)).toBe(null);
    expect(toRouteTarget({ kind: 'places', places: [1] }, devices)).toBe(null);
  });
});
