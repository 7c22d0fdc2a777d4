# SPDX-License-Identifier: MIT
# For tests/fresh and tests/package: new systems made by debootstrap(8), and a network that leads out. Uses $cache (what
# is kept for the next time), $home (of a user in the system), $online, $work, $system (its folder there) and $helpers
# (processes to be ended).

source "$root/deploy/chroot.sh"

bootstrap() { # RELEASE FOLDER
  mkdir -p "$cache/$1/debs"
  make_debian "$1" "$2" --include=sudo --cache-dir="$cache/$1/debs" &&
    tar -C "$2" --exclude='./var/cache/apt/archives/*.deb' -cf "$cache/$1/base.new" . &&
    mv "$cache/$1/base.new" "$cache/$1/base.tar"
}

# The system as debootstrap makes it, of this month.
make_base() { # RELEASE FOLDER
  local base=$cache/$1/base.tar
  if [[ $(find "$base" -mtime -30 2>/dev/null) ]]; then
    tar -C "$2" -xf "$base"
  else
    step "Making Debian $1" bootstrap "$1" "$2"
  fi
}

# Packages that were downloaded before, and in the end those that are new: apt locks its folder, which several systems
# must not share. As links, which cost nothing; a system that has just been made has some of them already.
lend_packages() { # RELEASE FOLDER
  mkdir -p "$cache/$1/debs"
  find "$cache/$1/debs" -maxdepth 1 -name '*.deb' -exec cp --link --force -t "$2/var/cache/apt/archives" {} +
}
keep_packages() { # RELEASE FOLDER
  find "$2/var/cache/apt/archives" -maxdepth 1 -name '*.deb' -links 1 -exec cp --link --force -t "$cache/$1/debs" {} + || true
}

# What leads to the packages, from here to there.
take_settings() { # RELEASE FOLDER
  take_apt_settings "$1" "$2"
  if command -v npm >/dev/null; then
    npm config ls | grep -E '^(@[^ ]*:)?(registry|proxy|https-proxy|noproxy|cafile|strict-ssl|fetch-[a-z-]+|replace-registry-host|omit-lockfile-registry-resolved) = ' \
      >"$2$home/.npmrc" || true
    take_certificates "$2" "$2$home/.npmrc"
  fi
}

# What it is called, and whom it asks for names: slirp4netns.
name_system() { # NAME FOLDER
  echo "$1" >"$2/etc/hostname"
  printf '127.0.0.1 localhost %s\n::1 localhost %s\n' "$1" "$1" >"$2/etc/hosts"
  rm -f "$2/etc/resolv.conf"
  echo 'nameserver 10.0.2.3' >"$2/etc/resolv.conf"
}

# Its own network's settings are its own; $writable (network) says that others are not. Takes the place of this shell,
# and ends with its parent.
nspawn() { # NAME ARGUMENT…
  SYSTEMD_NSPAWN_API_VFS_WRITABLE=${writable:-yes} exec setpriv --pdeathsig KILL systemd-nspawn --quiet --directory="$system" --register=no --keep-unit \
    --link-journal=no --timezone=off --resolv-conf=off --machine="connvis-$1-$$" \
    --network-namespace-path="/proc/$network/ns/net" --capability=all "${@:2}"
}

# As arguments of systemd-nspawn.
proxies=("${proxies[@]/#/--setenv=}")

# A network that holds nothing, and the process that keeps it: $made.
make_namespace() {
  unshare --net -- sh -c 'ip link set lo up && exec setpriv --pdeathsig KILL sleep infinity' >/dev/null 2>&1 &
  made=$!
  helpers+=("$made")
  until [[ $(readlink "/proc/$made/ns/net") != $(readlink /proc/self/ns/net) ]]; do sleep 0.05; done
}

# Gives it a way out.
lead_out() { # PID
  setpriv --pdeathsig KILL slirp4netns --configure --mtu=1500 --disable-host-loopback "$1" uplink >"$work/slirp4netns" 2>&1 &
  helpers+=("$!")
  for _ in {1..100}; do
    ! nsenter --net="/proc/$1/ns/net" ip route | grep -q default || return 0
    sleep 0.1
  done
  fail "slirp4netns does not lead out: $(tail -n 1 "$work/slirp4netns")"
}

# The network of a system.
make_network() {
  make_namespace
  network=$made
  [[ $online == no ]] || lead_out "$network"
}

end_helpers() {
  local pid
  for pid in "${helpers[@]}"; do
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  helpers=()
}

# Takes a system away, or a folder with some. Of one that did not end by itself systemd-nspawn leaves its lock.
remove_systems() { # FOLDER
  local system
  for system in "$1" "$1"/*/; do
    [[ ! -d $system ]] || rm -f "/run/systemd/nspawn/locks/inode-$(stat -c %d:%i "$system")"
  done
  rm -rf --one-file-system "$1"
}

# What runs that were killed have left: both kinds of folders have the number of their process as the first in their name.
sweep() { # PREFIX NAME: of folders in the cache, of systemd-nspawn's machines
  local folder pid
  for folder in "$cache/$1".* /run/systemd/nspawn/*/"connvis-$2"-*; do
    [[ ${folder##*/} =~ ^[^0-9]*([0-9]+) && -d $folder && ! -d /proc/${BASH_REMATCH[1]} ]] || continue
    remove_systems "$folder"
  done
}

# What systemd-nspawn leaves of our own machines.
forget_machines() {
  rmdir /run/systemd/nspawn/*/connvis-*-$$ 2>/dev/null || true
}
