// SPDX-License-Identifier: MIT
// A session remembers: what has ended stays in its sums, over restarts too, and what is idle is idle after a start.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ECHO_PORT, WORLD } from '../harness/home';
import { keptHome, type KeptHome } from '../harness/kept-home';
import { stage, type Stage } from '../harness/stage';
import { connect, send, visit } from '../harness/visit';
import { sleep } from '../harness/wait';
import type { Row, Viewer } from '../harness/viewer';

const ARRIVES_MS = 10_000;

const moved = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + Number(row.up_bytes) + Number(row.down_bytes), 0);
const ofDevice = (viewer: Viewer): Row | undefined => viewer.rows('devices').find(({ self }) => self !== true);
const total = (viewer: Viewer): number => moved(viewer.rows('devices'));
/** What conversations and sums say has to be what the devices say. */
const parts = (viewer: Viewer): number => moved([...viewer.rows('conversations'), ...viewer.rows('sums')]);

const scene = (here: Stage): Promise<KeptHome> => keptHome(here, 'overview', 'site');

describe('a session', { timeout: 120_000 }, () => {
  test('shows connections that live for less than a second, and keeps them', async () => {
    const here = stage();
    const { line, start } = await scene(here);
    const viewer = await start();
    await visit(WORLD.ipv4, 30_000);
    await viewer.until('the visit', ARRIVES_MS, (v) => parts(v) > 60_000);
    const [row] = viewer.rows('conversations');
    // it is in TIME_WAIT: neither open nor beginning
    expect(row).toMatchObject({ open: 0, connecting: 0, total: 1, port: ECHO_PORT });
    await line.router.run('conntrack', '-F');
    await viewer.until('the entry to go', ARRIVES_MS, (v) => v.site().connections === 0);
    await sleep(1500);
    expect(viewer.rows('conversations')).toHaveLength(1);
    expect(parts(viewer)).toBe(total(viewer));
    await visit(WORLD.ipv4, 20_000);
    await viewer.until('the second visit', ARRIVES_MS, (v) => parts(v) > 100_000);
    expect(viewer.rows('conversations')).toHaveLength(1);
    expect(viewer.rows('conversations')[0]).toMatchObject({ id: row?.id, total: 2 });
  });

  test('adds up what is not kept one by one, to the byte', async () => {
    const here = stage();
    const { line, start } = await scene(here);
    const viewer = await start({ 'limits.ended': 1 });
    await visit(WORLD.ipv4, 3000);
    await visit(WORLD.ipv6, 5000);
    await viewer.until('both', ARRIVES_MS, (v) => total(v) > 16_000);
    expect(parts(viewer)).toBe(total(viewer));
    for (const family of ['ipv4', 'ipv6']) await line.router.run('conntrack', '-F', '-f', family);
    await viewer.until('the entries to go', ARRIVES_MS, (v) => v.site().connections === 0);
    await viewer.until('one of them in a sum', ARRIVES_MS, (v) => v.rows('sums').length === 1);
    expect(viewer.rows('conversations')).toHaveLength(1);
    expect(parts(viewer)).toBe(total(viewer));
  });

  test('goes on after a restart, with what is alive counted once', async () => {
    const here = stage();
    const { start, end, state, counted } = await scene(here);
    const first = await start();
    const socket = await connect(WORLD.ipv4);
    here.onClose(() => void socket.destroy());
    await send(socket, 100_000);
    await visit(WORLD.ipv6, 7000);
    await first.until('all of it', ARRIVES_MS, (v) => total(v) > 214_000);
    await sleep(1500);
    const before = { total: total(first), alive: await counted(), device: ofDevice(first) };
    const ended = before.total - before.alive;
    await end('SIGTERM');
    expect(readFileSync(join(state, 'session'), 'utf8')).toMatch(/^connvis-session 3\n[^]*\nend \d+\n$/);

    // while nobody counts
    await send(socket, 11_000);
    const second = await start();
    await second.until('what moved meanwhile', ARRIVES_MS, (v) => total(v) > before.total + 22_000);
    await sleep(1500);
    expect(total(second)).toBe(ended + (await counted()));
    expect(parts(second)).toBe(total(second));
    expect(second.rows('devices')).toHaveLength(1);
    expect(ofDevice(second)).toMatchObject({ alias: before.device?.alias, total: before.device?.total });
    expect(second.site().session).toBeLessThan(0);
    expect(second.site().gap_from).toBeLessThan(second.site().gap_until as number);

    // killed before it could save anything: what is alive has lost nothing all the same
    await send(socket, 13_000);
    await second.until('it', ARRIVES_MS, (v) => total(v) > before.total + 48_000);
    await end('SIGKILL');
    const third = await start();
    await third.until('all of it again', ARRIVES_MS, (v) => total(v) > before.total + 48_000);
    await sleep(1500);
    expect(total(third)).toBe(ended + (await counted()));
    expect(parts(third)).toBe(total(third));
  });

  test('begins anew where what was saved is spoilt, too old, or of no use to the operator', async () => {
    const here = stage();
    const { line, start, end, state } = await scene(here);
    const file = join(state, 'session');
    await start();
    await visit(WORLD.ipv4, 3000);
    await sleep(2000);
    await end('SIGTERM');
    const whole = readFileSync(file, 'utf8');

    writeFileSync(file, whole.slice(0, whole.length / 2));
    let viewer = await start();
    expect(line.collector.output).toContain(`The session saved in ${file} cannot be read`);
    expect(readFileSync(`${file}.bad`, 'utf8')).toBe(whole.slice(0, whole.length / 2));
    expect(viewer.site()).toMatchObject({ session: 0, gap_from: null, gap_until: null });
    await end('SIGTERM');

    writeFileSync(file, whole);
    viewer = await start({ 'state.resume': 0 });
    expect(viewer.site()).toMatchObject({ session: 0, gap_from: null });
    await end('SIGKILL');

    const saved = /^time \d+ (\d+)$/m.exec(whole)?.[1] ?? '';
    writeFileSync(file, whole.replace(saved, String(Number(saved) - 100_000_000)));
    await start();
    expect(line.collector.output).toContain('a new one begins');
  });
});

describe('after a start', { timeout: 60_000 }, () => {
  test('what is idle is idle', async () => {
    const here = stage();
    const { start } = await scene(here);
    const socket = await connect(WORLD.ipv4);
    here.onClose(() => void socket.destroy());
    await send(socket, 1000);
    await sleep(6000);
    const viewer = await start();
    await viewer.until('the conversation', ARRIVES_MS, (v) => v.rows('conversations').length === 1);
    expect(viewer.rows('conversations')[0]?.active).toBeLessThan(-3000);
  });
});
