# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# For tests/package: what the packages weigh, and what becomes of the machine when they come, change and go. Each is a
# command for check. The packages are in /debs, /debs/here of this version and /debs/newer of another one.

# Prints files in the machine, as it knows them.
files_there() { # PATTERN…
  local pattern
  for pattern; do
    # shellcheck disable=SC2086 # a pattern
    printf '%s\n' "$system"$pattern | sed "s|^$system||"
  done
}

# Prints the packages that apt would install, a line each.
would_install() { # PACKAGE…
  inside apt-get install --simulate --no-install-recommends "$@" </dev/null | sed -nE 's/^Inst ([^ ]+) .*/\1/p' | sort
}
# Adds up kB to fetch and kB on the disk, as Debian counts them.
weight_of() { # reads packages, a line each
  local name file others=()
  {
    while read -r name; do
      file=$(echo "$system/debs/here/${name}"_*.deb)
      if [[ -e $file ]]; then
        echo "Size: $(stat -c %s "$file")"
        dpkg-deb --field "$file" Package Installed-Size
      else
        others+=("$name")
      fi
    done
    ((${#others[@]} == 0)) || inside apt-cache show --no-all-versions "${others[@]}"
  } | awk '$1 == "Size:" { fetch += $2 / 1000 } $1 == "Installed-Size:" { disk += $2 * 1.024 }
    END { printf "%d %d\n", fetch, disk }'
}
# All that a router needs is small; what is beside it is only said. README.md has these numbers, too.
small() {
  local redis router fetching fetch disk daemons all
  mapfile -t daemons < <(files_there '/debs/here/connvis-'{collector,broadcaster,redis}'_*.deb')
  mapfile -t all < <(files_there '/debs/here/connvis*.deb')
  redis=$(would_install redis-tools)
  router=$(would_install redis-tools "${daemons[@]}" | comm -23 - <(echo "$redis"))
  fetching=$(would_install redis-tools "${all[@]}" | comm -23 - <(sort <<<"$redis"$'\n'"$router"))
  [[ $redis == *redis-tools* && $router == *connvis-broadcaster* && $fetching == *connvis-data* ]] || return 1
  say "  Redis: $(weight_of <<<"$redis") kB to fetch and on the disk ($(wc -l <<<"$redis") packages)" >&3
  say "  connvis-data, and what it fetches with: $(weight_of <<<"$fetching") kB ($(wc -l <<<"$fetching") packages)" >&3
  read -r fetch disk < <(weight_of <<<"$router")
  say "  all else that a router needs: $fetch $disk kB ($(wc -l <<<"$router") packages)" >&3
  echo "$router"
  ((fetch < 3000 && disk < 3000))
}

install_all() {
  inside sh -c 'apt-get install -y --no-install-recommends /debs/here/connvis*.deb </dev/null'
}

# Another version over this one, without questions: files that the administrator has changed stay as they are.
change_version() { # FOLDER
  # shellcheck disable=SC2016 # for the shell there
  inside sh -c 'apt-get install -y --no-install-recommends --allow-downgrades -o Dpkg::Options::=--force-confdef \
    -o Dpkg::Options::=--force-confold "$1"/connvis*.deb "$1"/lab/*.deb </dev/null' sh "/debs/$1"
}
is_version() { # VERSION: both daemons are, installed and running
  local name
  for name in collector broadcaster; do
    inside "connvis-$name" --version | grep -F "$1" && inside cmp "/proc/$(property "connvis-$name" MainPID)/exe" \
      "/usr/sbin/connvis-$name" || return 1
  done
}

# A phone at home that talks all the time with a server in the world, both in namespaces of the machine.
phone=02:00:00:00:77:20 server=198.51.100.7 seen=""
make_home() {
  inside sh -ec "printf '\n[networks]\nhome = 192.168.77.0/24\n' >>/etc/connvis/collector.conf
    systemctl reload connvis-collector
    ip netns add phone && ip link add home type veth peer name eth0 netns phone
    ip netns add world && ip link add outside type veth peer name eth0 netns world
    ip address add 192.168.77.1/24 dev home && ip link set home up
    ip address add 203.0.113.1/24 dev outside && ip link set outside up
    ip -n phone link set eth0 address $phone up
    ip -n phone address add 192.168.77.20/24 dev eth0 && ip -n phone route add default via 192.168.77.1
    ip -n world link set eth0 up && ip -n world link set lo up
    ip -n world address add 203.0.113.2/24 dev eth0 && ip -n world address add $server/32 dev lo
    ip -n world route add default via 203.0.113.1 && ip route add $server via 203.0.113.2
    echo 1 >/proc/sys/net/ipv4/ip_forward && systemctl start connvis-tracking
    systemd-run --quiet --unit=world ip netns exec world systemd-socket-activate --listen=7007 --accept --inetd cat
    systemd-run --quiet --unit=phone --property=Restart=always ip netns exec phone bash -c '
      exec 3<>/dev/tcp/$server/7007 && while echo hello >&3 && read -r <&3; do sleep 0.2; done'"
}
take_home() {
  inside sh -c 'systemctl stop phone world connvis-tracking; ip netns delete phone; ip netns delete world'
}
# Prints the phone's name and the bytes that it has sent, when the picture has it with its server.
seen_phone() {
  # shellcheck disable=SC2016 # jq's names
  { page api/v1/state && page 'api/v1/state?topic=identities'; } | inside jq -sre --arg mac "$phone" --arg server "$server" '
    .[0].tables as $all | (.[1].tables.identities[] | select(.mac == $mac)) as $identity |
    ($all.devices[] | select(.id == $identity.id)) as $device | ($all.remotes[] | select(.address == $server)) as $remote |
    select(any($all.conversations[]; .device == $device.id and .remote == $remote.id and .open > 0 and .port == 7007)) |
    "\($device.alias) \($device.up_bytes)"'
}
has_phone() {
  wait_for 30 "the phone is in the picture" seen_phone && seen=$(seen_phone) && say "  the phone: $seen" >&3
}
# The session goes on: its name is the same, and what it has sent is not less.
goes_on() {
  local before=$seen
  [[ $before ]] && wait_for 30 "all is well again" healthy && has_phone && [[ ${seen% *} == "${before% *}" ]] &&
    ((${seen##* } >= ${before##* }))
}

upgrades() {
  local collector broadcaster
  collector=$(property connvis-collector MainPID) broadcaster=$(property connvis-broadcaster MainPID)
  inside grep -q '^home = 192.168.77.0/24' /etc/connvis/collector.conf && change_version newer && is_version "$newer" &&
    another connvis-collector "$collector" && another connvis-broadcaster "$broadcaster" &&
    inside grep -q '^home = 192.168.77.0/24' /etc/connvis/collector.conf &&
    ! inside grep "what only $newer has" /etc/connvis/collector.conf &&
    inside grep -q "what only $newer has" /etc/connvis/collector.conf.dpkg-dist &&
    inside grep -q "what only $newer has" /etc/connvis/broadcaster.conf
}

# Back to this version, where the newer one has left its state in a form that this one does not know: it is left alone,
# and as good as before to the newer one.
state=(names session)
downgrades() {
  local file
  inside systemctl stop connvis-collector || return 1
  for file in "${state[@]}"; do
    inside cp "/var/lib/connvis/$file" "/root/$file.before" && inside sed -i '1s/ [0-9]*$/ 9999/' "/var/lib/connvis/$file" &&
      inside cp "/var/lib/connvis/$file" "/root/$file.newer" && ! inside cmp "/root/$file.before" "/root/$file.newer" || return 1
  done
  change_version here && is_version "$version" && ! inside grep "what only $newer has" /etc/connvis/broadcaster.conf &&
    wait_for 30 "all is well again" healthy && wait_for 30 "the phone is in the picture" seen_phone &&
    said collector 'names of devices in .* were saved by a newer connvis' &&
    said collector 'session in .* was saved by a newer connvis' && inside systemctl stop connvis-collector || return 1
  for file in "${state[@]}"; do
    inside cmp "/root/$file.newer" "/var/lib/connvis/$file" &&
      inside cp "/root/$file.before" "/var/lib/connvis/$file" || return 1
  done
  inside systemctl start connvis-collector
}

gone() {
  local left
  # it fails where one of them is not there
  left=$(inside ls -d /etc/connvis /var/lib/connvis{,-broadcaster,-redis} /var/lib/private/connvis-broadcaster \
    /var/cache/connvis /run/connvis-redis /usr/lib/connvis /usr/share/connvis 2>/dev/null || true)
  [[ ! $left ]] || { complain "Left: $left" && return 1; }
}
left_alone() { # after remove: what the administrator wrote stays
  inside grep -q '^home = 192.168.77.0/24' /etc/connvis/collector.conf && ! inside pgrep -f connvis-
}
