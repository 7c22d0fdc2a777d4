# SPDX-License-Identifier: MIT
# What tests/router does with the guide, and what it asks of the machine that was made by it (router-lines.sh): each a
# command for check. $address is where the page is.

guide=$root/deploy/router/GUIDE.md

# Prints the commands under a heading: before the restart in them, or after it.
commands() { # HEADING [before|after [FILE]]
  awk -v heading="## $1" -v part="${2:-before}" '
    /^## / { here = $0 == heading; restarted = 0 }
    here && /^```sh$/ { block = 1; next }
    /^```$/ { block = 0 }
    here && block && $0 == "sudo reboot" { restarted = 1; next }
    here && block && restarted == (part == "after")' "${3:-$guide}"
}
# Every heading with commands is one that is followed here.
all_followed() { # HEADING…
  diff <(awk '/^## / { heading = substr($0, 4) } /^```sh$/ { print heading }' "$guide" | sort -u) \
    <(printf '%s\n' "$@" | sort)
}

# Does what the guide says, as a student in one terminal.
follow() { # HEADING…
  local heading
  for heading; do
    commands "$heading"
  done >"$system/home/student/commands"
  [[ -s $system/home/student/commands ]] && as_student bash -eux commands
}
follow_after_restart() { # HEADING
  commands "$1" after >"$system/home/student/commands"
  [[ -s $system/home/student/commands ]] && as_student bash -eux commands
}
# shellcheck disable=SC2016 # for the shell there
as_student() { # COMMAND…
  inside runuser -u student -- env HOME=/home/student sh -c 'cd && exec "$@" </dev/null' sh "$@"
}

has_news() {
  inside curl --silent --fail --max-time 5 http://news.example/
}
all_up() {
  all_active && inside systemctl is-active --quiet systemd-networkd systemd-resolved nftables dnsmasq
}
# The programs took every line of their files.
no_complaints() {
  local refused='Unknown (key|section|lvalue)|Failed to parse|[Ii]gnoring (assignment|line|unknown)|Invalid .*, ignoring'
  ! inside journalctl --boot --no-pager | grep -E "$refused|bad option"
}
radio_is_missing() {
  # it is tried again and again
  wait_for 30 "hostapd has looked for its radio" said_of hostapd 'Failed to initialize driver' &&
    ! said_of hostapd 'errors found'
}
said_of() { # UNIT PATTERN
  inside journalctl --boot --no-pager -u "$1" | grep "$2" >/dev/null
}

opens_page() { # NAMESPACE ADDRESS
  at "$1" curl --silent --fail --max-time 5 "http://$2:8080/" | grep '<script' >/dev/null
}
# How a connection ends there: with 28 nothing answers, with 7 somebody says no.
ending() { # NAMESPACE ADDRESS PORT OPTION-OF-CURL…
  local status=0
  at "$1" curl --silent --http0.9 --output /dev/null --max-time 5 "${@:4}" "http://$2:$3/" || status=$?
  echo "$status"
}
# Another server of the machine's, at a port of its own.
with_other_server() { # COMMAND…
  local status=0
  inside systemd-run --quiet --unit=other systemd-socket-activate --listen=7777 --accept --inetd echo &&
    wait_for 10 "it listens" inside sh -c 'ss -Hltn sport = 7777 | grep .' || return 1
  "$@" || status=$?
  inside systemctl stop other
  return "$status"
}
# The firewall is why nothing answers outside: without it somebody does.
guarded() { # INTERFACE-OR-ADDRESS-OF-WHO-ASKS ADDRESS…
  local options=(--interface "$1") outside
  shift
  for outside; do
    [[ $(ending "$provider" "$outside" 8080 "${options[@]}") == 28 &&
      $(ending "$provider" "$outside" 7777 "${options[@]}") == 28 ]] || return 1
  done
  inside nft flush ruleset
  for outside; do
    [[ $(ending "$provider" "$outside" 7777 "${options[@]}") != @(7|28) ]] || return 1
  done
  inside systemctl restart nftables
}
news() { # NAMESPACE ADDRESS
  at "$1" curl --silent --fail --max-time 5 "http://$2/"
}
# Of the server that it was told of.
looks_up() { # NAMESPACE NAME
  [[ $(at "$1" dig +short +time=2 +tries=2 news.example A "@$(cat "$work/$2.dns")") == "$world" ]] &&
    [[ $(at "$1" dig +short +time=2 +tries=2 news.example AAAA "@$(cat "$work/$2.dns")") == "$world6" ]]
}

# The phone is in the picture, with its server under the name that was looked up.
seen_as=$phone_mac
in_picture() { # ADDRESS-OF-SERVER
  # shellcheck disable=SC2016 # jq's names
  local picture='.[0].tables as $all | (.[1].tables.identities[] | select((.mac // "none") == $mac)) as $device |
    .[2].tables as $asked | ($all.remotes[] | select(.address == $server)) as $remote |
    $all.conversations[] | select(.device == $device.id and .remote == $remote.id and .port == 80 and .down_bytes > 0) |
    .id as $id | first($asked.conversation_names[] | select(.id == $id), ($asked.remote_names[] | select(.id == $remote.id)) |
      .name | values) as $name | $asked.names[] | select(.id == $name).name == "news.example"'
  at "$phone" curl --silent --fail --max-time 5 "http://$address:8080/api/v1/state?topic="{overview,identities,lookups} >"$work/state" &&
    jq -se --arg mac "$seen_as" --arg server "$1" "$picture" "$work/state"
}
seen() { # ADDRESS-OF-SERVER
  looks_up "$phone" phone && news "$phone" "$(bracketed "$1")" || return 1
  wait_for 30 "the phone is in the picture" in_picture "$1" ||
    { jq -c '.tables | .devices, .remotes, .lookups' "$work/state" && return 1; }
}
bracketed() { # ADDRESS
  if [[ $1 == *:* ]]; then echo "[$1]"; else echo "$1"; fi
}

# At home nothing but the page is open.
refused() { # NAMESPACE
  [[ $(ending "$1" "$address" 7777) == 7 ]]
}
says_no() {
  local name dns
  dns=$(cat "$work/phone.dns")
  for name in mask.icloud.com mask-h2.icloud.com use-application-dns.net; do
    [[ $(at "$provider" dig +short "$name" "@$1.1") == "$world" && ! $(at "$phone" dig +short "$name" "@$dns") ]] &&
      at "$phone" dig "$name" "@$dns" | grep 'status: NXDOMAIN' || return 1
  done
  at "$phone" dig _dns.resolver.arpa TYPE64 "@$dns" | grep 'status: NXDOMAIN'
}
# Lookups are in memory, and none of them is lost: nothing keeps another journal.
in_memory() { # FOLDER
  inside sh -c "journalctl --sync; grep -l news.example -r /var/log" && return 1
  inside grep -rl news.example "$1"
}
unlimited() {
  [[ $(property dnsmasq LogRateLimitIntervalUSec) == 0 ]]
}

address_of() { # NAMESPACE
  at "$1" ip -4 address show dev eth0 | sed -nE 's|.* inet ([0-9.]+)/.*|\1|p'
}
two_devices() {
  inside networkctl reload && get_lease "$laptop" laptop
}
reach() {
  at "$phone" timeout 5 bash -c "exec 3<>/dev/tcp/$(address_of "$laptop")/80"
}
apart() {
  news "$laptop" "$world" && news "$phone" "$world" && ! reach
}
together() {
  inside sed -i 's/^Isolated=yes/Isolated=no/' /etc/systemd/network/port.network.d/isolated.conf &&
    inside networkctl reload && wait_for 20 "one reaches the other" reach
}
# The phone has an address of the home alone, and the page is there, but no way outside by IPv6.
home_alone() {
  local own
  own=$(inside ip -6 address show dev home | sed -nE 's|.* inet6 (fd[0-9a-f:]+)/64.*|\1|p')
  [[ $own ]] && at "$phone" ip -6 address show dev eth0 scope global | grep " ${own%::1}:" &&
    ! at "$phone" ip -6 route show default | grep . && opens_page "$phone" "[$own]"
}

# The box has no word with it by IPv6, and so does not know whose the address is.
told_of_ipv6() {
  local seen_as=none
  inside sed -i 's|^home = .*|&, 2001:db8:ffff::/64|' /etc/connvis/collector.conf.d/bridge.conf &&
    inside systemctl reload connvis-collector && seen "$world6"
}
box_has_leases() {
  get_lease "$phone" phone && [[ $(address_of "$phone") == 192.168.1.1?? && $(cat "$work/phone.dns") == "$address" ]] &&
    at "$phone" ip route show default | grep 'via 192.168.1.1 ' && news "$phone" "$world"
}

# A log in a folder of Pi-hole's user alone, with its modes: what OTHERS.md says has the collector read it.
pihole_source() { # STATE
  at "$phone" curl --silent --fail --max-time 5 "http://$address:8080/api/v1/state" |
    jq -e --arg state "$1" '.tables.sources | any(.kind == "dns" and .name == "pihole.log" and .state == $state)'
}
reads_pihole() {
  # shellcheck disable=SC2016 # for the shell there
  inside sh -ec 'useradd --system --user-group pihole
    install -d -o pihole -g pihole -m 750 /var/log/pihole
    journalctl -t dnsmasq -o short >/var/log/pihole/pihole.log
    chown pihole:pihole /var/log/pihole/pihole.log && chmod 640 /var/log/pihole/pihole.log'
  commands Pi-hole before "$root/deploy/router/OTHERS.md" | grep -v pihole-FTL >"$system/home/student/commands"
  as_student bash -eux commands && wait_for 30 "the log is read" pihole_source ok &&
    inside sh -ec 'rm /etc/systemd/system/connvis-collector.service.d/pihole.conf
      systemctl daemon-reload && systemctl restart connvis-collector' &&
    wait_for 30 "without the group it cannot be read" pihole_source broken &&
    inside sh -ec 'rm /etc/connvis/collector.conf.d/pihole.conf && systemctl restart connvis-collector' &&
    wait_for 30 "all is well" all_up
}

# As it was before the guide: no bridge, no forwarding, and no file of ours.
undone() {
  local left
  left=$(inside sh -c 'cd /etc && ls -d dnsmasq.d/dnsmasq-* systemd/network/* systemd/journald* hostapd nftables.conf \
    sysctl.d/router.conf sysctl.d/bridge.conf modules-load.d/bridge.conf systemd/system/dnsmasq.service.d connvis \
    2>/dev/null' || true)
  left=$(grep -vE '^systemd/journald.conf(.d)?$' <<<"$left" || true)
  [[ ! $left ]] || { complain "Left: $left" && return 1; }
  gone && ! inside ip -brief link | grep '^home ' && [[ $(inside cat /proc/sys/net/ipv4/ip_forward) == 0 ]]
}
