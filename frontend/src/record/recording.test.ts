// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { dice } from '../feed/dice';
import { encodeFrame } from '../feed/encode';
import { decodeHeader } from '../feed/header';
import { decodePayload, type Cell } from '../feed/payload';
import { Reader } from '../feed/reader';
import { decodeRecording, encodeRecording, type Recording } from './recording';
import { keyframePayload, makeFrame } from '../feed/write-frame';
import { RecentFrames } from './recent-frames';
import { KEEP_BYTES, KEEP_MS, SEGMENT_MS } from './recording-limits';
import { Player } from './player';
import { pseudonymise } from './pseudonymise';

const TABLES = [
  ['later_first', ['text'], []],
  [
    'devices',
    ['~active', '+up_bytes', 'alias'],
    [
      [1, 10, 100, 'Aino'],
      [2, 10, 5, 'Onni'],
    ],
  ],
  [
    'remotes',
    ['address', 'special', 'later_column'],
    [[1, new Uint8Array([93, 184, 216, 34]), 'home', 'a secret of a later version']],
  ],
  ['later_table', ['text'], [[1, 'another secret']]],
];
const LOOKUPS = [
  [
    'names',
    ['name', 'domain', 'category'],
    [
      [1, 'www.example.com', 'example.com', 'video'],
      [2, 'ainos-phone.example.org', null, null],
      [3, 'printer.lan', null, null],
      [4, '7.1.168.192.in-addr.arpa', null, null],
    ],
  ],
  ['remote_names', ['name'], [[1, 1]]],
  ['later_table', ['text'], [[1, 'another secret']]],
];
const IDENTITIES = [
  ['home', ['networks'], [[1, ['192.168.1.0/24']]]],
  [
    'identities',
    ['host_name', 'mac', 'vendor'],
    [
      [1, 'ainos-phone', new Uint8Array([2, 1, 2, 3, 4, 5]), 'Acme'],
      [2, null, null, null],
    ],
  ],
  ['addresses', ['device', 'address'], [[1, 1, new Uint8Array([192, 168, 1, 7])]]],
];
const identities = (sequence = 0, time = 1000): Uint8Array =>
  encodeFrame({ kind: 'keyframe', topic: 'identities', sequence, time, payload: IDENTITIES });
const lookups = (sequence = 0, time = 1000): Uint8Array =>
  encodeFrame({ kind: 'keyframe', topic: 'lookups', sequence, time, payload: LOOKUPS });
const keyframe = (sequence = 0, time = 1000, deflate = false): Uint8Array =>
  encodeFrame({ kind: 'keyframe', sequence, time, payload: TABLES, deflate });
const delta = (sequence: number, time: number, payload: unknown = [[1, [], [], [1, 2, 7]]]): Uint8Array =>
  encodeFrame({ kind: 'delta', sequence, time, payload });

/** Ten seconds, with another keyframe in the middle. */
function frames(): Uint8Array[] {
  const made = [keyframe()];
  for (let i = 1; i <= 10; i += 1) {
    made.push(delta(i, 1000 + 1000 * i));
    if (i === 5)
      made.push(
        encodeFrame({
          kind: 'keyframe',
          sequence: 5,
          time: 6000,
          payload: [
            TABLES[0],
            ['devices', ['~active', '+up_bytes', 'alias'], [[1, 6000, 135, 'Aino']]],
            ...TABLES.slice(2),
          ],
        }),
      );
  }
  return made;
}

function recording(of: readonly Uint8Array[] = frames()): Recording {
  const read = decodeRecording(encodeRecording(of));
  if (typeof read === 'string') throw new Error(read);
  return read;
}

function altered(at: number, byte: number): Uint8Array {
  const file = encodeRecording([keyframe()]);
  file[at] = byte;
  return file;
}

const overviewOf = ({ readers: [overview] }: Player): Reader => overview as Reader;
const uploaded = (reader: Reader): unknown => reader.tables[1]?.rows.get(1)?.[2];

describe('a recording as a file', () => {
  it('comes back as it was, frame by frame', () => {
    const of = frames();
    const read = recording(of);
    expect(read.frames.map(({ bytes }) => bytes)).toEqual(of);
    expect(read).toMatchObject({ site: 'home', length: 10_000, began: 1_700_000_001_000 });
    expect(read.frames.map(({ at }) => at)).toEqual([
      0, 1000, 2000, 3000, 4000, 5000, 5000, 6000, 7000, 8000, 9000, 10_000,
    ]);
  });

  it('goes on when the collector was started anew', () => {
    const read = recording([
      keyframe(),
      delta(1, 9000),
      encodeFrame({ kind: 'keyframe', sequence: 0, time: 50, payload: TABLES, epochRandom: 8 }),
    ]);
    expect(read.frames.map(({ at }) => at)).toEqual([0, 8000, 9000]);
  });

  it.each<[string, Uint8Array, string]>([
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'none'],
    ['nothing', new Uint8Array(0), 'none'],
    ['a head alone', encodeRecording([]), 'empty'],
    ['one of a later version', altered(7, 2), 'newer'],
    ['one cut off in a frame', encodeRecording([keyframe(), delta(1, 2000)]).slice(0, -3), 'broken'],
    ['one cut off in a length', encodeRecording([keyframe()]).slice(0, 10), 'broken'],
    ['one that begins in the middle', encodeRecording([delta(1, 2000)]), 'broken'],
    [
      'one of two sites',
      encodeRecording([keyframe(), encodeFrame({ kind: 'delta', sequence: 1, payload: [], site: 'other' })]),
      'broken',
    ],
    [
      'one of another topic',
      encodeRecording([encodeFrame({ kind: 'keyframe', sequence: 1, payload: [], topic: 'connections' })]),
      'broken',
    ],
    ['one that does not begin with the overview', encodeRecording([identities(), keyframe()]), 'broken'],
    ['one that claims frames of 4 GiB', altered(8, 0xff), 'broken'],
  ])('is refused when it is %s', (_, file, why) => {
    expect(decodeRecording(file)).toBe(why);
  });

  it('is refused when it would inflate to more than is good', () => {
    const bomb = encodeFrame({ kind: 'keyframe', sequence: 0, payload: new Uint8Array(1), deflate: true });
    new DataView(bomb.buffer).setUint32(24, 60 * 1024 * 1024);
    expect(decodeRecording(encodeRecording(Array.from({ length: 20 }, () => bomb)))).toBe('large');
  });

  it('never throws, nor plays for ever, whatever the bytes', async () => {
    const roll = dice(5);
    const good = encodeRecording([keyframe(0, 1000, true), ...frames().slice(1)]);
    for (let round = 0; round < 400; round += 1) {
      const bytes = good.slice(0, round % 3 === 0 ? Math.floor(roll() * good.length) : good.length);
      for (let i = 0; i < 1 + (round % 7); i += 1)
        bytes[8 + Math.floor(roll() * (bytes.length - 8))] = Math.floor(roll() * 256);
      const read = decodeRecording(bytes);
      if (typeof read === 'string') continue;
      const player = new Player(read);
      await player.advance(read.length / 2);
      await player.seek(read.length * roll());
      await player.advance(read.length);
      expect(player.atEnd).toBe(true);
      await pseudonymise(read.frames.map((frame) => frame.bytes));
    }
  });
});

describe('the player', () => {
  it('is at each moment where the feed was', async () => {
    const player = new Player(recording());
    await player.advance(0);
    expect(uploaded(overviewOf(player))).toBe(100);
    await player.advance(3500);
    expect([player.position, uploaded(overviewOf(player))]).toEqual([3500, 121]);
    await player.advance(60_000);
    expect([player.position, uploaded(overviewOf(player)), player.atEnd, player.faulty]).toEqual([
      10_000,
      170,
      true,
      false,
    ]);
  });

  it('jumps forward and back', async () => {
    const player = new Player(recording());
    for (const [to, bytes] of [
      [7000, 149],
      [2000, 114],
      [5500, 135],
      [0, 100],
      [99_999, 170],
      [-5, 100],
    ] as const) {
      await player.seek(to);
      expect(uploaded(overviewOf(player))).toBe(bytes);
    }
    expect(player.jumps).toBe(6);
  });

  it('says so when frames are missing, and goes on from the next keyframe', async () => {
    const player = new Player(recording(frames().filter((_, i) => i !== 3)));
    await player.advance(4000);
    expect([player.faulty, overviewOf(player).whole]).toEqual([true, false]);
    await player.advance(10_000);
    expect([uploaded(overviewOf(player)), overviewOf(player).whole]).toEqual([170, true]);
  });
});

describe('what another topic says', () => {
  const hostOf = ({ readers: [, whose] }: Player): unknown => whose?.tables[1]?.rows.get(1)?.[1];

  it('is played at its time, and from any moment', async () => {
    const known = encodeFrame({
      kind: 'delta',
      topic: 'identities',
      sequence: 1,
      time: 4500,
      payload: [[1, [], [], [1, 1, 'tablet']]],
    });
    const of = frames();
    const player = new Player(
      recording([
        ...of.slice(0, 1),
        identities(),
        ...of.slice(1, 4),
        known,
        ...of.slice(4, 7),
        identities(1, 6000),
        ...of.slice(7),
      ]),
    );
    await player.advance(2000);
    expect(hostOf(player)).toBe('ainos-phone');
    await player.advance(4000);
    expect(hostOf(player)).toBe('tablet');
    await player.seek(9000);
    expect([hostOf(player), uploaded(overviewOf(player)), player.faulty]).toEqual(['ainos-phone', 163, false]);
  });

  it('is not there in a recording of somebody who may not see it, nor in one of the first version', async () => {
    const player = new Player(recording());
    await player.advance(3000);
    expect(hostOf(player)).toBeUndefined();
    const old = encodeFrame({ kind: 'keyframe', sequence: 0, time: 1000, payload: TABLES, version: 1 });
    const then = new Player(recording([old]));
    await then.advance(0);
    expect([uploaded(overviewOf(then)), then.faulty]).toEqual([100, false]);
  });
});

describe('the keeper', () => {
  it('keeps frames as they came, from a keyframe on', () => {
    const recent = new RecentFrames();
    recent.add(delta(1, 1), 'delta', 0);
    expect(recent.frames()).toEqual([]);
    const of = frames();
    of.forEach((frame, i) => recent.add(frame, i === 0 || i === 6 ? 'keyframe' : 'delta', i * 1000));
    expect(recent.frames()).toEqual(of);
    expect(recent.kept).toEqual({ bytes: of.reduce((sum, frame) => sum + frame.length, 0), span: 11_000 });
  });

  it('wants a keyframe now and then, and lets go of what is old or too much', () => {
    const recent = new RecentFrames();
    for (let now = 0; now < 3 * KEEP_MS; now += 1000)
      recent.add(new Uint8Array(100), now === 0 || recent.wantsKeyframe(now) ? 'keyframe' : 'delta', now);
    expect(recent.kept.span).toBeGreaterThanOrEqual(KEEP_MS);
    expect(recent.kept.span).toBeLessThanOrEqual(KEEP_MS + 2 * SEGMENT_MS);
    for (let i = 0; i < 100; i += 1)
      recent.add(new Uint8Array(1024 * 1024), recent.wantsKeyframe(3 * KEEP_MS) ? 'keyframe' : 'delta', 3 * KEEP_MS);
    expect(recent.kept.bytes).toBeLessThanOrEqual(KEEP_BYTES);
    expect(recent.kept.bytes).toBeGreaterThan(KEEP_BYTES / 2);
  });

  it('can go on from a keyframe of our own', async () => {
    const reader = new Reader('home', 'overview');
    const of = frames();
    for (const frame of of.slice(0, 4)) await reader.accept(frame);
    const epoch = reader.epoch ?? { start: 0, random: 0 };
    const own = makeFrame(
      { kind: 'keyframe', sequence: reader.sequence, time: reader.time, site: 'home', topic: 'overview', epoch },
      keyframePayload(reader.tables),
    );
    const player = new Player(recording([own, ...of.slice(4)]));
    await player.advance(4000);
    expect([uploaded(overviewOf(player)), player.faulty]).toEqual([149, false]);
  });
});

describe('a pseudonymised recording', () => {
  const payloadOf = (frame: Uint8Array | undefined): Cell => {
    const header = frame && decodeHeader(frame);
    if (!frame || !header || typeof header === 'string') throw new Error('this is no frame');
    return decodePayload(frame.subarray(header.payload));
  };

  it('keeps aliases and the names of the world, and loses addresses, hardware and the names of the home', async () => {
    const [frame, asked, whose] = await pseudonymise([keyframe(3, 1000, true), lookups(), identities()]);
    expect(payloadOf(asked)).toEqual([
      [
        'names',
        ['name', 'domain', 'category'],
        [
          [1, 'www.example.com', 'example.com', 'video'],
          [2, 'hidden.invalid', null, null],
          [3, 'hidden.invalid', null, null],
          [4, 'hidden.invalid', null, null],
        ],
      ],
      ['remote_names', ['name'], [[1, 1]]],
      ['later_table', ['text'], []],
    ]);
    expect(payloadOf(frame)).toEqual([
      ['later_first', ['text'], []],
      [
        'devices',
        ['~active', '+up_bytes', 'alias'],
        [
          [1, 10, 100, 'Aino'],
          [2, 10, 5, 'Onni'],
        ],
      ],
      [
        'remotes',
        ['address', 'special', 'later_column'],
        [[1, new Uint8Array([0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), 'home', null]],
      ],
      ['later_table', ['text'], []],
    ]);
    expect(payloadOf(whose)).toEqual([
      ['home', ['networks'], [[1, null]]],
      [
        'identities',
        ['host_name', 'mac', 'vendor'],
        [
          [1, null, null, 'Acme'],
          [2, null, null, null],
        ],
      ],
      ['addresses', ['device', 'address'], [[1, 1, null]]],
    ]);
  });

  it('does so in changes and new rows too', async () => {
    // a new name with a host name that is told later; changes of a table that is left out
    const change = encodeFrame({
      kind: 'delta',
      topic: 'lookups',
      sequence: 1,
      payload: [
        [0, [], [[9, 'onnis-tv.example.net', null, null]], []],
        [2, [1], [[2, 'x']], [2, 1, 'y']],
      ],
    });
    const known = encodeFrame({
      kind: 'delta',
      topic: 'identities',
      sequence: 1,
      payload: [[1, [], [], [2, 0b11, 'onnis-tv', new Uint8Array([1])]]],
    });
    const [, , , frame, whose] = await pseudonymise([keyframe(), identities(), lookups(), change, known]);
    expect(payloadOf(frame)).toEqual([
      [0, [], [[9, 'hidden.invalid', null, null]], []],
      [2, [], [], []],
    ]);
    expect(payloadOf(whose)).toEqual([[1, [], [], [2, 0b11, null, null]]]);
  });

  it('keeps what became of conversations, forward and back', async () => {
    const tables = [
      [
        'conversations',
        ['+up_bytes', 'device'],
        [
          [1, 10, 1],
          [2, 20, 1],
        ],
      ],
      ['sums', ['+up_bytes', '+conversations', 'device', 'company'], []],
    ];
    const made = [
      encodeFrame({ kind: 'keyframe', sequence: 0, time: 1000, payload: tables, deflate: false }),
      delta(1, 2000, [
        [0, [1]],
        [1, [], [[1, 10, 1, 1, 3]]],
      ]),
      delta(2, 3000, [[1, [], [], [1, 0b11, 5, 1]]]),
    ];
    const player = new Player(recording(await pseudonymise(made)));
    const there = (): unknown => overviewOf(player).tables.map(({ rows }) => [...rows.values()]);
    await player.advance(10_000);
    expect([there(), player.faulty]).toEqual([[[[2, 20, 1]], [[1, 15, 2, 1, 3]]], false]);
    await player.seek(500);
    expect(there()).toEqual([
      [
        [1, 10, 1],
        [2, 20, 1],
      ],
      [],
    ]);
  });

  it('plays like the first', async () => {
    const player = new Player(recording(await pseudonymise(frames())));
    await player.advance(10_000);
    expect([uploaded(overviewOf(player)), player.faulty]).toEqual([170, false]);
    const text = JSON.stringify([...(overviewOf(player).tables[1]?.rows.values() ?? [])]);
    expect(text).toContain('Aino');
    expect(text).not.toContain('phone');
  });
});
