// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { sampleSource } from '../store/sample';
import { inOrder, kindOf } from './sources-panel';

it('begins with what people notice first, and leaves out nothing of a later feed', () => {
  const sources = ['suffixes', 'magic', 'city', 'dns', 'list', 'dns'].map((kind) => sampleSource(kind, 'ok'));
  expect(inOrder(sources).map((source) => source.kind)).toEqual(['dns', 'dns', 'list', 'city', 'suffixes', 'magic']);
  expect(
    inOrder(sources)
      .filter((source) => source.kind === 'dns')
      .map((source) => source.id),
  ).toEqual([sources[3]?.id, sources[5]?.id]);
  expect(kindOf(sampleSource('magic', 'ok'))).toBe(null);
  expect(kindOf(sampleSource('vendors', 'missing'))).toBe('vendors');
});
