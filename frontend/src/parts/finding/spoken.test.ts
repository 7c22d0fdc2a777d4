// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { sampleCompany, sampleConversation, sampleDevice, sampleName, sampleRemote } from '../../store/sample';
import type { Receipts } from './finding';
import { isSpokenName, OF_NOTHING, spokenBy } from './spoken';

const [ann, bob] = [sampleDevice('Ann'), sampleDevice('Bob', { id: 2 })];
const company = sampleCompany('Wide Video');
const video = sampleRemote({ asked: sampleName('video.example', { company }) });
const shop = sampleRemote({ asked: sampleName('shop.example') });
const [annVideo, annShop, bobVideo] = [
  sampleConversation(ann, video, { company }),
  sampleConversation(ann, shop),
  sampleConversation(bob, video, { company }),
];
const receipts = (more: Partial<Receipts>): Receipts => ({ devices: [], companies: [], names: [], ...more });

describe('a conversation is spoken of', () => {
  it.each<[string, Partial<Receipts>, readonly boolean[]]>([
    ['by its device', { devices: [ann] }, [true, true, false]],
    ['by its company', { companies: ['Wide Video'] }, [true, false, true]],
    ['by both, where the sentence has both', { devices: [ann], companies: ['Wide Video'] }, [true, false, false]],
    ['by its site, where no company is known', { companies: ['shop.example'] }, [false, true, false]],
    ['not where the sentence is about a name', { devices: [ann], names: ['video.example'] }, [false, false, false]],
  ])('%s', (_, said, expected) => {
    expect([annVideo, annShop, bobVideo].map(spokenBy(receipts(said)))).toEqual(expected);
  });

  it('not where there is no sentence', () => {
    expect(spokenBy(null)).toBe(OF_NOTHING);
    expect(spokenBy(receipts({}))).toBe(OF_NOTHING);
  });
});

describe('a name that was looked up is spoken of', () => {
  it('as a whole, and as its domain', () => {
    const said = receipts({ names: ['ads.shop.example'] });
    expect(isSpokenName(said, 'ads.shop.example', null)).toBe(true);
    expect(isSpokenName(said, 'shop.example', null)).toBe(true);
    expect(isSpokenName(said, 'hop.example', null)).toBe(false);
    expect(isSpokenName(said, 'video.example', 'Wide Video')).toBe(false);
  });

  it('by its company, where the sentence names no name', () => {
    const said = receipts({ companies: ['Wide Video'] });
    expect(isSpokenName(said, 'video.example', 'Wide Video')).toBe(true);
    expect(isSpokenName(said, 'shop.example', null)).toBe(false);
    expect(isSpokenName(null, 'video.example', 'Wide Video')).toBe(false);
  });
});
