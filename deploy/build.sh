# SPDX-License-Identifier: MIT
# Building: in the checkout one run at a time, and anew when the checkout has moved; what is to be packed, in a folder
# of its own.

# Ends the script when nothing can be built here.
check_checkout() {
  as_caller test -w "$root" ||
    fail "connvis is built inside its checkout, and $root cannot be written to: copy it elsewhere and run it there."
}

# Until build_unlock, or until this script and all that it started have ended. The lock is on the folder itself.
build_lock() {
  exec {checkout_lock}<"$root"
  flock --nonblock "$checkout_lock" && return
  say "Another run is building in $root: waiting for it."
  flock "$checkout_lock"
}

build_unlock() {
  exec {checkout_lock}<&-
}

# Takes a build folder away that was made for another place: CMake knows whole paths only, and refuses it.
fresh_build() { # FOLDER
  local home folder
  [[ -e $1/CMakeCache.txt ]] || return 0
  home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$1/CMakeCache.txt")
  folder=$(sed -n 's/^CMAKE_CACHEFILE_DIR:INTERNAL=//p' "$1/CMakeCache.txt")
  [[ $home -ef $root && $folder -ef $1 ]] && return
  say "The build folder $1 was made for $home: building connvis anew."
  rm -rf "$1"
}

connvis_version() {
  sed -nE 's/^project\(connvis VERSION ([0-9.]+) .*/\1/p' "$root/CMakeLists.txt"
}

# A folder for the caller to build in, which goes with this script; sets $work.
make_work() {
  work=$(mktemp -d)
  trap 'step_end; rm -rf "$work"' EXIT
  chmod 755 "$work"
  give_to_caller "$work"
}
