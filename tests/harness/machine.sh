# SPDX-License-Identifier: MIT
# For tests/package and tests/router: a system of fresh.sh that systemd-nspawn(1) runs a command in, or boots, and what
# is asked of it there. Uses $release, $called (how the system is called), and what fresh.sh does.

machine="" # the process of systemd-nspawn that has booted $system

finish() {
  local status=$?
  step_end
  end_machine
  end_helpers
  forget_machines
  [[ ! $work ]] || end_system
  [[ ! $work ]] || remove_systems "$work"
  exit "$status"
}

make_system() { # NAME
  system=$work/$1
  mkdir "$system"
  make_base "$release" "$system"
  take_settings "$release" "$system"
  name_system "$called" "$system"
  lend_packages "$release" "$system"
}
end_system() {
  [[ ! -d $system ]] || keep_packages "$release" "$system"
}

# A release in a system, and its packages in /debs/here there.
build_packages_here() {
  "$root/deploy/release" "$work/release" && tar -C "$system/root" -xf "$work/release/connvis_$version.orig.tar.gz" &&
    in_system /bin/sh -c "apt-get update -q && cd /root/connvis-$version && deploy/make-deb /debs/here"
}

container() { # ARGUMENT…
  nspawn "$called" --system-call-filter=bpf "$@"
}

# In a system that is not booted.
in_system() { # COMMAND…
  (container --as-pid2 --pipe --setenv=DEBIAN_FRONTEND=noninteractive "${proxies[@]}" "$@")
}

# The first process of the machine: a child of systemd-nspawn, which has others for a moment.
leader() {
  local pid
  local children=()
  [[ $machine ]] || return 0
  read -ra children <"/proc/$machine/task/$machine/children" || true
  for pid in "${children[@]}"; do
    [[ $(cat "/proc/$pid/comm" 2>/dev/null) != systemd ]] || echo "$pid"
  done
}

inside() { # COMMAND…
  nsenter --target "$(leader)" --all /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \
    LC_ALL=C HOME=/root "$@"
}

# Waits until a command succeeds, for so many seconds.
wait_for() { # SECONDS WHAT COMMAND…
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || { complain "Not within its time: $what" && return 1; }
    sleep 0.5
  done
}

booted() {
  [[ $(inside systemctl is-system-running) == @(running|degraded) ]]
}

is_off() {
  ! kill -0 "$machine" 2>/dev/null
}

boot() {
  (container --boot --console=pipe) >"$work/console" 2>&1 </dev/null &
  machine=$!
  wait_for 90 "the system is up" booted || { tail -n 20 "$work/console" >&2 && return 1; }
}

end_machine() {
  [[ $machine ]] || return 0
  # there is nothing in it to be saved
  kill -KILL "$(leader)" "$machine" 2>/dev/null || true
  wait "$machine" 2>/dev/null || true
  machine=""
}

failed=0
check() { # WHAT COMMAND…
  local what=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    say "  good: $what"
  else
    complain "  WRONG: $what"
    tail -n 15 "$work/said" >&2
    failed=1
  fi
}
