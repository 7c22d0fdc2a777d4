// SPDX-License-Identifier: MIT
// A device stays the same one, and keeps its name: through a new DHCP address, new IPv6 addresses, another device's
// address, a restart of the collector, and a state that is lost or spoilt.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deviceAt, deviceOf, sources, talks } from '../harness/feed';
import { Line } from '../harness/line';
import { stage, type Stage } from '../harness/stage';
import { Street, cutOff, type Device } from '../harness/street';
import { until } from '../harness/wait';
import type { Row, Viewer } from '../harness/viewer';

const MACS = ['3c:a9:f4:10:20:21', '9e:77:02:10:20:32', '5a:31:9c:10:20:31'];
const REMOTE = '198.51.100.7';

interface Scene {
  readonly street: Street;
  readonly line: Line;
  readonly viewer: Viewer;
  readonly state: string;
}

async function scene(here: Stage): Promise<Scene> {
  const street = await Street.make(here, MACS);
  const state = here.path('state');
  mkdirSync(state);
  const vendors = here.path('vendors');
  mkdirSync(vendors);
  writeFileSync(
    join(vendors, 'oui.csv'),
    'Registry,Assignment,Organization Name,Organization Address\nMA-L,3CA9F4,"Makers, Inc.",Street 1\n',
  );
  const line = await Line.start(here, {
    router: street.router,
    collector: { ...street.settings, 'state.folder': state, 'devices.vendors': vendors },
  });
  return { street, line, viewer: await line.viewer({ faithful: true }), state };
}

function device(viewer: Viewer, mac: string): Row {
  const found = deviceOf(viewer, mac);
  if (!found) throw new Error(`there is no device with the MAC ${mac}. ${viewer.describe()}`);
  return found;
}

/** Waits until the device with the MAC has the address. */
const has = (viewer: Viewer, { mac }: Device, address: string): Promise<void> =>
  viewer.until(
    `${mac} to have ${address}`,
    10_000,
    (v) => deviceAt(v, address)?.id !== undefined && deviceAt(v, address)?.id === deviceOf(v, mac)?.id,
  );

const aliases = (viewer: Viewer): (string | undefined)[] =>
  MACS.map((mac) => deviceOf(viewer, mac)?.alias as string | undefined);

/** All three devices talk, each from one address. */
async function settle({ street, viewer }: Scene): Promise<string[]> {
  for (const [i, each] of street.devices.entries()) {
    await each.move(`192.168.77.${10 + i}`);
    await street.connect(`192.168.77.${10 + i}`, REMOTE, 500 + i);
    await has(viewer, each, `192.168.77.${10 + i}`);
  }
  const found = aliases(viewer) as string[];
  expect(new Set(found).size).toBe(3);
  for (const alias of found) expect(alias).toMatch(/^\p{L}[\p{L}' -]*( \d+)?$/u);
  return found;
}

describe('a device', () => {
  test(
    'has its host name from DHCP and its maker, and keeps its name with a new address',
    { timeout: 90_000 },
    async () => {
      const here = stage();
      const { street, viewer } = await scene(here);
      const [phone] = street.devices as [Device];
      const client = await phone.lease(here, 'Annas-Phone');
      const first = (await phone.address()) as string;
      expect(first).toMatch(/^192\.168\.77\.1[01]\d|120$/);
      await street.connect(first, REMOTE);
      await has(viewer, phone, first);
      await viewer.until(
        'the host name and the maker',
        10_000,
        (v) => deviceOf(v, phone.mac)?.host_name === 'Annas-Phone' && Boolean(deviceOf(v, phone.mac)?.vendor),
      );
      const before = device(viewer, phone.mac);
      expect(before).toMatchObject({ vendor: expect.stringContaining('Makers'), mac_kind: 'vendor', named: false });

      // the server has other addresses to give now, and the phone asks again
      rmSync(street.leases);
      await street.serve('192.168.77.150,192.168.77.170');
      client.signal('SIGUSR2');
      await until('the phone to give its address back', 15_000, async () => (await phone.address()) === undefined);
      client.signal('SIGUSR1');
      const second = await until(
        'a new address',
        15_000,
        () => phone.address(),
        () => client.output,
      );
      expect(second).toMatch(/^192\.168\.77\.1[567]\d$/);
      await phone.talk(second);
      await street.connect(second, REMOTE, 444);
      await has(viewer, phone, second);
      await viewer.until('its conversation', 15_000, (v) =>
        talks(v).some(({ port, device: whose }) => port === 444 && whose?.id === before.id),
      );
      expect(device(viewer, phone.mac)).toMatchObject({ id: before.id, alias: before.alias, host_name: 'Annas-Phone' });
      expect(viewer.rows('devices').filter(({ self }) => !self)).toHaveLength(1);
    },
  );

  test('stays one device through IPv6 addresses that change', async () => {
    const { street, viewer } = await scene(stage());
    const [phone] = street.devices as [Device];
    await phone.move('192.168.77.10');
    await street.connect('192.168.77.10', REMOTE);
    await has(viewer, phone, '192.168.77.10');
    const before = device(viewer, phone.mac);
    for (let i = 1; i <= 6; i++) {
      const address = `2001:db8:77::${i}a:${i}b:${i}c:${i}d`;
      await phone.add(address);
      await street.connect(address, '2001:db8:1000::7', 600 + i);
      await has(viewer, phone, address);
    }
    await viewer.until(
      'all conversations',
      5000,
      (v) => talks(v).filter(({ device: whose }) => whose?.id === before.id).length === 7,
    );
    expect(device(viewer, phone.mac)).toMatchObject({ id: before.id, alias: before.alias });
    expect(viewer.rows('devices').filter(({ self }) => !self)).toHaveLength(1);
  });

  test('and another swap their addresses: each keeps its name, and what it does then is its own', async () => {
    const here = await scene(stage());
    const { street, viewer } = here;
    const [one, two] = street.devices as [Device, Device];
    const names = await settle(here);
    const ids = [device(viewer, one.mac).id, device(viewer, two.mac).id];
    await one.namespace.run('ip', '-4', 'address', 'flush', 'dev', 'eth0');
    await two.move('192.168.77.10');
    await one.move('192.168.77.11');
    await has(viewer, two, '192.168.77.10');
    await has(viewer, one, '192.168.77.11');
    expect(aliases(viewer)).toEqual(names);
    await street.connect('192.168.77.11', REMOTE, 700);
    await street.connect('192.168.77.10', REMOTE, 701);
    await viewer.until('what they do then', 15_000, (v) => talks(v).filter(({ port }) => port >= 700).length === 2);
    const owner = (port: number): number | undefined => talks(viewer).find((talk) => talk.port === port)?.device?.id;
    expect([owner(700), owner(701)]).toEqual(ids);
  });
});

describe('the names of devices', () => {
  async function restart(here: Scene, meanwhile: () => void = () => undefined): Promise<void> {
    const { line, viewer } = here;
    const epoch = viewer.reader().epoch?.start;
    await line.collector.end();
    meanwhile();
    line.startCollector();
    await viewer.until(
      'the new collector to know all devices',
      15_000,
      (v) => v.reader().epoch?.start !== epoch && aliases(v).every((alias) => alias),
    );
  }

  test('are the same after a restart, and with the state lost, cut off or spoilt', { timeout: 90_000 }, async () => {
    const here = await scene(stage());
    const names = await settle(here);
    await restart(here);
    expect(aliases(here.viewer)).toEqual(names);
    const file = join(here.state, 'names');
    expect(readFileSync(file, 'utf8')).toContain(names[0]);

    await restart(here, () => cutOff(file, 0.6));
    expect(aliases(here.viewer)).toEqual(names);
    await restart(here, () => writeFileSync(file, Buffer.alloc(3000, 0xff)));
    expect(aliases(here.viewer)).toEqual(names);
    await restart(here, () => rmSync(file));
    expect(aliases(here.viewer)).toEqual(names);
    // and what was spoilt is whole again
    await restart(here);
    expect(readFileSync(file, 'utf8')).toContain(names[2]);
    expect(sources(here.viewer, 'aliases')).toMatchObject([{ state: 'ok' }]);
  });

  test('that a person gave stay through a restart; a name that is no name is refused', async () => {
    const here = await scene(stage());
    const { line, viewer } = here;
    const names = await settle(here);
    const id = device(viewer, MACS[1] as string).id;
    const [client, replies] = [line.redis.client(), line.redis.client()];
    const heard: string[] = [];
    await replies.subscribe('connvis:reply:home', (message) => heard.push(message.toString()));
    const command = async (words: string): Promise<string> => {
      const request = `r${heard.length}`;
      await client.publish('connvis:command:home', `${request} facilitator 127.0.0.1 name ${words}`);
      await viewer.until('a reply', 15_000, () => heard.some((reply) => reply.startsWith(`${request} `)));
      return heard.at(-1)?.slice(request.length + 1) ?? '';
    };
    expect(await command(`${id} Leena's phone`)).toMatch(/^ok \{/);
    await viewer.until('the given name', 15_000, (v) => deviceOf(v, MACS[1] as string)?.alias === "Leena's phone");
    expect(device(viewer, MACS[1] as string).named).toBe(true);
    expect(await command(`${id} ${names[0]}`)).toMatch(/^error /);
    expect(await command(`${id} <b>\u202e</b>\u0007`)).toMatch(/^error /);
    expect(await command(`4000000000 Somebody`)).toMatch(/^error /);
    await restart(here);
    expect(aliases(viewer)).toEqual([names[0], "Leena's phone", names[2]]);
    expect(await command(`${device(viewer, MACS[1] as string).id}`)).toMatch(/^ok \{/);
    await viewer.until('its own name', 15_000, (v) => deviceOf(v, MACS[1] as string)?.alias === names[1]);
  });

  test('are lost with the process where the state cannot be written, and the page says so', async () => {
    const here = stage();
    const street = await Street.make(here, MACS);
    const state = here.path('state');
    // where the file of names belongs there is something that cannot be replaced
    mkdirSync(`${state}/names`, { recursive: true });
    const line = await Line.start(here, {
      router: street.router,
      collector: { ...street.settings, 'state.folder': state },
    });
    const viewer = await line.viewer();
    await settle({ street, line, viewer, state });
    await viewer.until('the source to say so', 10_000, (v) =>
      sources(v, 'aliases').some(({ state: how, detail }) => how !== 'ok' && String(detail).includes(state)),
    );
    expect(line.collector.ending).toBeUndefined();
  });
});
