// SPDX-License-Identifier: MIT
// A made-up room on the air: published to a Redis as a collector would do it.

import { frameTopic } from './frame-topic';
import type { MadeRoom } from './made-room';
import type { Redis } from './redis';
import type { Stage } from './stage';

const channelOf = (topic: string): string => `connvis:feed:home:${topic}`;

/** Publishes until the stage is taken down: a delta every so many milliseconds, and a keyframe when one is asked for. */
export async function putOnAir(stage: Stage, redis: Redis, room: MadeRoom, ms = 250): Promise<void> {
  const speaker = redis.client();
  const listener = redis.client();
  const keyframe = async (topic: string): Promise<void> => {
    const frame = room.keyframe(topic);
    if (frame) await speaker.publish(channelOf(topic), frame);
  };
  await listener.subscribe('connvis:ask:home', (message) => {
    const [, topic] = /^keyframe (.+)$/.exec(message.toString()) ?? [];
    if (topic !== undefined) void keyframe(topic);
  });
  await keyframe('overview');
  await keyframe('lookups');
  const change = { moving: 20, coming: 1, going: 1 };
  const timer = setInterval(() => {
    for (const frame of room.delta(ms, change))
      void speaker.publish(channelOf(frameTopic(frame)), frame).catch(() => undefined);
  }, ms);
  stage.onClose(() => clearInterval(timer));
}
