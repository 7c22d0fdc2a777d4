// SPDX-License-Identifier: MIT
// A world of dots, small enough to be there at once: one bit for each, from Natural Earth's coarse land (public domain).
// land.test.ts makes it anew and compares.

export const COLUMNS = 72;
export const NORTH = 78;
export const SOUTH = -56;

/** From north to south; in each row from 180° west to 180° east, four dots a hexadecimal digit. */
export const ROWS: readonly string[] = [
  '000750ff000083e180',
  '0c0e7c3f00407ffff0',
  'dfffe57981efffffff',
  '1fff8c2006ffffffe6',
  '003fc70000ffffff18',
  '003fff8017ffffff90',
  '001ffe000fefffff80',
  '001ffc003acffffc00',
  '000ff80030fdfff400',
  '0007f0003e9ffff000',
  '000390007ffffff000',
  '000110007fef3fe000',
  '0001c8007ffe198000',
  '000020007ff010c800',
  '00001f007ffc101000',
  '000007c003f8019000',
  '00000fe003f000aa00',
  '00000ff803f0000080',
  '00000ff801f0000000',
  '000007f003f4000680',
  '000003f001e4000fc0',
  '000003c001e0001fc0',
  '000003c001c0001fe0',
  '0000030000000011c0',
  '000007000000000000',
  '000006000000000000',
  '000006000000000000',
  '000000000000000000',
];

/** Of each dot on land its column and row. */
export function landDots(): readonly (readonly [number, number])[] {
  return ROWS.flatMap((row, y) =>
    [...row].flatMap((digit, i) => {
      const bits = Number.parseInt(digit, 16);
      return [8, 4, 2, 1].flatMap((bit, j) => ((bits & bit) === 0 ? [] : [[i * 4 + j, y] as const]));
    }),
  );
}

/** Where a place lies among the dots, in columns and rows; dots have their middle at a half. */
export function amongDots(longitude: number, latitude: number): readonly [number, number] {
  const y = ((NORTH - latitude) / (NORTH - SOUTH)) * ROWS.length;
  return [((longitude + 180) / 360) * COLUMNS, Math.min(ROWS.length, Math.max(0, y))];
}
