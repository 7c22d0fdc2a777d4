// SPDX-License-Identifier: MIT
// The history: what moved minute by minute is what the kernel has counted, it is the same for who comes later, and a
// collector that is killed loses no minute that was over.

import { existsSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WORLD } from '../harness/home';
import { keptHome, type KeptHome } from '../harness/kept-home';
import { Leader } from '../harness/leader';
import { stage, type Stage } from '../harness/stage';
import type { Row, Viewer } from '../harness/viewer';
import { connect, send, visit } from '../harness/visit';
import { sleep, until } from '../harness/wait';

const ARRIVES_MS = 20_000;
/** A minute, and what slow machines take. */
const MINUTE_MS = 100_000;
const TABLES = ['kept', 'past_devices', 'parties', 'spans', 'minutes', 'events'];

const marks = (viewer: Viewer): unknown[] =>
  viewer
    .rows('events')
    .filter(({ kind }) => kind === 'mark')
    .map(({ text }) => text);

const moved = (viewer: Viewer): number =>
  viewer.rows('minutes').reduce((sum, row) => sum + Number(row.up_bytes) + Number(row.down_bytes), 0);

/** Which minute of the wall clock it is: the same over restarts. */
function minuteOf(viewer: Viewer, span: Row | undefined): number {
  const start = viewer.readers.get('history')?.epoch?.start ?? 0;
  return Math.round((start + Number(span?.at)) / 60_000);
}

/** What the rows say, without ids. */
function told(viewer: Viewer): string[] {
  const find = (table: string, id: unknown): Row | undefined => viewer.rows(table).find((row) => row.id === id);
  return viewer
    .rows('minutes')
    .map(({ span, device, party, up_bytes, down_bytes, connections, lookups }) => {
      const minute = minuteOf(viewer, find('spans', span));
      const whose = find('parties', party);
      const whom = JSON.stringify([whose?.company, whose?.name, whose?.network, whose?.special, whose?.country]);
      const amounts = [up_bytes, down_bytes, connections, lookups].map(String).join(' ');
      return `${minute} ${String(find('past_devices', device)?.alias)} ${whom} ${amounts}`;
    })
    .sort();
}

const scene = (here: Stage): Promise<KeptHome> =>
  keptHome(here, 'history', 'kept', ['overview', 'identities', 'history']);

describe('the history', () => {
  test('is what the kernel counted, the same for who comes later, and over a kill', { timeout: 400_000 }, async () => {
    const here = stage();
    const { line, state, start, end, late, counted } = await scene(here);
    const file = join(state, 'history');
    const leader = await Leader.of(line);
    const first = await start();
    const socket = await connect(WORLD.ipv4);
    here.onClose(() => void socket.destroy());
    await send(socket, 100_000);
    await visit(WORLD.ipv4, 30_000);
    expect(await leader.ask('mark Everybody opened a page')).toBe('ok {}');
    await first.until('the mark', ARRIVES_MS, (v) => marks(v).length === 1);
    // its end, too
    await sleep(1500);
    const bytes = await counted();
    await first.until('a minute with all of it', MINUTE_MS, (v) => moved(v) >= bytes);
    expect(moved(first)).toBe(bytes);
    expect(first.rows('minutes').reduce((sum, { connections }) => sum + Number(connections), 0)).toBe(2);

    const second = await late();
    await second.until('its history', ARRIVES_MS, (v) => v.rows('minutes').length > 0);
    for (const table of TABLES) {
      const inOrder = (v: Viewer): Row[] => [...v.rows(table)].sort((a, b) => a.id - b.id);
      expect(inOrder(second)).toEqual(inOrder(first));
    }

    await until('the file', ARRIVES_MS, () => existsSync(file) && readFileSync(file, 'utf8').includes('\ncell '));
    const before = told(first);
    const spans = first.rows('spans').map((span) => minuteOf(first, span));
    await end('SIGKILL');
    // while nobody counts
    await send(socket, 11_000);
    const third = await start();
    await third.until('what was saved', ARRIVES_MS, (v) => v.rows('minutes').length >= before.length);
    expect(told(third)).toEqual(before);
    expect(third.rows('spans').map((span) => minuteOf(third, span))).toEqual(spans);

    expect(marks(third)).toEqual(['Everybody opened a page']);

    // what moved meanwhile moved in no minute that was watched
    const known = await counted();
    await send(socket, 20_000);
    await sleep(1500);
    const more = (await counted()) - known;
    await third.until('the next minute', MINUTE_MS, (v) => moved(v) > bytes);
    expect(moved(third)).toBe(bytes + more);
    expect(third.rows('past_devices')).toHaveLength(1);
    expect(third.rows('past_devices')[0]?.device).toBe(third.rows('devices').find(({ self }) => self !== true)?.id);

    expect(await leader.ask('clear')).toBe('ok {}');
    const gone = (v: Viewer): boolean => ['spans', 'minutes', 'events'].every((table) => v.rows(table).length === 0);
    await third.until('a new session', ARRIVES_MS, gone);
    await until('the file to go', ARRIVES_MS, () => !existsSync(file));
  });

  test('puts a file aside that is spoilt, and keeps none where it is off', { timeout: 120_000 }, async () => {
    const here = stage();
    const { line, state, start, end } = await scene(here);
    const file = join(state, 'history');
    const whole = `connvis-history 1\nblock\nspan 1764262800000 1 60000\nend 1 0000000000000000\n`;
    writeFileSync(file, whole);
    let viewer = await start();
    expect(line.collector.output).toContain(`The history saved in ${file} cannot be read`);
    expect(readFileSync(`${file}.bad`, 'utf8')).toBe(whole);
    expect(viewer.rows('kept')[0]).toMatchObject({ hours: 24, full: 0 });
    // the minute that runs is kept by who ends it
    await end('SIGTERM');
    expect(readFileSync(file, 'utf8')).toMatch(/^connvis-history 1\nblock\n[^]*\nend \d+ [0-9a-f]{16}\n$/);

    // in a room it ends with the session
    unlinkSync(join(state, 'session'));
    viewer = await start({ 'room.privacy': 'room' });
    expect(viewer.rows('spans')).toEqual([]);
    await until('the file to go', ARRIVES_MS, () => !existsSync(file));
    await end('SIGTERM');
    expect(existsSync(file)).toBe(true);

    viewer = await start({ 'history.hours': 0 });
    expect(viewer.rows('kept')[0]).toMatchObject({ hours: 0 });
    await until('the file to go', ARRIVES_MS, () => !existsSync(file));
  });
});
