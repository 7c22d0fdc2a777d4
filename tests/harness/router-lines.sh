# SPDX-License-Identifier: MIT
# For tests/router: what is around the machine. A provider with the world behind it, who leads on to where packages are,
# and two devices at home; each in a network namespace of its own, and the machine's sockets are called as in the guide.
# Uses what fresh.sh and machine.sh do.

world=198.51.100.7 world6=2001:db8:1000::7 # news.example
wan_mac=02:00:00:00:50:01 wan_local=fe80::ff:fe00:5001 phone_mac=02:00:00:00:50:20
delegated=2001:db8:7700::/56
phone="" laptop="" provider="" serving=()

at() { # NAMESPACE COMMAND…: as who is there
  nsenter --net="/proc/$1/ns/net" "${@:2}"
}
at_all_times() { # NAMESPACE COMMAND…: a program that goes on; sets $begun
  setpriv --pdeathsig KILL nsenter --net="/proc/$1/ns/net" "${@:2}" </dev/null >>"$work/provider" 2>&1 &
  begun=$!
  helpers+=("$begun")
}

# The provider's own side, a bridge, stays when the machine is started anew.
make_provider() { # NETWORK, such as 192.0.2
  make_namespace
  provider=$made serving=()
  lead_out "$provider"
  at "$provider" sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv6.conf.default.dad_transmits=0
  at "$provider" ip link add street type bridge
  at "$provider" ip address add "$1.1/24" dev street
  at "$provider" ip address add 2001:db8:ffff::1/64 dev street nodad
  at "$provider" ip link set street up
  at "$provider" ip address add "$world/32" dev lo
  at "$provider" ip address add "$world6/128" dev lo nodad
  at "$provider" ip -6 route add "$delegated" via "$wan_local" dev street
  at "$provider" nft -f - <<'NAT'
    table ip provider {
      chain out { type nat hook postrouting priority srcnat; oifname "uplink" masquerade; }
    }
NAT
  # There is no way back from the world to a home's private addresses.
  # shellcheck disable=SC2016 # for the shell there
  at_all_times "$provider" systemd-socket-activate --listen=80 --accept --inetd \
    sh -c 'while read -r line && [ ${#line} -gt 1 ]; do :; done; printf "HTTP/1.0 200 OK\r\n\r\nnews\n"'
}

# Its DNS, and with options its DHCP. News is in the world, and so is what a class's network says no to.
serve() { # NETWORK LINE-OF-DNSMASQ…
  local pid network=$1
  shift
  for pid in "${serving[@]}"; do end "$pid"; done
  printf '%s\n' no-resolv no-hosts keep-in-foreground user=root pid-file= log-facility=- interface=street bind-dynamic \
    "dhcp-leasefile=$work/provider.leases" server=10.0.2.3 address=/news.example/{"$world","$world6"} \
    address=/{mask.icloud.com,mask-h2.icloud.com,use-application-dns.net}/"$world" \
    enable-ra dhcp-range=2001:db8:ffff::,ra-only "$@" >"$work/provider.conf"
  rm -f "$work/provider.leases"
  at_all_times "$provider" dnsmasq --conf-file="$work/provider.conf"
  serving=("$begun")
  wait_for 20 "the provider serves" at "$provider" dig +short +time=1 +tries=1 news.example "@$network.1"
}

# A prefix for who asks for one. The program is the system's, whose package was only unpacked.
delegate() {
  mkdir -p "$system/opt/provider/state"
  : >"$system/opt/provider/state/leases"
  cat >"$system/opt/provider/dhcpd.conf" <<CONF
subnet6 2001:db8:ffff::/64 {
  prefix6 ${delegated%/*} ${delegated%/*} /${delegated#*/};
}
CONF
  at_all_times "$provider" chroot "$system" /opt/provider/usr/sbin/dhcpd -6 -f -cf /opt/provider/dhcpd.conf \
    -lf /opt/provider/state/leases -pf /opt/provider/state/pid street
}

# The machine's cables, as it is now. Those of an earlier network may still be there.
wire() {
  at "$provider" ip link delete line 2>/dev/null || true
  at "$phone" ip link delete eth0 2>/dev/null || true
  at "$laptop" ip link delete eth0 2>/dev/null || true
  ip link add enp1s0 netns "$network" address "$wan_mac" type veth peer name line netns "$provider" &&
    at "$provider" ip link set line master street up &&
    ip link add enp2s0 netns "$network" type veth peer name eth0 netns "$phone" address "$phone_mac" &&
    ip link add enp3s0 netns "$network" type veth peer name eth0 netns "$laptop" &&
    at "$phone" ip link set eth0 up && at "$laptop" ip link set eth0 up
}

end() { # PID
  kill "$1" 2>/dev/null || return 0
  wait "$1" 2>/dev/null || true
}

# The machine's network as the kernel has it where nobody sets anything, whatever is set here.
make_plain_network() {
  make_network
  at "$network" sysctl -q -e -w net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0 \
    net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0
}

# Off, and on again with nothing left of its network.
restart() {
  inside systemctl poweroff >/dev/null 2>&1 || true
  wait_for 90 "the machine is off" is_off || return 1
  machine=""
  end "$network"
  make_plain_network
  wire && boot
}

# A device asks for an address, as often as it takes, and takes what it gets; its DNS server is in $work/NAME.dns.
get_lease() { # NAMESPACE NAME
  # shellcheck disable=SC2016 # for the shell there
  printf '#!/bin/sh\n[ -z "$dns" ] || echo "${dns%%%% *}" >%q\nexec %q "$@"\n' "$work/$2.dns" "$root/tests/lab/lease" \
    >"$work/$2.lease"
  chmod 755 "$work/$2.lease"
  rm -f "$work/$2.dns"
  at "$1" ip -4 address flush dev eth0
  wait_for 60 "$2 has an address" at "$1" udhcpc -i eth0 -f -q -n -t 3 -T 2 -x "hostname:$2" -s "$work/$2.lease" &&
    at "$1" ip -4 address show dev eth0 && cat "$work/$2.dns"
}
