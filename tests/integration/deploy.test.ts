// SPDX-License-Identifier: MIT
// deploy/run where it cannot do something: it says what, before it starts anything, or goes on without it. Whole runs
// are too slow for a test; the parts are called one by one.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { programs, root } from '../harness/paths';
import { stage } from '../harness/stage';

interface Said {
  readonly status: number | null;
  readonly said: string;
}

function run(command: string, ...args: string[]): Said {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 50_000 });
  return { status, said: stdout + stderr };
}

const deployRun = (...args: string[]): Said => run(join(root, 'deploy/run'), ...args);

/** Calls functions of deploy/, with folders of its own in place of the checkout and of /run/connvis. */
function call(
  script: string,
  folders: { readonly checkout?: string; readonly state?: string; readonly before?: string } = {},
): Said {
  const { checkout = root, state = '/nowhere', before = 'true' } = folders;
  const source = ['steps', 'build', 'kernel'].map((name) => `source "${root}/deploy/${name}.sh"`).join('\n');
  return run(
    'unshare',
    '--mount',
    '--net',
    'sh',
    '-c',
    `${before} && exec bash -c "$1"`,
    'sh',
    // as by root, whoever asked for the tests through sudo
    `set -euo pipefail\nunset SUDO_USER\n${source}\nroot=${checkout} settings_folder=${state}\nsource "${root}/deploy/runs.sh"\n${script}`,
  );
}

describe('options of deploy/run', () => {
  test('are explained by -h and --help, with a value after a space or after =', () => {
    for (const option of ['-h', '--help'])
      expect(deployRun(option)).toMatchObject({
        status: 0,
        said: expect.stringContaining('Usage: sudo deploy/run') as string,
      });
    expect(deployRun('--port=99999').said).toBe("The port must be 1 to 65535, not '99999'.\n");
    expect(deployRun('--port', '99999').said).toBe("The port must be 1 to 65535, not '99999'.\n");
    expect(deployRun('--prot=1').said).toContain("There is no option '--prot'.");
    for (const missing of [['--port'], ['--port=']]) expect(deployRun(...missing).said).toBe('--port needs a value.\n');
  });

  test.each(['0', '00', '-1', '65536', '123456', '8o80', ' 80'])('refuse the port "%s"', (port) => {
    expect(deployRun('--port', port)).toEqual({ status: 1, said: `The port must be 1 to 65535, not '${port}'.\n` });
  });

  test.each([
    '999.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    'localhost',
    '1:2',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    ':::',
    ':1::2',
    '12345::',
    '::1.2.3.400',
    'a:b:c:d:e:f:1.2.3',
  ])('refuse the address "%s", and ask nobody about it', (address) => {
    expect(deployRun('--listen', address)).toEqual({
      status: 1,
      said: `The address must be an IP address, such as 127.0.0.1, not '${address}'.\n`,
    });
  });

  test('take a port with zeros before it, and every form of an address', () => {
    const addresses = [
      '127.0.0.1',
      '0.0.0.0',
      '255.255.255.255',
      '::',
      '::1',
      '1::',
      'fe80::1:2',
      '1:2:3:4:5:6:7:8',
      '1:2:3:4:5:6:7::',
      'FD00::A',
      '::ffff:192.0.2.1',
      '1:2:3:4:5:6:1.2.3.4',
    ];
    const { said } = call(
      `source "${root}/deploy/address.sh"\nfor a in ${addresses.join(' ')}; do is_address "$a" || echo "not $a"; done\nport_number 0808\nport_number 00443`,
    );
    expect(said).toBe('808\n443\n');
  });

  test('refuse an address that this machine does not have', () => {
    const check = (address: string): Said =>
      call(`source "${root}/deploy/address.sh"\ncheck_own ${address} && echo fine`, { before: 'ip link set lo up' });
    for (const address of ['127.0.0.1', '127.0.0.5', '::1', '0.0.0.0', '::'])
      expect(check(address).said).toBe('fine\n');
    expect(check('203.0.113.7').said).toContain('This machine has no address 203.0.113.7.');
  });

  test('offer the page to others where they may watch: not at the address that leads outside', () => {
    const before = [
      'ip link set lo up',
      'ip link add lan0 type veth peer name lan1',
      'ip link add wan0 type veth peer name wan1',
      'for i in lan0 lan1 wan0 wan1; do ip link set $i up; done',
      'ip address add 192.168.91.1/24 dev lan0',
      'ip address add fd91::1/64 dev lan0 nodad',
      'ip address add 100.64.5.2/24 dev wan0',
      'ip route add default via 100.64.5.1',
      'echo 1 >/proc/sys/net/ipv4/ip_forward',
    ].join(' && ');
    const offered = (listen: string): Said =>
      call(
        `source "${root}/deploy/page.sh"
listen=${listen} port=8080
"${programs.broadcaster}" --set redis.server=/nowhere/redis.sock --set listen.address=$listen 2>/dev/null &
for _ in {1..100}; do [[ -z $(page_status "$(local_address)" healthz) ]] || break; sleep 0.1; done
offered_addresses
kill $! && wait $!`,
        { before },
      );
    expect(offered('0.0.0.0')).toEqual({ status: 0, said: '192.168.91.1\n' });
    expect(offered('::')).toEqual({ status: 0, said: '192.168.91.1\nfd91::1\n' });
  });
});

test('deploy/make-deb builds nothing for what it does not know', () => {
  const makeDeb = (...args: string[]): Said => run(join(root, 'deploy/make-deb'), ...args);
  expect(makeDeb('--arch', 'mips')).toEqual({ status: 1, said: "--arch takes arm64 or armhf, not 'mips'.\n" });
  expect(makeDeb('--release').said).toBe('--release needs a value.\n');
  expect(makeDeb('--arhc').said).toContain("There is no option '--arhc'.");
});

describe('the checkout', () => {
  const cache = (home: string, folder: string): string =>
    `CMAKE_HOME_DIRECTORY:INTERNAL=${home}\nCMAKE_CACHEFILE_DIR:INTERNAL=${folder}\n`;

  test('that was moved or copied is built anew, and one that was not stays built', () => {
    const here = stage();
    const build = here.path('build');
    const write = (home: string, folder: string): void => {
      mkdirSync(build, { recursive: true });
      writeFileSync(join(build, 'CMakeCache.txt'), cache(home, folder));
    };
    const fresh = (): Said => call(`fresh_build "${build}"`, { checkout: here.folder });
    symlinkSync(here.folder, here.path('link'));
    for (const home of [here.folder, here.path('link')]) {
      write(home, build);
      expect(fresh()).toEqual({ status: 0, said: '' });
      expect(existsSync(build)).toBe(true);
    }
    write('/somewhere/else', '/somewhere/else/build');
    expect(fresh()).toEqual({
      status: 0,
      said: `The build folder ${build} was made for /somewhere/else: building connvis anew.\n`,
    });
    expect(existsSync(build)).toBe(false);
    // what is no build folder is left alone
    mkdirSync(build);
    expect(fresh()).toEqual({ status: 0, said: '' });
    expect(existsSync(build)).toBe(true);
  });

  test('that cannot be written to is refused with what to do', () => {
    const here = stage();
    const before = `mount --bind ${here.folder} ${here.folder} && mount -o remount,ro,bind ${here.folder}`;
    const { status, said } = call('check_checkout', { checkout: here.folder, before });
    expect(status).toBe(1);
    expect(said).toBe(
      `connvis is built inside its checkout, and ${here.folder} cannot be written to: copy it elsewhere and run it there.\n`,
    );
    expect(call('check_checkout', { checkout: here.folder })).toEqual({ status: 0, said: '' });
  });

  test('is built by one run at a time; the next one waits and says so', () => {
    const here = stage();
    const script =
      '(build_lock; echo first; sleep 1; echo first is done) & sleep 0.3; build_lock; echo second; wait; build_unlock';
    expect(call(script, { checkout: here.folder })).toEqual({
      status: 0,
      said: `first\nAnother run is building in ${here.folder}: waiting for it.\nfirst is done\nsecond\n`,
    });
  });
});

test('packages are found under any of their names', () => {
  const packages = (script: string): Said => call(`source "${root}/deploy/packages.sh"\n${script}`);
  expect(packages('missing_packages "no-such-package|bash" "bash|no-such-package" "one|other"').said).toBe(
    'one|other\n',
  );
  expect(packages('choose_package "no-such-package|bash"; choose_package "bash|no-such-package"').said).toBe(
    'bash\nbash\n',
  );
});

test("the writers of MMDB files do not repeat Debian 13's warning that their library is deprecated", () => {
  const here = stage();
  mkdirSync(here.path('MaxMind/DB/Writer'), { recursive: true });
  here.file(
    'MaxMind/DB/Writer/Tree.pm',
    `package MaxMind::DB::Writer::Tree; use warnings;
warnings::warnif('deprecated', 'MaxMind::DB::Writer::Tree is deprecated and should no longer be used');
1;\n`,
  );
  const scripts = [programs.makeMmdb, join(root, 'tests/unit/places/make-mmdb.pl')];
  for (const script of scripts) expect(run('perl', '-I', here.folder, script).said).not.toContain('deprecated');
});

describe('settings of the kernel', () => {
  test('that are read-only are left as they are, and said', () => {
    const here = stage();
    const before = 'mount --bind /proc/sys /proc/sys && mount -o remount,ro,bind /proc/sys && ip link set lo up';
    const { status, said } = call('lab=no\nenter_settings\necho on it goes\nleave_settings', {
      state: here.folder,
      before,
    });
    expect(said).toContain(
      '/proc/sys/net/netfilter/nf_conntrack_acct is 0 and cannot be changed here: connvis goes on without it.\n',
    );
    expect(said).toContain('on it goes\n');
    expect(said).not.toContain('Read-only');
    expect(status).toBe(0);
  });
});

describe('files of the DNS server', () => {
  const source = `source "${root}/deploy/local-files.sh"`;

  test('are read with their group, where everybody may not; and who may not at all is told', () => {
    const [open, group, alone] = ['open', 'group', 'alone'].map((name) => stage().file(`${name}.log`, ''));
    const { said } = call(
      `${source}
      chmod 644 ${open}; chmod 640 ${group}; chgrp 4 ${group}; chmod 600 ${alone}
      groups_to_read ${open} ${group} ${group} ${alone} /nowhere.log`,
    );
    expect(said).toContain(`${alone} can be read by its owner root alone`);
    expect(said.split('\n').filter((line) => /^\d+$/.test(line))).toEqual(['4']);
  });

  test('that somebody made in a folder that is open to all are left aside', () => {
    const [good, bad] = ['good', 'bad'].map((name) => stage().file(`${name}.leases`, ''));
    const { said } = call(`${source}\nchown 12345 ${bad}\nmade_by_system ${good} ${bad} /nowhere`);
    expect(said).toContain(`${good}\n`);
    expect(said).toMatch(new RegExp(`^${bad} is left aside`, 'm'));
  });
});

describe('what a run leaves', () => {
  test('its folder is where programs may be started', () => {
    const noexec = (...folders: string[]): string =>
      folders.map((folder) => `mount -t tmpfs -o noexec tmpfs ${folder}`).join(' && ');
    // the checkout may be in one of them, so they are mounted when all is loaded; the programs of PATH may be, too
    const folder = (mounts: string): Said =>
      call(`PATH=/usr/sbin:/usr/bin:/sbin:/bin\n${mounts}\nmake_run_folder; echo "$run_folder"; rmdir "$run_folder"`);
    expect(folder('').said).toMatch(/^\/tmp\/connvis\.\w{6}\n$/);
    expect(folder(noexec('/tmp')).said).toMatch(/^\/var\/tmp\/connvis\.\w{6}\n$/);
    const nowhere = folder(noexec('/tmp', '/var/tmp', '/run', '/var/lib'));
    expect(nowhere.status).toBe(1);
    expect(nowhere.said).toContain('none of /tmp, /var/tmp, /run and /var/lib lets programs be started');
  });

  test('nothing of /run/connvis stays when the last run ends', () => {
    const here = stage();
    const state = here.path('state');
    const script = [
      'leave_settings() { :; }',
      'run_file=$runs/first; with_lock run_note owner x',
      'run_file=$runs/second; with_lock run_note owner x',
      'with_lock take_away "$runs/first"; ls -A "$settings_folder"',
      'with_lock take_away "$runs/second"; [[ ! -e $settings_folder ]] && echo gone',
      // whoever waited for a lock that was taken away takes the next one
      'with_lock sleep 0.5 & sleep 0.2; with_lock ls -A "$settings_folder"; wait',
    ].join('\n');
    expect(call(script, { state })).toEqual({ status: 0, said: 'lock\nruns\ngone\nlock\nruns\n' });
  });
});
