// SPDX-License-Identifier: MIT
// What a conversation is called, whose it is and what it is for: as far as its own device's lookups, and the far end's
// address, earn it.

import { describe, expect, it } from 'vitest';
import { translator } from '../i18n';
import { IDLE } from './freshness';
import { groupKey, groupLabel, isNamed } from './grouping';
import { sampleCompany, sampleConversation, sampleDevice, sampleName, sampleNetwork, sampleRemote } from './sample';
import { conversationFullName } from './special';
import { ConversationEntity } from './entities';

const t = translator('en');
const device = sampleDevice('Aino');
const tracker = sampleName('graph.facebook.com', {
  domain: 'facebook.com',
  company: sampleCompany('Meta'),
  category: 'analytics',
});

describe('a name that another device looked up', () => {
  const network = sampleNetwork('Example Networks');
  const guess = sampleConversation(device, sampleRemote({ asked: tracker, network }), { own: null });

  it('is a guess, and says neither whose it is nor what for', () => {
    expect(guess).toMatchObject({ how: 'dns-other', company: null, category: null, list: null });
    expect(conversationFullName(guess, t)).toBe('graph.facebook.com (a guess)');
    const own = sampleConversation(device, sampleRemote({ asked: tracker }));
    expect(own).toMatchObject({ how: 'dns', company: { name: 'Meta' }, category: 'analytics' });
    expect(conversationFullName(own, t)).toBe('graph.facebook.com');
    for (const by of ['company', 'domain'] as const) {
      const key = groupKey(guess, by);
      expect(key).not.toBe(groupKey(own, by));
      expect(groupLabel(key, by, t, String)).toBe('facebook.com (a guess)');
      expect(isNamed(key, by)).toBe(false);
    }
    expect(groupKey(guess, 'category')).toBe('~unknown');
  });

  it('leaves the far end to those who own its address', () => {
    const owned = sampleRemote({ asked: tracker, company: sampleCompany('Example'), category: 'calls' });
    const conversation = sampleConversation(device, owned, { own: null });
    expect(conversation).toMatchObject({ company: { name: 'Example' }, category: 'calls', name: 'facebook.com' });
  });

  it('does not name who began a conversation from outside', () => {
    const inbound = new ConversationEntity(1);
    Object.assign(inbound, { device, remote: sampleRemote({ asked: tracker, network }), inbound: true });
    expect(inbound).toMatchObject({ how: 'network', name: 'Example Networks' });
  });
});

it('is called by whose it is where a name says so that this viewer is not told', () => {
  const network = sampleNetwork('Some Cloud');
  const untold = new ConversationEntity(1);
  Object.assign(untold, { device, remote: sampleRemote({ network }), company: sampleCompany('Meta') });
  expect(untold).toMatchObject({ how: 'network', name: 'Meta', fullName: 'Meta' });
  const owner = sampleCompany('Example');
  Object.assign(untold, { remote: sampleRemote({ network, company: owner }), company: owner });
  expect(untold.name).toBe('Some Cloud');
});

it('is in use as long as the feed says', () => {
  const conversation = new ConversationEntity(1);
  Object.assign(conversation, { device, remote: sampleRemote(), open: 1, active: 1000 });
  expect(conversation.judge(1000 + IDLE, IDLE)).toBe(true);
  expect(conversation.judge(61_000, 60_000)).toBe(true);
  conversation.judge(61_001, 60_000);
  expect(conversation.gone).toBe(61_001);
});
