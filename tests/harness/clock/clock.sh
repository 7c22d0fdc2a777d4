# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# Another clock for what runs in the tests (clock.c): nothing of the machine's own clock is set.
#
# Under it run the unit tests, the daemons, Redis, dnsmasq, node and what they start, and the systemd and journald of
# the tests' container. Not under it: systemd-journal-remote takes times as they are given to it; esbuild, which is in
# Go, looks at no clock of ours.

clock_folder="" clock_shift=""

# Prints nanoseconds. Fails when it is no shift.
clock_nanoseconds() { # SHIFT
  local sign number unit now at
  now=$(date +%s%N)
  if [[ $1 =~ ^([+-])([0-9]+)([smhd])$ ]]; then
    sign=${BASH_REMATCH[1]} number=${BASH_REMATCH[2]} unit=${BASH_REMATCH[3]}
    case $unit in
    m) number=$((number * 60)) ;;
    h) number=$((number * 3600)) ;;
    d) number=$((number * 86400)) ;;
    esac
    echo "$sign$((number))000000000"
  elif [[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}$ ]] && at=$(date -d "${1/T/ }" +%s%N 2>/dev/null); then
    echo $((at - now))
  else
    return 1
  fi
}

# Makes another clock, for what is run with with_clock from now on. The library is copied to where every user, and
# the container of the tests, can read it.
clock_start() { # SHIFT
  local shift=0
  clock_shift=$1
  [[ $1 == newyear ]] || shift=$(clock_nanoseconds "$1") || fail "'$1' is no shift of the clock: +400d, -90m, 2026-12-31T23:59:50 or newyear."
  clock_done
  clock_folder=$(mktemp -d /var/tmp/connvis-clock.XXXXXX)
  chmod 755 "$clock_folder"
  clock_shift=$1
  cp "$build/tests/harness/libconnvis-clock.so" "$clock_folder/clock.so"
  echo "$shift" >"$clock_folder/shift"
}

clock_done() {
  [[ -z $clock_folder ]] || rm -rf "$clock_folder"
  clock_folder="" clock_shift=""
}

# The next new year begins so many milliseconds from now.
clock_before_new_year() { # MILLISECONDS
  local now next
  now=$(date +%s%N)
  next=$(date -d "$(($(date +%Y) + 1))-01-01 00:00:00" +%s%N)
  echo $((next - now - $1 * 1000000)) >"$clock_folder/shift"
}

# Runs a command, which may be a function, with the other clock if there is one. ASan wants to be loaded first, and
# says so; it need not be.
with_clock() { # COMMAND…
  if [[ $clock_folder ]]; then
    local -x LD_PRELOAD=$clock_folder/clock.so ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
    "$@"
  else
    "$@"
  fi
}
