// SPDX-License-Identifier: MIT

import { describe, expect, it } from 'vitest';
import { mixedDice } from '../../feed/dice';
import { crossings, insert, untangle, untangleIfWorth, type Order, type Strand } from './untangle';

/** "a1 b2:3": a has a flow with 1, and b one of width 3 with 2. */
const flows = (written: string): Strand[] =>
  written.split(' ').map((one) => ({ from: one[0] ?? '', to: one[1] ?? '', weight: Number(one.slice(3) || 1) }));
const order = (left: string, right: string): Order => ({ left: [...left], right: [...right] });
const REST = '~';

interface Home {
  readonly order: Order;
  readonly flows: readonly Strand[];
}

/** Many devices have what is popular, few all the rest; widths are the roots of amounts from a web page to a film. */
function home(devices: number, companies: number, count: number, seed: number): Home {
  const random = mixedDice(seed);
  const left = Array.from({ length: devices }, (_, i) => `d${i}`);
  const right = Array.from({ length: companies }, (_, i) => `g${i}`);
  const popular = right.map((key) => [random(), key] as const).sort(([a], [b]) => a - b);
  const found = new Map<string, Strand>();
  const add = (device: number, key: string): void => {
    const from = `d${Math.floor(device)}`;
    found.set(`${from}/${key}`, { from, to: key, weight: Math.exp(4.5 * random()) });
  };
  const any = (): string => popular[Math.floor(companies * random() ** 2.2)]?.[1] ?? '';
  left.forEach((_, i) => add(i, any()));
  for (const key of right) add(devices * random(), key);
  while (found.size < count) add(devices * random() ** 1.3, any());
  return { order: { left, right }, flows: [...found.values()] };
}

/** The same by the meaning of the word: every pair is looked at. */
function counted({ left, right }: Order, strands: readonly Strand[]): number {
  const place = (strand: Strand): [number, number] => [left.indexOf(strand.from), right.indexOf(strand.to)];
  let sum = 0;
  strands.forEach((one, i) => {
    for (const other of strands.slice(i + 1)) {
      const [[a, b], [c, d]] = [place(one), place(other)];
      if ((a - c) * (b - d) < 0) sum += one.weight * other.weight;
    }
  });
  return sum;
}

describe('crossings', () => {
  it('are pairs of flows that change sides, each by the product of both widths', () => {
    expect(crossings(order('ab', '12'), flows('a1 b2'))).toBe(0);
    expect(crossings(order('ab', '21'), flows('a1:5 b2:3'))).toBe(15);
    expect(crossings(order('ab', '12'), flows('a1 a2:2 b1:3 b2'))).toBe(6);
    const { order: any, flows: all } = home(9, 7, 30, 5);
    expect(crossings(any, all)).toBeCloseTo(counted(any, all), 6);
  });
});

describe('untangle', () => {
  it('takes apart what need not cross', () => {
    const all = flows('a3 b1 c2 d1 d2');
    const made = untangle(order('abcd', '123'), all, REST);
    expect(crossings(made, all)).toBe(0);
  });

  it('lets thin flows cross in place of thick ones', () => {
    // of these two pairs one has to cross
    const all = flows('a1:9 a2 b1 b2:9');
    expect(crossings(untangle(order('ab', '21'), all, REST), all)).toBe(1);
  });

  it('keeps what stands for the others last, also against the flows', () => {
    const all = flows('a~:9 b1 c2:9');
    expect(untangle(order('abc', '12~'), all, REST).right.at(-1)).toBe(REST);
    expect(crossings(untangle(order('abc', '12~'), all, REST), all)).toBe(0);
  });

  it('leaves alone what does not cross, and what it has untangled itself', () => {
    const none = order('ab', '12');
    expect(untangle(none, flows('a1 b2'), REST)).toEqual(none);
    expect(untangle(order('', ''), [], REST)).toEqual(order('', ''));
    for (let seed = 1; seed < 6; seed += 1) {
      const { order: start, flows: all } = home(12, 12, 40, seed);
      const made = untangle(start, all, REST);
      expect(untangleIfWorth(made, all, REST)).toBe(made);
    }
  });

  it('loses nobody, never makes it worse, and makes the same of the same in another order', () => {
    for (let seed = 1; seed < 9; seed += 1) {
      const { order: start, flows: all } = home(12, 9, 40, seed * 101);
      const made = untangle(start, all, 'g3');
      expect([...made.left].sort()).toEqual([...start.left].sort());
      expect([...made.right].sort()).toEqual([...start.right].sort());
      const last = { ...start, right: [...start.right.filter((key) => key !== 'g3'), 'g3'] };
      expect(crossings(made, all)).toBeLessThanOrEqual(crossings(last, all));
      expect(untangle(start, [...all].reverse(), 'g3')).toEqual(made);
    }
  });

  it('comes near to the best that there is, where all can be tried', () => {
    const orders = (keys: readonly string[]): string[][] =>
      keys.length < 2
        ? [[...keys]]
        : keys.flatMap((key) => orders(keys.filter((one) => one !== key)).map((rest) => [key, ...rest]));
    const [found, best, first] = [0, 0, 0].map(() => [] as number[]) as [number[], number[], number[]];
    for (let seed = 1; seed < 9; seed += 1) {
      const { order: start, flows: all } = home(5, 4, 10, seed * 77);
      first.push(crossings(start, all));
      found.push(crossings(untangle(start, all, REST), all));
      const every = orders(start.left).flatMap((left) => orders(start.right).map((right) => ({ left, right })));
      best.push(Math.min(...every.map((one) => crossings(one, all))));
    }
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    expect(sum(found) - sum(best)).toBeLessThan(0.1 * (sum(first) - sum(best)));
  });

  it.for([
    [12, 12, 40],
    [30, 12, 80],
    [40, 40, 250],
    [40, 40, 1600],
  ] as const)(
    'of %i devices, %i companies and %i flows is done soon',
    async ([devices, companies, count], { annotate }) => {
      const plain = (strands: readonly Strand[]): Strand[] => strands.map((one) => ({ ...one, weight: 1 }));
      const sums = { lines: 0, linesLeft: 0, area: 0, areaLeft: 0, ms: [] as number[] };
      for (let seed = 1; seed <= 10; seed += 1) {
        const { order: start, flows: all } = home(devices, companies, count, seed * 7919);
        const began = performance.now();
        const made = untangle(start, all, REST);
        sums.ms.push(performance.now() - began);
        sums.lines += crossings(start, plain(all)) / 10;
        sums.linesLeft += crossings(made, plain(all)) / 10;
        sums.area += crossings(start, all);
        sums.areaLeft += crossings(made, all);
      }
      const { lines, linesLeft, area, areaLeft, ms } = sums;
      const took = [...ms].sort((a, b) => a - b)[5]?.toFixed(2);
      await annotate(
        `${Math.round(lines)} crossings became ${Math.round(linesLeft)}, their area ${Math.round((100 * areaLeft) / area)} %, in ${took} ms`,
      );
      // where all have flows with all, no order is much better
      expect(areaLeft / area).toBeLessThan(count < devices * companies ? 0.5 : 0.9);
    },
  );
});

describe('what is shown', () => {
  it('stays as it is unless a fifth of what crosses goes', () => {
    const start = order('ab', '12');
    // in this order 10 cross, and with the devices the other way round as much as b2 is wide
    const all = (wide: number): Strand[] => flows(`a1 a2 b1:10 b2:${wide}`);
    expect(crossings(start, all(8.1))).toBe(10);
    expect(crossings(untangle(start, all(8.1), REST), all(8.1))).toBeCloseTo(8.1);
    expect(untangleIfWorth(start, all(8.1), REST)).toBe(start);
    expect(crossings(untangleIfWorth(start, all(7.9), REST), all(7.9))).toBeCloseTo(7.9);
  });
});

describe('who comes', () => {
  it('stands where it crosses least, and all others stay as they stood', () => {
    const shown = order('ab', '1234');
    const all = flows('a1 a2 b3 b4 x2 x3');
    expect(insert(shown, order('abx', '1234'), all, REST).left).toEqual(['a', 'x', 'b']);
    expect(insert(shown, order('abx', '1234'), flows('a1 a2 b3 b4 x1'), REST).left).toEqual(['x', 'a', 'b']);
    const tangled = order('dcba', '4321');
    const made = insert(tangled, order('abcdx', '12345'), flows('a1 b2 c3 d4 x1 x5 a5'), REST);
    expect(made.left.filter((key) => key !== 'x')).toEqual(tangled.left);
    expect(made.right.filter((key) => key !== '5')).toEqual(tangled.right);
  });

  it('stands above what stands for the others, which is last also when it comes', () => {
    const all = flows('a1 b2 b~');
    expect(insert(order('ab', '1'), order('ab', '12~'), all, REST).right).toEqual(['1', '2', REST]);
    expect(insert(order('ab', '1~'), order('ab', '12~'), all, REST).right).toEqual(['1', '2', REST]);
    expect(insert(order('ab', '~1'), order('ab', '12~'), all, REST).right.at(-1)).toBe(REST);
  });

  it('takes the place of nobody who went', () => {
    expect(insert(order('cba', '321'), order('ab', '12'), flows('a1 b2'), REST)).toEqual(order('ba', '21'));
  });

  it('may all be new', () => {
    const made = insert(order('', ''), order('abc', '123'), flows('a3 b1 c2'), REST);
    expect([...made.left].sort()).toEqual(['a', 'b', 'c']);
    expect(crossings(made, flows('a3 b1 c2'))).toBe(0);
  });
});
