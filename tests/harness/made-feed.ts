// SPDX-License-Identifier: MIT
// A made-up room on the air: published to a Redis as a collector would do it.

import type { MadeRoom } from './made-room';
import type { Redis } from './redis';
import type { Stage } from './stage';

const CHANNEL = 'connvis:feed:home:overview';

/** Publishes until the stage is taken down: a delta every so many milliseconds, and a keyframe when one is asked for. */
export async function putOnAir(stage: Stage, redis: Redis, room: MadeRoom, ms = 250): Promise<void> {
  const speaker = redis.client();
  const listener = redis.client();
  const keyframe = (): Promise<number> => speaker.publish(CHANNEL, room.keyframe());
  await listener.subscribe('connvis:ask:home', (message) => {
    if (message.toString() === 'keyframe overview') void keyframe();
  });
  await keyframe();
  const timer = setInterval(
    () => void speaker.publish(CHANNEL, room.delta(ms, { moving: 20, coming: 1, going: 1 })).catch(() => undefined),
    ms,
  );
  stage.onClose(() => clearInterval(timer));
}
