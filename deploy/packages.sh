# SPDX-License-Identifier: MIT
# The Debian packages that connvis needs, and their installation. None of them starts a service or takes a port:
# redis-tools has the Redis program (under another name) without the service of redis-server, dnsmasq-base and udhcpc
# have no service; systemd-journal-remote's is not enabled.

build_packages=(gcc libc6-dev cmake make pkg-config libnetfilter-conntrack-dev libmnl-dev libmaxminddb-dev
  libwebsockets-dev libwebsockets-evlib-ev libev-dev uthash-dev libmsgpack-dev libsystemd-dev libhiredis-dev
  libinih-dev libpsl-dev libjansson-dev zlib1g-dev ca-certificates)
data_packages=(curl ca-certificates jq ieee-data)
run_packages=(redis-tools iproute2 nftables conntrack kmod procps util-linux "${data_packages[@]}")
lab_packages=(dnsmasq-base udhcpc libmaxmind-db-writer-perl)
test_packages=("${lab_packages[@]}" libcmocka-dev clang-format chromium fonts-dejavu-core fonts-liberation mmdb-bin
  bind9-dnsutils openssl systemd-journal-remote systemd-container)

missing_packages() { # PACKAGE…
  local package
  for package; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

apt_install() { # PACKAGE…
  local quiet=(env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -o DPkg::Lock::Timeout=300)
  "${quiet[@]}" update && "${quiet[@]}" install -y --no-install-recommends "$@"
}

install_packages() { # PACKAGE…
  local missing
  command -v apt-get >/dev/null || fail "This needs apt-get (Debian 12 or newer, or Ubuntu)."
  missing=$(missing_packages "$@")
  missing=$(xargs <<<"$missing")
  [[ $missing ]] || return 0
  say "Installing $missing"
  # shellcheck disable=SC2086 # words on purpose
  step "Installing packages" apt_install $missing
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
