# SPDX-License-Identifier: MIT
# New Debian systems, made by debootstrap(8), which reach Debian's packages as this system does.

# Where apt fetches Debian's packages from here.
mirror() { # LABEL DEFAULT
  local uri
  # shellcheck disable=SC2016 # apt's names, not ours
  uri=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    sed -n "s/^$1 //p" | head -n 1)
  echo "${uri:-$2}"
}
debian=$(mirror Debian http://deb.debian.org/debian)
security=$(mirror Debian-Security http://deb.debian.org/debian-security)

# Those that are set, as NAME=VALUE.
proxies=()
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
  [[ -z ${!name:-} ]] || proxies+=("$name=${!name}")
done

make_debian() { # RELEASE FOLDER OPTION…
  debootstrap --variant=minbase "${@:3}" "$1" "$2" "$debian"
}

# Runs a command in it.
in_debian() { # FOLDER COMMAND…
  # shellcheck disable=SC2016 # for the shell there
  unshare --mount --propagation private sh -c 'mount -t proc proc "$1/proc" && exec chroot "$@"' sh "$1" \
    /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C "${proxies[@]}" "${@:2}"
}

# Certificates lie elsewhere, too: those that settings of apt or npm name.
take_certificates() { # FOLDER SETTINGS…
  local file
  mkdir -p "$1/usr/local/share/ca-certificates"
  cp -r /usr/local/share/ca-certificates/. "$1/usr/local/share/ca-certificates/"
  while read -r file; do
    [[ $file == /etc/ssl/* || ! -f $file ]] || install -D -m 644 "$file" "$1$file"
  done < <(cat "${@:2}" 2>/dev/null | sed -nE 's/^(cafile = |Acquire::https.*::CaInfo )"?([^";]+)"?;?$/\2/p')
}

# What leads to Debian's packages, from here to there; without passwords.
take_apt_settings() { # RELEASE FOLDER
  printf 'deb %s main\n' "$debian $1" "$debian $1-updates" "$security $1-security" >"$2/etc/apt/sources.list"
  apt-config dump | grep -E '^Acquire::(https?|Retries|ForceIPv[46]|Check-Valid-Until)\b.* "..*";$' \
    >"$2/etc/apt/apt.conf.d/90reach" || true
  take_certificates "$2" "$2/etc/apt/apt.conf.d/90reach"
}
