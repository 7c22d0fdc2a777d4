# SPDX-License-Identifier: MIT
# Is a file of data whole, and of the kind that it should be? Each check prints the number of its entries, or says what
# is wrong and fails.

wrong() {
  complain "$*"
  return 1
}

# An MMDB ends with its description (https://maxmind.github.io/MaxMind-DB/), after this mark.
mmdb_description() { # FILE
  tail -c 131072 "$1" | LC_ALL=C sed -n '/MaxMind\.com/,$p'
}

# Prints a number of the description: after its key stand a byte with kind and length, and for kinds above 7 another
# one with the kind less 7; then the number, its highest byte first.
mmdb_number() { # FILE KEY
  local at bytes number=0 i
  at=$(mmdb_description "$1" | LC_ALL=C grep -abo "$2" | tail -n 1 | cut -d : -f 1) && [[ $at ]] || return 1
  read -ra bytes < <(mmdb_description "$1" | tail -c +$((at + 1 + ${#2})) | head -c 10 | od -An -v -tu1) || return 1
  at=$((1 + (bytes[0] >> 5 == 0)))
  for ((i = 0; i < (bytes[0] & 31) && i < 8; i++)); do
    number=$((number * 256 + bytes[at + i]))
  done
  echo "$number"
}

# WORD is a key of its records. The tree of networks stands at the beginning: two records of so many bits a node.
check_mmdb() { # FILE WORD
  local nodes bits size
  size=$(stat -c %s "$1")
  nodes=$(mmdb_number "$1" node_count) && bits=$(mmdb_number "$1" record_size) && ((nodes * bits / 4 < size)) ||
    wrong "$1 is no whole MMDB file." || return 1
  LC_ALL=C grep -aqF "$2" "$1" || wrong "$1 is an MMDB file, but its records have no $2." || return 1
  echo "$size"
}

# The last line of a file that was cut off has no end.
check_text() { # FILE
  [[ -s $1 ]] || wrong "$1 is empty." || return 1
  [[ $(tail -c 1 "$1" | od -An -tx1) == " 0a" ]] || wrong "$1 is cut off: its last line has no end." || return 1
  ! head -c 4096 "$1" | grep -aqiE '<(!doctype|html|\?xml)' || wrong "$1 is a page, not data."
}

# Names or addresses, one a line, also in the form of a hosts file or of an ad blocker.
check_list() { # FILE LEAST
  local good bad
  check_text "$1" || return 1
  read -r good bad < <(awk '
    { sub(/\r$/, ""); sub(/^\357\273\277/, "") }
    /^[ \t]*([#!].*)?$/ { next }
    /^((0\.0\.0\.0|127\.0\.0\.1|::1?)[ \t]+)?(\|\|)?[A-Za-z0-9_.:-]+(\^|\/[0-9]+)?[ \t]*(#.*)?$/ { good++; next }
    { bad++ }
    END { print good + 0, bad + 0 }
  ' "$1")
  ((bad * 10 <= good)) || wrong "$1 is no list of names or addresses: $bad of its lines are something else." || return 1
  enough "$1" "$good" "$2"
}

enough() { # FILE NUMBER LEAST
  (($2 >= $3)) || wrong "$1 has only $2 entries; there should be $3 at least." || return 1
  echo "$2"
}

# Where each provider's JSON file has its address ranges.
declare -A ranges=(
  [aws]='[.prefixes[].ip_prefix, .ipv6_prefixes[].ipv6_prefix]'
  [google]='[.prefixes[] | .ipv4Prefix // .ipv6Prefix]'
  [cloudflare]='[.result | .ipv4_cidrs[], .ipv6_cidrs[]]'
  [azure]='[.values[].properties.addressPrefixes[]]'
  [oracle]='[.regions[].cidrs[].cidr]'
)

check_ranges() { # FILE LEAST PROVIDER
  local number
  # Cloudflare publishes a text too
  if [[ $3 == cloudflare && $(head -c 1 "$1") == [0-9] ]]; then
    check_list "$1" "$2"
    return
  fi
  number=$(jq -e "${ranges[$3]} | map(select(type == \"string\" and test(\"^[0-9a-fA-F.:]+/[0-9]+\$\"))) | length" "$1" 2>/dev/null) ||
    wrong "$1 is not the JSON file with the address ranges of $3." || return 1
  enough "$1" "$number" "$2"
}

check_registry() { # FILE LEAST
  check_text "$1" || return 1
  head -n 1 "$1" | grep -q '^Registry,Assignment,Organization Name' || wrong "$1 is no registry of the IEEE." || return 1
  enough "$1" "$(grep -cE '^MA-[LMS],[0-9A-F]+,' "$1")" "$2"
}

check_suffixes() { # FILE LEAST
  check_text "$1" || return 1
  # both marks: the second is near the end
  grep -qF '===BEGIN ICANN DOMAINS===' "$1" && grep -qF '===END PRIVATE DOMAINS===' "$1" ||
    wrong "$1 is no whole Public Suffix List." || return 1
  enough "$1" "$(grep -cE '^[^/ ]' "$1")" "$2"
}

# Prints the number of entries of a file that is fit to be used.
check_data() { # FILE KIND LEAST
  [[ -f $1 ]] || wrong "There is no file $1." || return 1
  case $2 in
  mmdb) check_mmdb "$1" "$3" ;;
  list) check_list "$1" "$3" ;;
  registry) check_registry "$1" "$3" ;;
  suffixes) check_suffixes "$1" "$3" ;;
  *) check_ranges "$1" "$3" "$2" ;;
  esac
}
