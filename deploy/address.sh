# SPDX-License-Identifier: MIT
# Is a text an address or a port? Nobody is asked: a resolver would take names too, and wait for them.

is_ipv4() { # TEXT
  local part
  [[ $1 =~ ^(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}$ ]] || return 1
  for part in ${1//./ }; do
    ((part <= 255)) || return 1
  done
}

is_ipv6() { # TEXT
  local text=$1 group='[0-9a-fA-F]{1,4}' groups
  # the last 32 bits may be written as an IPv4 address
  if [[ $text == *.* ]]; then
    is_ipv4 "${text##*:}" || return 1
    text=${text%:*}:0:0
  fi
  if [[ $text == *::* ]]; then
    # "::" stands for at least one group of zeros, and once only
    read -ra groups <<<"${text//:/ }"
    [[ $text =~ ^($group(:$group)*)?::($group(:$group)*)?$ ]] && ((${#groups[@]} <= 7))
  else
    [[ $text =~ ^$group(:$group){7}$ ]]
  fi
}

is_address() { # TEXT
  # ranges of letters mean others elsewhere
  local LC_ALL=C
  if [[ $1 == *:* ]]; then is_ipv6 "$1"; else is_ipv4 "$1"; fi
}

# Prints the number of a port; fails when it is none.
port_number() { # TEXT
  [[ $1 =~ ^0*([1-9][0-9]{0,4})$ ]] && ((BASH_REMATCH[1] <= 65535)) && echo "${BASH_REMATCH[1]}"
}

# Ends the script unless one can listen at this address here.
check_own() { # ADDRESS
  [[ $1 == 0.0.0.0 || $1 == :: || $(ip route get "$1" 2>/dev/null) == local* ]] ||
    fail "This machine has no address $1. It has: $(ip -brief address | awk '{ for (i = 3; i <= NF; i++) { sub(/\/.*/, "", $i); printf " %s", $i } }')."
}
