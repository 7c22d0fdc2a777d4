// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { sampleDevice } from '../store/sample';
import type { Device } from '../store/rows';
import { START, type Route } from './route';
import { renamed, renamer } from './use-renames';

const route: Route = {
  ...START,
  view: 'device',
  alias: 'Mila',
  who: '=Mila',
  target: { kind: 'link', alias: 'Mila', by: 'company', key: 'Wide' },
};
const look = (from: Route, devices: readonly Device[], before: ReadonlyMap<string, Device> = new Map()) => {
  const { rename, held } = renamer(devices, before);
  return { route: renamed(from, rename), held };
};

it('a device that was there by its name is followed to its next one, everywhere', () => {
  const mila = sampleDevice('Mila');
  const { route: same, held } = look(route, [mila]);
  expect(same).toBe(route);
  Object.assign(mila, { alias: 'Leena’s phone' });
  const { route: next, held: still } = look(route, [mila], held);
  expect(next).toEqual({
    ...route,
    alias: 'Leena’s phone',
    who: '=Leena’s phone',
    target: { ...route.target, alias: 'Leena’s phone' },
  });
  // before the address has it, and after
  expect(look(route, [mila], still).route).toEqual(next);
  expect(look(next, [mila], still).route).toBe(next);
});

it('nobody is followed who was not seen, who has gone, or who is of another start of the collector', () => {
  const mila = sampleDevice('Mila');
  const { held } = look(route, [mila]);
  const other = sampleDevice('Onni');
  expect(look(route, [other]).route).toBe(route);
  Object.assign(mila, { alias: 'Leena' });
  expect(look(route, [other], held).route).toBe(route);
  Object.assign(mila, { gone: 5 });
  expect(look(route, [mila], held).route).toBe(route);
  expect(look({ ...route, alias: null, who: 'me', target: null }, [mila], held).route.who).toBe('me');
});

it('who has the name now is meant by it, whoever had it before', () => {
  const mila = sampleDevice('Mila');
  const { held } = look(route, [mila]);
  Object.assign(mila, { alias: 'Leena' });
  const next = sampleDevice('Mila');
  expect(look(route, [mila, next], held).route).toBe(route);
});
