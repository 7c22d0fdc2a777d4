# SPDX-License-Identifier: MIT
# For scripts that source it: saying what happens, long steps with their progress, and who asked for it.

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")

say() {
  printf '%s\n' "$*"
}

complain() {
  printf '%s\n' "$*" >&2
}

fail() {
  complain "$*"
  exit 1
}

# Ends the step that is going on, when the script ends before it does.
step_group="" step_log=""
step_end() {
  [[ -z $step_group ]] || kill -TERM -- "-$step_group" 2>/dev/null || true
  [[ -z $step_log ]] || rm -f "$step_log"
  step_group="" step_log=""
}
trap step_end EXIT

# step TITLE COMMAND…: runs it with its output in a log, and shows the time that it has taken and its last line. When
# it fails the end of the log is shown. Its status is the command's.
step() {
  local title=$1 log pid started=$SECONDS status=0 line
  shift
  log=$(mktemp)
  step_log=$log
  # with a process group of its own, so that all of it can be ended
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  pid=$! step_group=$!
  set +m
  while kill -0 "$pid" 2>/dev/null; do
    if [[ -t 1 ]]; then
      line=$(tail -c 400 "$log" | tr '\r' '\n' | tr -cd '[:print:]\n' | sed '/^ *$/d' | tail -n 1)
      printf '\r\033[K%s … %d s  %.60s' "$title" $((SECONDS - started)) "$line"
    elif (((SECONDS - started) % 30 == 29)); then
      say "$title … $((SECONDS - started)) s"
      sleep 0.8
    fi
    sleep 0.2
  done
  wait "$pid" || status=$?
  step_group=""
  [[ ! -t 1 ]] || printf '\r\033[K'
  if ((status)); then
    complain "$title: failed. The end of what it said:"
    tail -n 40 "$log" >&2
  else
    say "$title: done ($((SECONDS - started)) s)"
  fi
  rm -f "$log"
  step_log=""
  return "$status"
}

# The person who asked through sudo builds, when the source is theirs to write in; else whoever runs this does.
caller=$(id -un)
if [[ $EUID == 0 && ${SUDO_USER:-root} != root ]] && runuser -u "$SUDO_USER" -- test -w "$root"; then
  caller=$SUDO_USER
fi

as_caller() { # COMMAND…
  if [[ $EUID != 0 || $caller == root ]]; then
    "$@"
  else
    runuser -u "$caller" -- env HOME="$(getent passwd "$caller" | cut -d: -f6)" "$@"
  fi
}

# A folder that an earlier run left to somebody else is given to who builds now.
give_to_caller() { # FOLDER…
  local folder
  for folder; do
    [[ ! -e $folder || $(stat -c %U "$folder") == "$caller" ]] || chown -hR "$caller:" "$folder"
  done
}
