// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { sampleConversation, sampleDevice, sampleRemote, sampleSelection } from '../store/sample';
import { leastPause } from './use-paced';

it('draws what came, went or ended sooner than what changed, and what was asked for at once', () => {
  const device = sampleDevice('Aino');
  const conversations = [1, 2, 3].map((id) => sampleConversation(device, sampleRemote(), { id }));
  const selection = sampleSelection(conversations);
  const pace = { things: 40, values: 900 };
  const later = { ...selection, version: 2 };
  expect(leastPause(selection, later, pace)).toBe(900);
  expect(leastPause(selection, { ...later, conversations: conversations.slice(1) }, pace)).toBe(40);
  const ended = conversations.map((one) => (one.id === 2 ? { ...one, gone: 5 } : one));
  expect(leastPause(selection, { ...later, conversations: ended }, pace)).toBe(40);
  expect(leastPause(selection, { ...later, only: device }, pace)).toBe(0);
});
