# SPDX-License-Identifier: MIT
# Settings of the kernel's connection tracking that a run changes, and puts back. Several runs may overlap: the first
# remembers how it was, the last one puts it back.

settings_folder=/run/connvis
settings=(nf_conntrack_acct nf_conntrack_timestamp nf_conntrack_events)

# What identifies a living process for good: its number and when it started (proc(5), stat, field 22).
identity() { # PID
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # shellcheck disable=SC2086 # words on purpose
  set -- "$1" ${stat##*) }
  [[ $2 != [ZX] ]] || return 1
  echo "$1 ${21}"
}

is_alive() { # IDENTITY
  [[ $1 == "$(identity "${1%% *}")" ]]
}

# True when the kernel tracks a datagram of ours, so that something asks for tracking already.
tracks() { # FAMILY ADDRESS
  local port=$((20000 + RANDOM % 20000))
  (echo >"/dev/udp/$2/$port") 2>/dev/null || true
  conntrack -L -f "$1" -p udp --orig-port-dst "$port" 2>/dev/null | grep -q .
}

# Remembers the settings in the file "before" as lines of a path and a value, and turns them on.
enter_settings() {
  local name path
  modprobe -q nf_conntrack 2>/dev/null || true
  modprobe -q nf_conntrack_netlink 2>/dev/null || true
  if ! nft list table inet connvis_tracking >/dev/null 2>&1 && { ! tracks ipv4 127.0.0.1 || ! tracks ipv6 ::1; }; then
    # a rule that looks at connections turns tracking on, whatever it then does: this one does nothing
    nft -f - <<-RULES || complain "nftables cannot be used here: connections may not be tracked."
	table inet connvis_tracking {
	  chain input {
	    type filter hook input priority filter; policy accept;
	    ct state established
	  }
	}
	RULES
    say "Nothing asked for connection tracking yet: the nftables table inet connvis_tracking does now."
  fi
  for name in "${settings[@]}"; do
    path=/proc/sys/net/netfilter/$name
    if [[ ! -e $path ]]; then
      complain "The kernel has no setting $path: connvis goes on without it."
    elif [[ ! -w $path && $(<"$path") != 1 ]]; then
      # read-only in containers
      complain "$path is $(<"$path") and cannot be changed here: connvis goes on without it."
    elif ! grep -q "^$path " "$settings_folder/before" 2>/dev/null && [[ $(<"$path") != 1 ]]; then
      echo "$path $(<"$path")" >>"$settings_folder/before"
      echo 1 >"$path"
    fi
  done
}

leave_settings() {
  local path value
  if [[ -e $settings_folder/before ]]; then
    while read -r path value; do
      echo "$value" >"$path" || complain "Could not set $path back to $value."
    done <"$settings_folder/before"
    rm -f "$settings_folder/before"
  fi
  nft delete table inet connvis_tracking 2>/dev/null || true
}
