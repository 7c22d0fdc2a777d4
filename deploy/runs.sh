# SPDX-License-Identifier: MIT
# What a run of connvis has started and set: noted in a file of its own as it happens, so that it can be taken away
# at the end, or by the next run when this one was killed.
#
# A file in /run/connvis/runs holds lines of a word and a value: owner and child (a process's identity), folder, lab,
# settings.

runs=$settings_folder/runs
run_file=$runs/$$
run_folder=""
run_lab=""
stopping=no
declare -A children=() # the name of each process of ours

# Users without a name (systemd's UIDS-GIDS leaves 65520 to 65533 unused), so that none of the three can touch another.
run_group=65521 redis_user=65521 collector_user=65522 broadcaster_user=65523

run_note() { # WORD VALUE…
  echo "$*" >>"$run_file"
}

run_values() { # FILE WORD
  sed -n "s/^$2 //p" "$1"
}

# Ends processes of which only the identity is known: asks, waits up to five seconds, then kills.
end_identities() { # reads identities, one a line
  local identities who tries left
  mapfile -t identities
  for who in "${identities[@]}"; do
    ! is_alive "$who" || kill -TERM "${who%% *}" 2>/dev/null || true
  done
  for ((tries = 0; tries < 50; tries++)); do
    left=no
    for who in "${identities[@]}"; do
      ! is_alive "$who" || left=yes
    done
    [[ $left == yes ]] || return 0
    sleep 0.1
  done
  for who in "${identities[@]}"; do
    if is_alive "$who"; then
      complain "Process ${who%% *} did not end when asked to, so it is killed."
      kill -KILL "${who%% *}" 2>/dev/null || true
    fi
  done
}

# Takes away what one run has noted. With the lock held.
take_away() { # FILE
  local lab folder
  # the last started ends first
  run_values "$1" child | tac | end_identities
  for lab in $(run_values "$1" lab); do
    "$root/tests/lab/lab" down "$lab" || complain "The lab $lab could not be removed."
  done
  while read -r folder; do
    [[ ! $folder =~ ^/(tmp|var/tmp|run|var/lib)/connvis\.[[:alnum:]]{6}$ ]] || rm -rf "$folder"
  done < <(run_values "$1" folder)
  rm -f "$1"
  if ! grep -qs '^settings ' "$runs"/*; then
    leave_settings
  fi
}

# Opens the lock file as descriptor 9 and waits for it. Whoever had the lock may have taken the file away since.
take_lock() {
  while :; do
    mkdir -p "$runs" && exec 9>"$settings_folder/lock" || return
    flock 9
    [[ ! $settings_folder/lock -ef /proc/self/fd/9 ]] || break
  done
  mkdir -p "$runs"
}

with_lock() { # COMMAND…
  (
    take_lock
    # children must not inherit the lock
    "$@" 9>&-
    # nothing of ours stays when no run is left
    if rmdir "$runs" 2>/dev/null; then
      rm -f "$settings_folder/lock"
      rmdir "$settings_folder" 2>/dev/null || true
    fi
  )
}

sweep_locked() {
  local file
  for file in "$runs"/*; do
    [[ -e $file ]] || continue
    is_alive "$(run_values "$file" owner)" && continue
    say "Cleaning up after an earlier run."
    take_away "$file"
  done
}

run_sweep() {
  with_lock sweep_locked
}

enter_locked() {
  run_note owner "$(identity $$)"
  run_note folder "$run_folder"
  if [[ $lab == no ]]; then
    run_note settings on
    enter_settings
  fi
}

# A folder of this run's own. Programs are started from it, which is forbidden in /tmp on some systems.
make_run_folder() {
  local place
  for place in /tmp /var/tmp /run /var/lib; do
    run_folder=$(mktemp -d "$place/connvis.XXXXXX" 2>/dev/null) || continue
    cp "$(type -P true)" "$run_folder/true"
    if "$run_folder/true" 2>/dev/null; then
      rm "$run_folder/true"
      return
    fi
    rm -r "$run_folder"
  done
  fail "connvis starts its programs from a folder of its own, and none of /tmp, /var/tmp, /run and /var/lib lets programs be started (mount option noexec)."
}

run_enter() {
  make_run_folder
  chmod 711 "$run_folder"
  install -d -m 770 -o "$redis_user" -g "$run_group" "$run_folder/shared"
  with_lock enter_locked
}

run_leave() {
  local status=$?
  trap '' INT TERM HUP
  trap - EXIT
  step_end
  [[ -e $run_file ]] || exit "$status"
  say "Stopping."
  with_lock take_away "$run_file"
  say "Everything is stopped, and every change is undone."
  exit "$status"
}

# Starts a process that loses all privileges but the named one, and all groups but the named ones (commas between), and that ends when
# this script does.
start_child() { # NAME USER CAPABILITY GROUPS COMMAND…
  local name=$1 user=$2 keep=-all pid prefix=() groups=(--clear-groups)
  [[ -z $3 ]] || keep=-all,+$3
  [[ -z $4 ]] || groups=(--groups "$4")
  shift 4
  if [[ $1 == ip ]]; then
    prefix=("${@:1:4}")
    shift 4
  fi
  setsid "${prefix[@]}" setpriv --reuid "$user" --regid "$run_group" "${groups[@]}" --inh-caps "$keep" \
    --ambient-caps "$keep" --bounding-set "$keep" --no-new-privs --pdeathsig TERM "$@" </dev/null &
  pid=$!
  children[$pid]=$name
  run_note child "$(identity "$pid")"
}

# Fails when a child has ended, saying which and why.
check_children() {
  local pid status=0
  [[ $stopping == no ]] || exit 0
  for pid in "${!children[@]}"; do
    kill -0 "$pid" 2>/dev/null && continue
    wait "$pid" 2>/dev/null || status=$?
    child_ended "$pid" "$status"
  done
}

child_ended() { # PID STATUS
  local why="with status $2"
  (($2 <= 128)) || why="by signal $(kill -l $(($2 - 128)))"
  [[ ${children[$1]} != Redis ]] || tail -n 5 "$run_folder/shared/redis.log" >&2 || true
  fail "Unexpected end of ${children[$1]}, $why: connvis stops."
}

watch_children() {
  local ended status
  while [[ $stopping == no ]]; do
    status=0 ended=""
    wait -n -p ended "${!children[@]}" 2>/dev/null || status=$?
    [[ $stopping == no && $ended ]] || continue
    child_ended "$ended" "$status"
  done
}
