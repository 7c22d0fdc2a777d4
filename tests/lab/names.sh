# SPDX-License-Identifier: MIT
# The lab's names and addresses: a real dnsmasq in the world that knows the names, one in the router that forwards to
# it, logs what the devices look up and gives them addresses, and the devices' DHCP clients. Sourced by "lab", whose
# variables it uses.

log_max=$((16 * 1024 * 1024)) # bytes from which on the log begins anew

# The configuration of the world's server, from the files "hosts" and "names".
world_names() {
  awk -F ' *[|] *' '
    /^(#|$)/ { next }
    { sub(/ +$/, "") }
    FILENAME ~ /hosts$/ { ipv4[$1] = $2; ipv6[$1] = $3; next }
    $2 ~ /^=/ { printf "cname=%s,%s\n", $1, substr($2, 3); next }
    $2 == "none" { printf "txt-record=%s,nothing\n", $1; next }
    $2 == "blocked" { next }
    {
      # alpn h3 and h2 (RFC 9460)
      printf "dns-rr=%s,65,00010000010006026833026832\n", $1
      n = split($2, names, / *, */)
      for (i = 1; i <= n; i++) {
        if (!(names[i] in ipv4)) { printf "there is no host %s for %s\n", names[i], $1 > "/dev/stderr"; exit 1 }
        printf "host-record=%s,%s%s\n", $1, ipv4[names[i]], ipv6[names[i]] == "-" ? "" : "," ipv6[names[i]]
      }
    }
  ' "$household/hosts" "$household/names"
}

blocked_names() {
  awk -F ' *[|] *' '/^[^#]/ && $2 ~ /^blocked/ { printf "address=/%s/0.0.0.0\naddress=/%s/::\n", $1, $1 }' "$household/names"
}

start_dnsmasq() { # LAB MEMBER: with the configuration MEMBER.conf in the lab's folder
  # dnsmasq goes into the background by itself, once it serves
  ip netns exec "connvis-$1-$2" dnsmasq --conf-file="$state/$1/$2.conf" --user=nobody --group=nogroup --pid-file= \
    --no-resolv --no-hosts --local-ttl=20 </dev/null >/dev/null || fail "dnsmasq did not start in $2."
}

start_names() { # LAB LOG
  local folder=$state/$1 extra="=extra"
  [[ $2 != plain ]] || extra=""
  # nobody opens these again after a rotation, and who watches may read them
  : >"$folder/dnsmasq.log"
  : >"$folder/leases"
  chmod 644 "$folder/dnsmasq.log" "$folder/leases"
  chown nobody:nogroup "$folder/dnsmasq.log" "$folder/leases"
  {
    printf '%s\n' bind-interfaces listen-address=100.64.77.1 local=/#/
    world_names
  } >"$folder/world.conf"
  {
    cat <<-CONF
	interface=home0
	server=100.64.77.1
	local=/lan/
	domain=lan
	cache-size=1000
	log-queries${extra}
	log-facility=$folder/dnsmasq.log
	dhcp-leasefile=$folder/leases
	dhcp-range=192.168.77.60,192.168.77.250,1h
	dhcp-range=fd77:77:77::,ra-only,64
	enable-ra
	dhcp-authoritative
	no-ping
	CONF
    blocked_names
  } >"$folder/router.conf"
  start_dnsmasq "$1" world
  start_dnsmasq "$1" router
  setsid ip netns exec "connvis-$1-router" "$here/keep-log" "$folder/dnsmasq.log" "$log_max" </dev/null >/dev/null 2>&1 &
  disown
}

# Each device that is to get its address asks for it; the lab stands when all have one.
start_leases() { # LAB
  local name way host_name waiting=() names=() tries
  while read -r name _ _ way host_name; do
    [[ $way == dhcp ]] || continue
    # privacy addresses beside the other (RFC 8981), as phones and laptops have them
    ip netns exec "connvis-$1-$name" sysctl -q -w net.ipv6.conf.eth0.use_tempaddr=2
    ip -n "connvis-$1-$name" link set eth0 up
    names=()
    [[ -z $host_name ]] || names=(-x "hostname:$host_name")
    setsid ip netns exec "connvis-$1-$name" udhcpc -f -i eth0 -s "$here/lease" -t 20 -T 1 "${names[@]}" </dev/null >/dev/null 2>&1 &
    disown
    waiting+=("$name")
  done < <(devices)
  for ((tries = 0; tries < 200; tries++)); do
    ((${#waiting[@]})) || return 0
    if [[ $(ip -n "connvis-$1-${waiting[0]}" -4 address show dev eth0) ]]; then
      waiting=("${waiting[@]:1}")
    else
      sleep 0.05
    fi
  done
  fail "the router's DHCP server gave ${waiting[*]} no address."
}
