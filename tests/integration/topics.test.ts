// SPDX-License-Identifier: MIT
// Who may watch which topic: by role, in a home and in a room (PROTOCOL.md, "Who may watch what"). And that what is kept
// for some is in no byte of what is for all.

import { appendFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeHeader } from '../../frontend/src/feed/header';
import { inflate } from '../../frontend/src/feed/inflate';
import { Block, REMOTE } from '../harness/block';
import { addressBytes } from '../harness/conntrack';
import { logPrefix } from '../harness/dnsmasq';
import { deviceAt, deviceOf, lookups, talks } from '../harness/feed';
import { Line } from '../harness/line';
import { Browser, setPassphrase } from '../harness/signing';
import { stage } from '../harness/stage';
import { Street, type Device } from '../harness/street';
import { until } from '../harness/wait';
import type { Viewer } from '../harness/viewer';

const SOON_MS = 20_000;
const REFUSAL = 'This is not shown in your role.';
/** Of a participant: the topics that a room keeps for who leads it. */
const KEPT = ['identities', 'lookups', 'history', 'connections'];
const ALL = ['overview', ...KEPT];

/** What a viewer is told beside frames. */
function hear(viewer: Viewer): string[] {
  const said: string[] = [];
  viewer.socket.on('message', (data, binary) => binary || said.push((data as Buffer).toString()));
  return said;
}

test('a home shows everything to everybody in it', async () => {
  const line = await Line.start(stage());
  const viewer = await line.viewer({ topics: ALL });
  await viewer.until('all topics', SOON_MS, () => true);
  expect(viewer.hello).toMatchObject({ topics: ALL, refused: [] });
  for (const topic of ALL) expect((await line.get(`/api/v1/state?topic=${topic}`)).status, topic).toBe(200);
});

test('a room keeps what points to people for who leads it', async () => {
  const line = await Line.start(stage(), { broadcaster: { 'room.privacy': 'room' } });
  const viewer = await line.viewer({ topics: ['overview'] });
  const said = hear(viewer);
  await viewer.until('the overview', SOON_MS, () => true);
  expect(viewer.hello).toMatchObject({ topics: ['overview'], refused: KEPT });
  for (const topic of KEPT) viewer.socket.send(`watch home ${topic}`);
  const refused = (): string[] => said.filter((text) => text.startsWith('{"refused"'));
  await until('all to be refused', SOON_MS, () => refused().length === KEPT.length);
  expect(refused().map((text) => JSON.parse(text) as unknown)).toEqual(
    KEPT.map((topic) => ({ refused: topic, site: 'home', sentence: REFUSAL })),
  );
  await viewer.live(SOON_MS);
  expect(viewer.closed).toBeUndefined();
  expect((await line.get('/api/v1/state')).status).toBe(200);
  const { topics } = JSON.parse((await line.get('/healthz')).body) as { topics: unknown[] };
  for (const topic of KEPT) {
    // nobody has it: it is not even fetched
    expect(topics).toContainEqual(expect.objectContaining({ topic, subscribed: false }));
    const { status, body } = await line.get(`/api/v1/state?topic=${topic}`);
    expect([status, body]).toEqual([403, `${REFUSAL}\n`]);
  }
});

test('whoever leads the room sees all of it, until they have signed out', async () => {
  const here = stage();
  const folder = here.path('secrets');
  setPassphrase(folder);
  const line = await Line.start(here, { broadcaster: { 'room.privacy': 'room', 'access.folder': folder } });
  const browser = new Browser(line.port);
  expect(await browser.signIn()).toBe('done');
  const viewer = await line.viewer({ topics: ALL, headers: browser.headers });
  await viewer.until('all topics', SOON_MS, () => true);
  expect(viewer.hello).toMatchObject({ role: 'facilitator', topics: ALL, refused: [] });
  for (const topic of ALL) {
    expect((await line.get(`/api/v1/state?topic=${topic}`, browser.headers)).status, topic).toBe(200);
    expect((await line.get(`/api/v1/state?topic=${topic}`)).status, topic).toBe(topic === 'overview' ? 200 : 403);
  }
  const then = browser.headers;
  expect(await browser.ask('sign-out', 'here')).toBe('done');
  await until('the viewer to be sent away', SOON_MS, () => viewer.closed);
  expect((await line.get('/api/v1/state?topic=identities', then)).status).toBe(403);
});

test.each(KEPT)('the configuration names other roles for %s', async (topic) => {
  const settings = { 'room.privacy': 'room', [`access.${topic}`]: 'participant, facilitator' };
  const line = await Line.start(stage(), { broadcaster: settings });
  const viewer = await line.viewer({ topics: ['overview', topic] });
  await viewer.until('both topics', SOON_MS, () => true);
  // the history has names in it that were looked up
  const told = topic === 'lookups' ? ['lookups', 'history'] : [topic];
  expect(viewer.hello?.refused).toEqual(KEPT.filter((other) => !told.includes(other)));
});

/** All that comes of the overview from now on: its frames, inflated, and how many of them are keyframes. */
function gather(viewer: Viewer): { readonly frames: Promise<Buffer>[]; keyframes: number } {
  const all: { readonly frames: Promise<Buffer>[]; keyframes: number } = { frames: [], keyframes: 0 };
  viewer.socket.on('message', (data, binary) => {
    const frame = data as Buffer;
    const header = binary ? decodeHeader(frame) : 'bad';
    if (typeof header === 'string' || header.topic !== 'overview') return;
    if (header.kind === 'keyframe') all.keyframes += 1;
    const sent = frame.subarray(header.payload);
    all.frames.push(header.deflated ? inflate(sent, header.inflatedLength).then(Buffer.from) : Promise.resolve(sent));
  });
  return all;
}

/** With another keyframe, which has all that is known by now. */
async function whole(viewer: Viewer, all: ReturnType<typeof gather>): Promise<Buffer> {
  const before = all.keyframes;
  viewer.socket.send('watch home overview');
  await until('another keyframe', SOON_MS, () => all.keyframes > before);
  await viewer.live(SOON_MS);
  return Buffer.concat(await Promise.all(all.frames));
}

describe('what everybody may see', () => {
  test('has nothing of what tells whose a device is', { timeout: 120_000 }, async () => {
    const here = stage();
    const street = await Street.make(here, ['3c:a9:f4:10:20:21']);
    const line = await Line.start(here, { router: street.router, collector: street.settings });
    const viewer = await line.viewer();
    const gathered = gather(viewer);
    const [phone] = street.devices as [Device];
    await phone.lease(here, 'Annas-Phone');
    const address = await until('an address', SOON_MS, () => phone.address());
    await street.connect(address, '198.51.100.7');
    const added = '2001:db8:77::1a:1b:1c:1d';
    await phone.add(added);
    await street.connect(added, '2001:db8:1000::7', 600);
    await viewer.until(
      'all to be known to who may know it',
      SOON_MS,
      (v) =>
        deviceOf(v, phone.mac)?.host_name === 'Annas-Phone' && deviceAt(v, added)?.id === deviceOf(v, phone.mac)?.id,
    );
    const frames = await whole(viewer, gathered);
    const { body } = await line.get('/api/v1/state');
    const all = Buffer.concat([frames, Buffer.from(body)]);
    expect(all.includes(String(deviceOf(viewer, phone.mac)?.alias))).toBe(true);
    for (const text of ['Annas-Phone', 'annas-phone', phone.mac, address, added, '192.168.77.0/24', '2001:db8:77:'])
      expect(all.includes(text), text).toBe(false);
    const secrets = [phone.mac.replaceAll(':', ''), addressBytes(address), addressBytes(added)];
    for (const secret of secrets) expect(all.includes(Buffer.from(secret, 'hex')), secret).toBe(false);
  });

  test('has no name that somebody looked up, but whose it is; and who holds a device is told its own', async () => {
    const here = stage();
    const log = here.file('lookups.log', '');
    const block = await Block.make(here, {
      collector: { 'dns.journal': 'no', 'dns.logs': log },
      onRouter: { 'room.privacy': 'room' },
    });
    let asked = 0;
    const look = (i: number, name: string): void => {
      const who = `192.168.77.${10 + i}`;
      const head = `${logPrefix(new Date())}${(asked += 1)} ${who}/5353`;
      appendFileSync(log, `${head} query[A] ${name} from ${who}\n${head} reply ${name} is ${REMOTE}\n`);
    };
    const lead = await block.line.viewer();
    const one = await block.watcher(0, ['overview']);
    const two = await block.watcher(1, ['overview']);
    const gathered = gather(one);
    look(0, 'clips.nflxvideo.net');
    look(0, 'anna.quaint-blog.example');
    look(1, 'bert.quaint-shop.example');
    await lead.until('the lookups', SOON_MS, (v) => lookups(v).length === 3);
    for (const i of [0, 1]) await block.street.connect(`192.168.77.${10 + i}`, REMOTE, 600 + i);
    await lead.until('what is called by them', SOON_MS, (v) => {
      const names = talks(v).map(({ name }) => name);
      return names.includes('anna.quaint-blog.example') && names.includes('bert.quaint-shop.example');
    });
    expect(one.hello).toMatchObject({ role: 'participant', refused: KEPT });
    const frames = await whole(one, gathered);
    const state = await block.device(0).namespace.run('curl', '-sS', `${block.url}api/v1/state`);
    for (const text of ['quaint', 'clips', 'anna.', 'bert.', 'nflxvideo'])
      expect(Buffer.concat([frames, Buffer.from(state)]).includes(text), text).toBe(false);
    // the company that was looked up is there, for all
    expect(frames.includes('Netflix')).toBe(true);
    expect(state).toContain('"Netflix"');
    const refused = await block
      .device(0)
      .namespace.run('curl', '-sS', '-w', '%{http_code}', `${block.url}api/v1/state?topic=lookups`);
    expect(refused).toBe(`${REFUSAL}\n403`);
    const told = async (viewer: Viewer): Promise<unknown> => {
      const answer = await viewer.command('asked');
      return (
        answer.done && (answer.result.lookups as unknown[][]).map(([name, , count, result]) => [name, count, result])
      );
    };
    expect(await told(one)).toEqual([
      ['anna.quaint-blog.example', 1, 'answered'],
      ['clips.nflxvideo.net', 1, 'answered'],
    ]);
    expect(await told(two)).toEqual([['bert.quaint-shop.example', 1, 'answered']]);
    expect(await one.command('asked 1')).toMatchObject({ done: true, result: { more: false } });
    expect(await one.refusal('asked x')).toBe('not-understood');
    expect(await lead.refusal('asked')).toBe('no-device');
  });
});
