# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# What tests/package asks of the machine on which the packages are (machine.sh): each a command for check.

units=(connvis-redis connvis-collector connvis-broadcaster)
page_at() { # PORT PATH
  inside curl --silent --fail --max-time 5 "http://127.0.0.1:$1/$2"
}
page() {
  page_at 8080 "$1"
}
all_active() {
  [[ $(inside systemctl is-active "${units[@]/%/.service}" | sort -u) == active ]]
}
healthy() {
  all_active && page healthz
}
has_page() {
  page "" | grep -q '<script'
}
has_state() {
  page api/v1/state | inside jq -e .tables.site
}
# Nothing listens for the network, but for the page on loopback.
closed() {
  inside ss -Hltnu | tee /dev/stderr | awk '$5 !~ /^127\.0\.0\.(1|53|54)(%lo)?:/ { bad = 1 } END { exit bad }'
}
off() { # UNIT…: not enabled and not running
  local unit
  for unit; do
    ! inside systemctl is-enabled --quiet "$unit" && ! inside systemctl is-active --quiet "$unit" || return 1
  done
}
# No warning but of data that was not fetched, and that Redis was not there at first; no denial.
quiet_journal() {
  ! inside journalctl --boot --no-pager -p warning -u 'connvis-*' | grep -vE '^-- |overcommit|is not there|There is no file /var/(cache/connvis|lib/misc)/|Consumed'
}
property() { # UNIT NAME
  inside systemctl show --value -p "$2" "$1"
}
bites() { # UNIT: one that stands still is started anew
  local before
  before=$(property "$1" MainPID)
  # of no process it is 0, which for kill means our own
  ((before > 1)) || return 1
  inside kill -STOP "$before"
  wait_for 40 "$1 is another process" another "$1" "$before" && wait_for 20 "all is well again" healthy
}
another() { # UNIT PID
  local now
  now=$(property "$1" MainPID)
  [[ $now != "$2" && $now != 0 ]]
}
exposure() { # UNIT MOST
  local line
  line=$(inside systemd-analyze security --no-pager "$1.service" | grep 'Overall exposure level')
  say "  $1: ${line#*: }" >&3
  sed -nE 's/.*\.service: ([0-9.]+) .*/\1/p' <<<"$line" | awk -v most="$2" '{ n++; bad = $1 > most + 0 } END { exit !n || bad }'
}
identity() { # UNIT: what its processes may
  inside cat "/proc/$(property "$1" MainPID)/status"
}
unprivileged() {
  identity connvis-broadcaster | grep -qE '^CapPrm:\s+0+$' && identity connvis-redis | grep -qE '^CapPrm:\s+0+$' &&
    identity connvis-collector | grep -qE '^CapPrm:\s+0000000000001000$' &&
    ! identity connvis-collector | grep -qE '^Uid:\s+0'
}
reloads() { # UNIT: takes what can change, without a new process
  local before
  before=$(property "connvis-$1" MainPID)
  inside sh -c "mkdir -p /etc/connvis/$1.conf.d && printf '[log]\nlevel = debug\n' >/etc/connvis/$1.conf.d/log.conf" &&
    inside systemctl reload "connvis-$1" && wait_for 10 "$1 said so" said "$1" 'changed at once are log.level' &&
    inside rm -r "/etc/connvis/$1.conf.d" && inside systemctl reload "connvis-$1" &&
    ! another "connvis-$1" "$before" && all_active
}
said() { # NAME PATTERN
  # all of it is read: journalctl fails where nobody reads on
  inside journalctl --boot --no-pager -u "connvis-$1" | grep "$2" >/dev/null
}

tracks() { # connvis-tracking makes its table, and takes it away
  inside systemctl start connvis-tracking && inside nft list table inet connvis_tracking &&
    inside systemctl stop connvis-tracking && ! inside nft list table inet connvis_tracking 2>/dev/null
}

rehearsed() { # the household's page is there, with devices that talk
  page_at 8081 healthz && [[ $(page_at 8081 'api/v1/state?topic=identities' | grep -o '"mac":"' | wc -l) -gt 8 ]]
}
rehearses() { # connvis-lab runs beside, and leaves nothing
  local left
  inside sh -c 'apt-get install -y --no-install-recommends /debs/here/lab/*.deb </dev/null' || return 1
  inside systemd-run --quiet --unit=rehearsal connvis-lab || return 1
  wait_for 60 "the household is there" rehearsed || { inside journalctl --no-pager -u rehearsal && return 1; }
  healthy || return 1
  inside systemctl stop rehearsal || return 1
  left=$(inside ip netns list)
  left+=$(inside sh -c 'ls -d /run/connvis /run/connvis-lab/* 2>/dev/null' || true)
  [[ ! $left ]] && healthy
}

# The programs of the examples, none of which starts by itself.
get_example_programs() {
  # shellcheck disable=SC2016 # for the shell there
  inside sh -c 'printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d &&
    apt-get install -y --no-install-recommends "$@" </dev/null
    status=$?
    rm /usr/sbin/policy-rc.d
    exit $status' sh "${example_packages[@]}"
}
examples=/usr/share/doc/connvis-broadcaster/examples
# Through a proxy the page comes, and a WebSocket, for who is at home; the machine's own health check goes past it.
behind() { # SERVICE
  local own ask
  own=$(inside hostname -I | cut -d ' ' -f 1)
  ask=(inside curl --silent --show-error --insecure --resolve "connvis.example:443:$own")
  inside sh -c "mkdir -p /etc/connvis/broadcaster.conf.d &&
    printf '[access]\nhosts = connvis.example\nproxies = 127.0.0.1\n' >/etc/connvis/broadcaster.conf.d/proxy.conf" &&
    inside systemctl reload connvis-broadcaster && inside systemctl start "$1" &&
    wait_for 20 "the page comes through $1" "${ask[@]}" --fail https://connvis.example/ &&
    "${ask[@]}" --fail https://connvis.example/ | grep '<script' &&
    { "${ask[@]}" --http1.1 --include --no-buffer --max-time 3 --header 'Connection: Upgrade' --header 'Upgrade: websocket' \
      --header 'Sec-WebSocket-Version: 13' --header 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==' \
      --header 'Sec-WebSocket-Protocol: connvis.v1' --header 'Origin: https://connvis.example' \
      https://connvis.example/feed || true; } | tr -d '\0' | grep -a '"protocol":' &&
    healthy && inside systemctl stop "$1" && inside rm -r /etc/connvis/broadcaster.conf.d &&
    inside systemctl reload connvis-broadcaster
}
nginx_in_front() {
  inside sh -c "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=connvis.example -days 2 \
    -keyout /etc/ssl/private/connvis.key -out /etc/ssl/certs/connvis.pem 2>&1 && rm -f /etc/nginx/sites-enabled/default &&
    cp $examples/nginx.conf /etc/nginx/sites-enabled/connvis" && behind nginx
}
caddy_in_front() {
  inside cp "$examples/Caddyfile" /etc/caddy/Caddyfile && behind caddy
}
watched_by_prometheus() {
  inside promtool check config "$examples/prometheus.yml" && inside promtool check rules "$examples/alerts.yml" &&
    inside sh -c 'curl --silent --fail http://127.0.0.1:8080/metrics >/tmp/metrics && grep -q ^connvis_collector_rows /tmp/metrics &&
      promtool check metrics </tmp/metrics'
}
# A Prometheus with our configuration has an answer to every query of the dashboard.
graphs_are_drawn() {
  inside systemd-run --quiet --unit=watcher prometheus --config.file="$examples/prometheus.yml" \
    --storage.tsdb.path=/tmp/watcher --web.listen-address=127.0.0.1:9090 &&
    { wait_for 90 "all queries have an answer" ask_all_queries || ask_all_queries; } && inside systemctl stop watcher
}
ask_all_queries() {
  inside bash -s -- "$examples/grafana.json" http://127.0.0.1:9090 <"$root/tests/harness/grafana-queries"
}
other_examples() {
  local router=/usr/share/doc/connvis-collector/examples/router
  inside dnsmasq --test --conf-file=$router/dnsmasq-log.conf &&
    inside nft -f $router/nftables-page.conf && page healthz && inside nft delete table inet connvis
}

takes_valkey() {
  inside sh -c 'apt-get install -y --no-install-recommends valkey-tools redis-tools- </dev/null' || return 1
  inside systemctl restart connvis-redis
  wait_for 30 "all is well" healthy && inside readlink "/proc/$(property connvis-redis MainPID)/exe" | grep valkey
}

# The image runs here, beside the machine and in its network: what podman would need of a system of its own, a machine in
# systemd-nspawn does not have. By runc, which wants less of this one's control groups than crun.
pod() { # ARGUMENT…
  podman --root "$work/store" --runroot "$work/store.run" --storage-driver vfs --cgroup-manager cgroupfs --runtime runc "$@"
}
make_image() {
  "$root/deploy/container/make" --release "$release" "$debs"/here/connvis-broadcaster_*.deb "$work/image.tar" &&
    pod load --input "$work/image.tar"
}
# As the guide has it. A stunnel's place is taken by systemd's own forwarder.
start_container() {
  inside systemd-run --quiet --unit=forwarder systemd-socket-activate --listen 127.0.0.1:6390 \
    /lib/systemd/systemd-socket-proxyd /run/connvis-redis/redis.sock || return 1
  mkdir "$work/settings"
  printf '[listen]\nport = 8083\n[redis]\nserver = 127.0.0.1:6390\nuser = broadcaster\npassword_file = /run/secrets/redis\n' \
    >"$work/settings/broadcaster.conf"
  inside cat /var/lib/connvis-redis/broadcaster.password | pod secret create redis - &&
    pod run --detach --name connvis --network "ns:/proc/$network/ns/net" --ulimit nofile=8192:8192 --ulimit nproc=256:256 \
      --cap-drop all --security-opt no-new-privileges --secret redis,uid=10900,mode=0400 \
      --volume "$work/settings:/etc/connvis:ro" --volume connvis:/var/lib/connvis-broadcaster connvis-broadcaster
}
container_shows() {
  page_at 8083 healthz && page_at 8083 "" | grep -q '<script' && page_at 8083 api/v1/state | grep -q '"site"'
}
container_is_nobody() {
  local status
  status=$(cat "/proc/$(pod inspect --format '{{.State.Pid}}' connvis)/status")
  grep -E '^Uid:\s+10900\s' <<<"$status" && grep -E '^CapBnd:\s+0+$' <<<"$status" && grep -E '^NoNewPrivs:\s+1$' <<<"$status"
}
container_takes_settings() {
  printf '[log]\nlevel = debug\n' >>"$work/settings/broadcaster.conf"
  pod kill --signal HUP connvis && wait_for 10 "it said so" container_said 'changed at once are log.level'
}
container_said() { # PATTERN
  pod logs connvis 2>&1 | grep "$1" >/dev/null
}
stop_container() {
  pod stop --time 10 connvis && [[ $(pod inspect --format '{{.State.ExitCode}}' connvis) == 0 ]] && pod rm connvis &&
    inside systemctl stop forwarder
}
