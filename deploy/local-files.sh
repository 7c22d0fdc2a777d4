# SPDX-License-Identifier: MIT
# For scripts that source it: files of this machine's DNS and DHCP servers, and which groups may read them.

existing() { # FILE…: prints those that are there, commas between
  local file found=()
  for file; do
    [[ ! -e $file ]] || found+=("$file")
  done
  (IFS=,; echo "${found[*]}")
}

# Prints those that root or a service of the system made, a line each: in a folder like /tmp anybody can make any file.
made_by_system() { # FILE…
  local file
  for file; do
    [[ -e $file ]] || continue
    if (($(stat -Lc %u "$file") < 1000)); then
      printf '%s\n' "$file"
    else
      complain "$file is left aside: $(stat -Lc %U "$file") made it, not the system."
    fi
  done
}

# Prints the groups that a program needs to read the files, a line each; those that everybody may read need none.
groups_to_read() { # FILE…
  local file mode
  for file; do
    [[ -e $file ]] || continue
    mode=$(stat -Lc %a "$file")
    if ((8#$mode & 4)); then
      continue
    elif ((8#$mode & 8#40)); then
      stat -Lc %g "$file"
    else
      complain "$file can be read by its owner $(stat -Lc %U "$file") alone: let a group read it (\"chmod g+r\")."
    fi
  done | sort -u
}
