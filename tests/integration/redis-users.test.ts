// SPDX-License-Identifier: MIT
// The Redis that packages start (deploy/redis): both daemons log in, and neither may do what the other does.

import { chmodSync, chownSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Line } from '../harness/line';
import { programs } from '../harness/paths';
import { PackagedRedis, type RedisUser } from '../harness/packaged-redis';
import { Redis, type Reply } from '../harness/redis';
import { sharedStage } from '../harness/stage';
import { sleep, until } from '../harness/wait';

/** A user who has no other process, of those that systemd gives to DynamicUser=. */
const INTRUDER = 61_987;

const stage = sharedStage();
const redis = new PackagedRedis(stage);
let line: Line;

beforeAll(async () => {
  await redis.start();
  line = await Line.prepare(stage, {
    collector: { ...redis.login('collector'), 'redis.keyframe_limit': 134_217_728 },
    broadcaster: redis.login('broadcaster'),
  });
  line.startCollector();
  await line.startBroadcaster();
  await line.healthy();
});

/** Whether Redis did it: "yes", or the word with which it refused. */
async function may(user: RedisUser | undefined, ...words: string[]): Promise<string> {
  const one = await redis.client(user);
  const done = await one.command(...words).then(
    (reply: Reply) => (reply === null ? 'nothing' : 'yes'),
    (error: unknown) => String(error).split(' ')[1] as string,
  );
  one.close();
  return done;
}

describe('Redis for connvis alone', () => {
  test('carries the feed to a page', async () => {
    await line.inject('--count', '20', '--quiet');
    const viewer = await line.viewer();
    await until('the connections to be there', 10_000, async () => viewer.rows('conversations').length > 0);
    viewer.close();
    expect(line.collector.output).not.toMatch(/refuses/);
    expect(line.broadcaster.output).not.toMatch(/refuses/);
  });

  const channels = ['feed:home:overview', 'reply:home', 'ask:home', 'command:home', 'metrics:home', 'access'];
  test.each<[RedisUser, string, string[]]>([
    ['collector', 'PUBLISH', ['feed:home:overview', 'reply:home', 'ask:home', 'metrics:home']],
    ['collector', 'SUBSCRIBE', ['ask:home', 'command:home']],
    ['broadcaster', 'PUBLISH', ['ask:home', 'command:home', 'access']],
    ['broadcaster', 'SUBSCRIBE', ['feed:home:overview', 'reply:home', 'metrics:home', 'access']],
  ])('the %s may %s to its channels alone', async (user, verb, its) => {
    for (const channel of channels) {
      const words = [verb, `connvis:${channel}`, ...(verb === 'PUBLISH' ? ['nonsense'] : [])];
      expect(await may(user, ...words), channel).toBe(its.includes(channel) ? 'yes' : 'NOPERM');
    }
    expect(await may(user, verb, 'other', ...(verb === 'PUBLISH' ? ['x'] : []))).toBe('NOPERM');
  });

  test.each(['collector', 'broadcaster'] as const)('the %s may do nothing else', async (user) => {
    expect(await may(user, 'PING')).toBe('yes');
    for (const words of [
      ['CONFIG', 'GET', 'dir'],
      ['CONFIG', 'SET', 'dir', '/tmp'],
      ['SET', 'connvis:x', '1'],
      ['GET', 'connvis:x'],
      ['KEYS', '*'],
      ['EVAL', 'return 1', '0'],
      ['PSUBSCRIBE', '*'],
      ['CLIENT', 'LIST'],
      ['CLIENT', 'KILL', 'TYPE', 'pubsub'],
      ['ACL', 'LIST'],
      ['SHUTDOWN'],
      ['MONITOR'],
      ['REPLICAOF', '127.0.0.1', '1'],
      ['MODULE', 'LIST'],
    ])
      expect(await may(user, ...words), words.join(' ')).toBe('NOPERM');
  });

  test('a hostile program in the place of the broadcaster may do nothing but what the broadcaster may', async () => {
    // where the user of the broadcaster gets to, and what is not his: as the packages have it
    const socket = stage.path('run/redis.sock');
    const password = stage.path('password');
    copyFileSync(redis.passwordFile('broadcaster'), password);
    chownSync(password, INTRUDER, INTRUDER);
    for (const path of [stage.path('run'), socket]) chownSync(path, 0, INTRUDER);
    chmodSync(stage.path('run'), 0o750);
    chmodSync(stage.path('passwords'), 0o700);
    const state = stage.path('state');
    mkdirSync(state, { mode: 0o700 });
    writeFileSync(join(state, 'session'), 'of the collector', { mode: 0o600 });
    const others = [state, join(state, 'session'), stage.path('passwords'), redis.passwordFile('collector')];
    // a checkout in somebody's home is not everybody's
    const program = stage.path('connvis-intruder');
    copyFileSync(programs.intruder, program);
    const groups = 'redis,files,processes,capabilities';
    const args = ['--no-new-privs', program, groups, socket, password, ...others];
    const intruder = stage.start('setpriv', args, { title: 'connvis-intruder', user: INTRUDER });
    const { code } = await intruder.ended(60_000);
    expect(intruder.output).toMatch(/\b\d{2,} attempts, 0 done\n$/);
    expect(intruder.output.match(/ as the broadcaster: /g)).toHaveLength(3);
    expect(code).toBe(0);
    // and nobody has noticed it
    await line.healthy();
  }, 90_000);

  test('nobody else may do anything', async () => {
    for (const words of [
      ['PING'],
      ['PUBLISH', 'connvis:command:home', 'x'],
      ['SUBSCRIBE', 'connvis:feed:home:overview'],
    ])
      expect(await may(undefined, ...words)).toBe('NOAUTH');
    const one = await redis.client();
    await expect(one.command('AUTH', 'default', '')).rejects.toThrow('WRONGPASS');
    await expect(one.command('AUTH', 'collector', 'guess')).rejects.toThrow('WRONGPASS');
  });

  test('a wrong password is said, and the right one is taken without a restart', async () => {
    const file = stage.file('wrong', 'guess\n');
    const before = line.broadcaster;
    await before.end();
    const broadcaster = await line.startBroadcaster({ 'redis.password_file': file });
    await until('it to be refused', 10_000, async () => /does not know this user with this/.test(broadcaster.output));
    writeFileSync(file, readFileSync(redis.passwordFile('broadcaster')));
    await line.healthy();
  }, 40_000);
});

// as the ACL of somebody who made it before collectors told what they count, and answered what viewers ask for
test('a user who may not have the counts has the feed', { timeout: 40_000 }, async () => {
  const own = new Redis(stage);
  await own.start();
  const admin = own.client();
  const may = ['+subscribe', '+unsubscribe', '+publish', '+ping', 'resetchannels', '&connvis:feed:*', '&connvis:ask:*'];
  await admin.command('ACL', 'SETUSER', 'own', 'on', '>secret', ...may);
  const login = { 'redis.user': 'own', 'redis.password_file': stage.file('own', 'secret\n') };
  const other = await Line.prepare(stage, {
    collector: { 'redis.server': own.path },
    broadcaster: { 'redis.server': own.path, ...login },
  });
  other.startCollector();
  await other.startBroadcaster();
  await other.healthy();
  await other.broadcaster.said(/may not subscribe to connvis:metrics:home/, 10_000);
  await other.broadcaster.said(/may not subscribe to connvis:reply:home/, 10_000);
  await other.broadcaster.said(/may not subscribe to connvis:access/, 10_000);
  const viewer = await other.viewer();
  await viewer.live(10_000);
  const connects = await other.metric(/^connvis_broadcaster_redis_connects_total /);
  // each of the three costs one
  expect(connects).toBeLessThanOrEqual(4);
  expect(await viewer.refusal('me')).toBe('no-redis');
  await other.broadcaster.said(/may not publish to connvis:command:home/, 10_000);
  await sleep(3000);
  await viewer.live(2000);
  expect(await other.metric(/^connvis_broadcaster_redis_connects_total /)).toBe(connects);
  expect(other.broadcaster.output).not.toMatch(/refuses|is not there/);
});
