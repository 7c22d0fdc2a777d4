# SPDX-License-Identifier: MIT
# Building for another kind of processor, in Debian's words. It takes a system of its own: libraries for two do not go
# together (libwebsockets-dev).

declare -A triplets=([arm64]=aarch64-linux-gnu [armhf]=arm-linux-gnueabihf)

# The compiler and the libraries for it; for this machine programs, and what the generators are linked with.
install_cross_packages() { # ARCH PACKAGE[|PACKAGE…]…
  local names suffix=:$1 here there=() programs=()
  # by itself a name is that of either machine's package
  here=$(dpkg --print-architecture)
  for names in "${@:2}"; do
    if [[ $names == libzopfli-dev ]]; then
      # of the generators alone; it is for one kind of machine at a time
      programs+=("$names:$here")
    elif [[ $names == *lib* || $names == *-dev ]]; then
      there+=("${names//|/$suffix|}$suffix")
    elif [[ $names == pkg-config ]]; then
      # it brings a program for each
      there+=("$names$suffix")
    else
      programs+=("$names")
    fi
  done
  dpkg --add-architecture "$1"
  install_packages "crossbuild-essential-$1" "zlib1g-dev:$here" "libjansson-dev:$here" "${programs[@]}" "${there[@]}"
}
