// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { sampleDevice } from '../store/sample';
import {
  changeOptions,
  evidenceRoute,
  fromRouteTarget,
  readRoute,
  START,
  toRouteTarget,
  writeRoute,
  type Route,
} from './route';

const devices = [sampleDevice('Väinö & co/=#', { id: 7 })];

describe('the route', () => {
  it('is empty at the start', () => {
    expect(writeRoute(START)).toBe('');
    expect(readRoute('')).toEqual(START);
    expect(readRoute('#')).toEqual(START);
  });

  const routes: Route[] = [
    { ...START, view: 'map', who: 'me' },
    { ...START, site: 'lab-2', view: 'flows' },
    { ...START, site: '*' },
    {
      ...START,
      view: 'flows',
      who: '=Väinö & co/=#',
      options: { by: 'country', width: 'total', table: '1', look: '2.5_-130.2_88' },
    },
    { ...START, view: 'device', alias: 'a/b%2F & c', kind: 'tracking', find: 'ä&b=c #d' },
    { ...START, kind: 'smart-home' },
    { ...START, target: { kind: 'device', alias: 'a/b%2F' } },
    { ...START, target: { kind: 'group', by: 'network', key: 'AT&T / 100% #1' } },
    { ...START, target: { kind: 'places', places: ['FI|Uusimaa|Helsinki', 'JP||', '||'] } },
    { ...START, target: { kind: 'link', alias: 'שלום', by: 'company', key: '~private' } },
  ];
  it.each(routes.map((route) => [route]))('comes back as it was: %j', (route) => {
    expect(readRoute(`#${writeRoute(route)}`)).toEqual(route);
  });

  it.each([
    '#view=nowhere&width=&kind=?&find=',
    '#at=device',
    '#at=group/x/y',
    '#at=link/a/company',
    '#at=%25E0%25A4%25A/x',
    '#who=someone',
    '#who==',
    '#%%%',
    '#at=group/company/',
    '#at=places',
    '#at=places/a//b',
    '#site=-&site=A b',
    '#by=a%20b&UPPER=1&x9=1',
  ])('leaves out what makes no sense: %s', (hash) => {
    expect(readRoute(hash)).toEqual(START);
  });

  it('shows all devices where an address names none', () => {
    expect(readRoute('#view=device')).toMatchObject({ view: 'devices', alias: null });
    expect(readRoute('#view=device/')).toMatchObject({ view: 'landing', alias: null });
  });

  it('holds a bounded part of what an address claims', () => {
    const hash = Array.from(
      { length: 100 },
      (_, i) => `o${'abcdefghij'[Math.floor(i / 10)]}${'abcdefghij'[i % 10]}=1`,
    ).join('&');
    expect(Object.keys(readRoute(`#${hash}&find=${'x'.repeat(9999)}`).options)).toHaveLength(16);
    expect(readRoute(`#find=${'x'.repeat(9999)}`).find).toHaveLength(100);
  });

  it('names devices by their alias, as ids do not outlive the collector', () => {
    const picked = toRouteTarget({ kind: 'link', device: 7, by: 'company', key: 'x' }, devices);
    expect(picked).toEqual({ kind: 'link', alias: 'Väinö & co/=#', by: 'company', key: 'x' });
    expect(fromRouteTarget(picked, devices)).toEqual({ kind: 'link', device: 7, by: 'company', key: 'x' });
    expect(fromRouteTarget(picked, [])).toBe(null);
    expect(toRouteTarget({ kind: 'device', device: 8 }, devices)).toBe(null);
  });
});

describe('the options', () => {
  it('change one by one, and leave the others', () => {
    expect(changeOptions({ by: 'country', table: '1' }, { table: null, sort: 'name' })).toEqual({
      by: 'country',
      sort: 'name',
    });
  });

  it('take nothing that an address cannot hold, nor what has a place of its own there', () => {
    expect(changeOptions({}, { sort: 'a b', view: 'map', who: 'me', find: 'x', at: 'y' })).toEqual({});
  });
});

describe('what a finding speaks of', () => {
  const target = { kind: 'group', by: 'company', key: 'Ad Firm' } as const;
  const filtered: Route = { ...START, view: 'map', who: '=Ann', kind: 'video', find: 'x', options: { by: 'country' } };

  it('is picked in the picture that is open, and in the flows from elsewhere', () => {
    expect(evidenceRoute(filtered, target, null)).toEqual({ ...START, view: 'map', who: '=Ann', target });
    expect(evidenceRoute({ ...filtered, view: 'devices' }, target, null).view).toBe('flows');
  });

  it('is not hidden by a filter that did not hold where it was found', () => {
    expect(evidenceRoute({ ...filtered, view: 'landing' }, target, null).who).toBe('all');
    expect(evidenceRoute({ ...filtered, view: 'device', alias: 'Bob' }, target, null)).toMatchObject({
      who: 'all',
      alias: null,
    });
  });

  it('is found among the names where it is one', () => {
    const options = { result: 'failed', about: '1', names: 'whole' };
    const found = evidenceRoute({ ...filtered, options }, null, 'px.example');
    expect(found).toMatchObject({ view: 'domains', who: 'all', kind: 'all', find: 'px.example', target: null });
    expect(found.options).toEqual({ names: 'whole' });
  });
});
