# SPDX-License-Identifier: MIT
# Running connvis until Ctrl-C, for deploy/run and connvis-lab: where the page is served, Redis, both daemons, the
# simulated household. The script says whether there is one ($lab), and which programs: $programs (collector,
# broadcaster) and, for a household, $traffic.

source "$root/deploy/address.sh"
source "$root/deploy/page.sh"
source "$root/deploy/kernel.sh"
source "$root/deploy/runs.sh"

listen=127.0.0.1 port=8080
collector_settings=()
readers=()   # groups that the collector needs
household=() # what leads into the household's router

# Options that both have; sets $taken to how many arguments were one, or 0.
take_option() { # ARGUMENT…
  local name=$1 value=${2:-}
  taken=2
  [[ $name != --*=* ]] || { value=${name#*=} name=${name%%=*} taken=1; }
  case $name in
  --listen | --port)
    [[ $value ]] || fail "$name needs a value."
    if [[ $name == --listen ]]; then listen=$value; else port=$value; fi
    ;;
  -h | --help) say "$usage" && exit 0 ;;
  *) taken=0 ;;
  esac
}

check_options() { # PROGRAM
  local number
  number=$(port_number "$port") || fail "The port must be 1 to 65535, not '$port'."
  port=$number
  is_address "$listen" || fail "The address must be an IP address, such as 127.0.0.1, not '$listen'."
  [[ $EUID == 0 ]] || fail "Watching connections needs root: sudo $1"
}

check_port() {
  ! (exec 3<>"/dev/tcp/$(local_address)/$port") 2>/dev/null ||
    fail "Something already serves $(url_of "$(local_address)"): stop it, or choose another port with --port."
}

# Starts the household, and adds to $collector_settings what the collector has to know of it.
start_household() {
  run_lab=run$$
  run_note lab "$run_lab"
  "$root/tests/lab/make-mmdb" lab "$root/tests/lab/household/hosts" "$run_folder"
  "$root/tests/lab/lab" up "$run_lab" --owner $$ --traffic "$traffic"
  say "The household is up: $(("$("$root/tests/lab/lab" status "$run_lab" | wc -l)" - 2)) devices, a router and a world."
  household=(ip netns exec "connvis-$run_lab-router")
  install -d -m 700 -o "$collector_user" -g "$run_group" "$run_folder/state"
  # its places are nobody's, so nobody has to be named for them
  collector_settings+=(--set "geo.city=$run_folder/city.mmdb" --set "geo.asn=$run_folder/asn.mmdb"
    --set dns.journal=no --set "dns.logs=/run/connvis-lab/$run_lab/dnsmasq.log"
    --set "devices.leases=/run/connvis-lab/$run_lab/leases" --set "state.folder=$run_folder/state")
}

# Redis goes by the name that it is called by: redis-tools and valkey-tools have it under the name of one of their tools.
redis_program() {
  local name
  for name in redis-server valkey-server redis-check-rdb valkey-check-rdb; do
    ! command -v "$name" || return 0
  done
  fail "There is no Redis: neither redis-tools nor valkey-tools is installed."
}

start_redis() {
  local redis
  redis=$(redis_program)
  ln -s "$redis" "$run_folder/redis-server"
  start_child Redis "$redis_user" "" "" "$run_folder/redis-server" --port 0 --unixsocket "$run_folder/shared/redis.sock" \
    --unixsocketperm 770 --save "" --appendonly no --daemonize no --dir "$run_folder/shared" \
    --logfile "$run_folder/shared/redis.log" --client-output-buffer-limit pubsub 128mb 64mb 60
  # so that the others need not wait for it, and say so
  for _ in {1..50}; do
    [[ ! -S $run_folder/shared/redis.sock ]] || break
    sleep 0.05
  done
}

# With $collector_settings, and the groups $readers that the collector needs.
start_daemons() {
  # copies, since these users may not look into the caller's folders
  cp "${programs[@]}" "$run_folder/"
  start_child "the collector" "$collector_user" net_admin "$(IFS=,; echo "${readers[*]}")" "${household[@]}" \
    "$run_folder/connvis-collector" --set "redis.server=$run_folder/shared/redis.sock" "${collector_settings[@]}"
  install -d -m 700 -o "$broadcaster_user" -g "$run_group" "$run_folder/room"
  start_child "the broadcaster" "$broadcaster_user" "$( ((port >= 1024)) || echo net_bind_service)" "" \
    "$run_folder/connvis-broadcaster" --set "redis.server=$run_folder/shared/redis.sock" \
    --set "listen.address=$listen" --set "listen.port=$port" --set "access.folder=$run_folder/room"
}

announce() {
  local tries address
  for ((tries = 0; tries < 150; tries++)); do
    [[ $(page_status "$(local_address)" healthz) != 200 ]] || break
    check_children
    sleep 0.1
  done
  ((tries < 150)) || fail "The page does not answer at $(url_of "$(local_address)")healthz as it should; see the messages above."
  say "connvis is running: $(url_of "$(local_address)")"
  if [[ $listen == 0.0.0.0 || $listen == :: ]]; then
    for address in $(offered_addresses); do
      say "  from other machines: $(url_of "$address")"
    done
  fi
  say "To lead the room, make a passphrase: sudo $run_folder/connvis-broadcaster --set access.folder=$run_folder/room --set-passphrase"
  say "Press Ctrl-C to stop it."
}

# From here on everything is taken away at the end.
begin_run() {
  trap run_leave EXIT
  trap 'stopping=yes' INT TERM HUP
  run_enter
}

run_daemons() {
  start_redis
  start_daemons
  announce
  watch_children
}
