// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { Queue } from './queue';

it('runs one after the other, and goes on after one that throws', async () => {
  const ran: string[] = [];
  const queue = new Queue((error) => ran.push(String(error)));
  queue.run(async () => {
    await Promise.resolve();
    ran.push('first');
  });
  queue.run(() => {
    throw new Error('broken');
  });
  queue.run(() => Promise.reject(new Error('late')));
  queue.run(() => void ran.push('last'));
  await queue.idle();
  expect(ran).toEqual(['first', 'Error: broken', 'Error: late', 'last']);
});
