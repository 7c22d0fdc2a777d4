# SPDX-License-Identifier: MIT
# The Debian packages that connvis needs, and their installation. None of them starts a service or takes a port:
# redis-tools has the Redis program (under another name) without the service of redis-server, dnsmasq-base and udhcpc
# have no service; systemd-journal-remote's is not enabled, and hostapd's is not without a configuration.
#
# Where names differ between releases, all of them stand with "|" between, the first choice first: what is called
# libmsgpack-c-dev from Debian 13 on is libmsgpack-dev in Debian 12, and an empty package of that name in 13.

build_packages=(gcc libc6-dev cmake make pkg-config libmaxminddb-dev libwebsockets-dev libwebsockets-evlib-ev libev-dev
  "libmsgpack-c-dev|libmsgpack-dev" libmnl-dev libsystemd-dev libhiredis-dev libpsl-dev libjansson-dev
  libssl-dev libcrypt-dev zlib1g-dev libzopfli-dev ca-certificates)
# for deploy/make-deb
deb_packages=(build-essential debhelper fakeroot)
container_packages=(debootstrap podman)
data_packages=(curl ca-certificates jq ieee-data)
run_packages=("redis-tools|valkey-tools" iproute2 nftables conntrack kmod procps util-linux "${data_packages[@]}")
# the lab's programs are built together with the tests
test_build_packages=(libcmocka-dev libnetfilter-conntrack-dev)
lab_packages=(dnsmasq-base udhcpc libmaxmind-db-writer-perl "${test_build_packages[@]}")

# what deploy/examples and deploy/router are for; none of them is needed
example_packages=(nginx-light caddy prometheus openssl dnsmasq-base)

# What each part of the tests needs; node and npm are added where they are wanted.
format_packages=(clang-format)
lint_packages=("${build_packages[@]}" "${test_build_packages[@]}" clang-tidy shellcheck git)
unit_packages=("${build_packages[@]}" "${test_build_packages[@]}" "redis-tools|valkey-tools" libmaxmind-db-writer-perl
  ieee-data systemd-journal-remote iproute2 nftables)
page_packages=()
integration_packages=("${build_packages[@]}" "${run_packages[@]}" "${lab_packages[@]}" mmdb-bin bind9-dnsutils openssl
  stunnel4 systemd-journal-remote systemd-container hostapd)
browser_packages=("${integration_packages[@]}" chromium chromium-headless-shell firefox-esr webkit2gtk-driver xvfb
  fonts-dejavu-core fonts-liberation)
soak_packages=("${integration_packages[@]}")
fresh_packages=(debootstrap systemd-container slirp4netns iproute2 git)
package_packages=("${fresh_packages[@]}" "${build_packages[@]}" "${container_packages[@]}" runc)
router_packages=("${package_packages[@]}" nftables dnsmasq-base udhcpc bind9-dnsutils curl jq procps)
foreign_packages=("${package_packages[@]}" lintian)
smoke_packages=("${unit_packages[@]}" "${integration_packages[@]}" "${fresh_packages[@]}" locales)

# Prints those that are not installed, under any of their names.
missing_packages() { # PACKAGE[|PACKAGE…]…
  local names states
  for names; do
    # fails when one of the names is unknown
    # shellcheck disable=SC2086 # words on purpose
    states=$(dpkg-query -W -f='${db:Status-Status}\n' ${names//|/ } 2>/dev/null) || true
    grep -qx installed <<<"$states" || echo "$names"
  done
}

# Prints the first name under which apt has the package; when it has none, the last one, for apt to complain about.
choose_package() { # PACKAGE[|PACKAGE…]
  local name
  for name in ${1//|/ }; do
    [[ $(apt-cache show "$name" 2>/dev/null) != Package:* ]] || break
  done
  echo "$name"
}

apt_run() { # COMMAND…
  DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -o DPkg::Lock::Timeout=300 "$@"
}

install_packages() { # PACKAGE[|PACKAGE…]…
  local missing names chosen=()
  command -v apt-get >/dev/null || fail "This needs apt-get (Debian 12 or newer, or Ubuntu)."
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  step "Asking for the list of packages" apt_run update
  for names in "${missing[@]}"; do
    chosen+=("$(choose_package "$names")")
  done
  say "Installing ${chosen[*]}"
  step "Installing packages" apt_run install -y --no-install-recommends "${chosen[@]}"
}

# What the page is built with. A node from elsewhere is as good as Debian's.
node_packages() {
  command -v node >/dev/null || echo nodejs
  command -v npm >/dev/null || echo npm
}

check_node() {
  local version
  version=$(node --version)
  version=${version#v}
  ((${version%%.*} >= 18)) || fail "Node $version is too old: connvis needs 18 or newer to build its page."
}
