// SPDX-License-Identifier: MIT
// Who may watch which topic: by role, in a home and in a room (PROTOCOL.md, "Who may watch what").

import { expect, test } from 'vitest';
import { Line } from '../harness/line';
import { stage } from '../harness/stage';
import { until } from '../harness/wait';
import type { Viewer } from '../harness/viewer';

const SOON_MS = 20_000;
const REFUSAL = 'This is not shown in your role.';

/** What a viewer is told beside frames. */
function hear(viewer: Viewer): string[] {
  const said: string[] = [];
  viewer.socket.on('message', (data, binary) => binary || said.push((data as Buffer).toString()));
  return said;
}

test('a home shows everything to everybody in it', async () => {
  const line = await Line.start(stage());
  const viewer = await line.viewer({ topics: ['overview', 'connections'] });
  await viewer.until('both topics', SOON_MS, () => true);
  expect(viewer.hello).toMatchObject({ topics: ['overview', 'connections'], refused: [] });
  expect((await line.get('/api/v1/state?topic=connections')).status).toBe(200);
});

test('a room keeps single connections for who leads it', async () => {
  const line = await Line.start(stage(), { broadcaster: { 'room.privacy': 'room' } });
  const viewer = await line.viewer();
  const said = hear(viewer);
  await viewer.until('the overview', SOON_MS, () => true);
  expect(viewer.hello).toMatchObject({ topics: ['overview'], refused: ['connections'] });
  viewer.socket.send('watch home connections');
  await until('it to be refused', SOON_MS, () => said.some((text) => text.includes('refused":"connections')));
  expect(said.flatMap((text) => (text.startsWith('{"refused"') ? [JSON.parse(text) as unknown] : []))).toEqual([
    { refused: 'connections', site: 'home', sentence: REFUSAL },
  ]);
  await viewer.live(SOON_MS);
  expect(viewer.closed).toBeUndefined();
  // nobody has it: it is not even fetched
  const { topics } = JSON.parse((await line.get('/healthz')).body) as { topics: unknown[] };
  expect(topics).toContainEqual(expect.objectContaining({ topic: 'connections', subscribed: false }));
  const { status, body } = await line.get('/api/v1/state?topic=connections');
  expect([status, body]).toEqual([403, `${REFUSAL}\n`]);
  expect((await line.get('/api/v1/state')).status).toBe(200);
});

test('the configuration names other roles', async () => {
  const settings = { 'room.privacy': 'room', 'access.connections': 'participant, facilitator' };
  const line = await Line.start(stage(), { broadcaster: settings });
  const viewer = await line.viewer({ topics: ['overview', 'connections'] });
  await viewer.until('both topics', SOON_MS, () => true);
});
