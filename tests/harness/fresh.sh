# SPDX-License-Identifier: MIT
# For tests/fresh and tests/package: new systems made by debootstrap(8), and a network that leads out. Uses $cache (what
# is kept for the next time), $home (of a user in the system), $online, $work, $system (its folder there) and $helpers
# (processes to be ended).

# Where apt fetches Debian's packages from here.
mirror() { # LABEL DEFAULT
  local uri
  # shellcheck disable=SC2016 # apt's names, not ours
  uri=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    sed -n "s/^$1 //p" | head -n 1)
  echo "${uri:-$2}"
}
debian=$(mirror Debian http://deb.debian.org/debian)
security=$(mirror Debian-Security http://deb.debian.org/debian-security)

bootstrap() { # RELEASE FOLDER
  mkdir -p "$cache/$1/debs"
  debootstrap --variant=minbase --include=sudo --cache-dir="$cache/$1/debs" "$1" "$2" "$debian" &&
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

# What leads to the packages, from here to there.
take_settings() { # RELEASE FOLDER
  local file
  printf 'deb %s main\n' "$debian $1" "$debian $1-updates" "$security $1-security" >"$2/etc/apt/sources.list"
  apt-config dump | grep -E '^Acquire::(https?|Retries|ForceIPv[46]|Check-Valid-Until)\b.* "..*";$' \
    >"$2/etc/apt/apt.conf.d/90reach" || true
  mkdir -p "$2/usr/local/share/ca-certificates"
  cp -r /usr/local/share/ca-certificates/. "$2/usr/local/share/ca-certificates/"
  if command -v npm >/dev/null; then
    npm config ls | grep -E '^(@[^ ]*:)?(registry|proxy|https-proxy|noproxy|cafile|strict-ssl|fetch-[a-z-]+|replace-registry-host|omit-lockfile-registry-resolved) = ' \
      >"$2$home/.npmrc" || true
  fi
  # certificates that lie elsewhere
  while read -r file; do
    [[ $file == /etc/ssl/* || ! -f $file ]] || install -D -m 644 "$file" "$2$file"
  done < <(cat "$2$home/.npmrc" "$2/etc/apt/apt.conf.d/90reach" 2>/dev/null |
    sed -nE 's/^(cafile = |Acquire::https.*::CaInfo )"?([^";]+)"?;?$/\2/p')
}

# What it is called, and whom it asks for names: slirp4netns.
name_system() { # NAME FOLDER
  echo "$1" >"$2/etc/hostname"
  printf '127.0.0.1 localhost %s\n::1 localhost %s\n' "$1" "$1" >"$2/etc/hosts"
  rm -f "$2/etc/resolv.conf"
  echo 'nameserver 10.0.2.3' >"$2/etc/resolv.conf"
}

# Its own network's settings are its own. Takes the place of this shell.
nspawn() { # NAME ARGUMENT…
  SYSTEMD_NSPAWN_API_VFS_WRITABLE=yes exec systemd-nspawn --quiet --directory="$system" --register=no --keep-unit \
    --link-journal=no --timezone=off --resolv-conf=off --machine="connvis-$1-$$" \
    --network-namespace-path="/proc/$network/ns/net" --capability=all "${@:2}"
}

# Those that are set, as arguments of systemd-nspawn.
proxies=()
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
  [[ -z ${!name:-} ]] || proxies+=("--setenv=$name=${!name}")
done

# A network that holds nothing but a way out, and a process that keeps it.
make_network() {
  unshare --net -- sh -c 'ip link set lo up && exec setpriv --pdeathsig KILL sleep infinity' >/dev/null 2>&1 &
  network=$!
  helpers+=("$network")
  until [[ $(readlink "/proc/$network/ns/net") != $(readlink /proc/self/ns/net) ]]; do sleep 0.05; done
  [[ $online == yes ]] || return 0
  setpriv --pdeathsig KILL slirp4netns --configure --mtu=1500 --disable-host-loopback "$network" uplink >"$work/slirp4netns" 2>&1 &
  helpers+=("$!")
  for _ in {1..100}; do
    ! nsenter --net="/proc/$network/ns/net" ip route | grep -q default || return 0
    sleep 0.1
  done
  fail "slirp4netns does not lead out: $(tail -n 1 "$work/slirp4netns")"
}
