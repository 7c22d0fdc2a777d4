# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# Does everything that we call come from a package that we declare? On a machine where much else is installed this is
# not seen: so each part of the tests runs with a PATH that leads to programs of its own declared packages, of those
# that they depend on and of those that every Debian has. What is built is looked at too: whose are the headers that
# the compiler read, and the libraries that are linked (tests/lint/declared). tests/fresh proves it on a new system.

# Prints the installed packages that these bring along, themselves among them, as dpkg names them for good: with the
# architecture where a package can be there for several.
package_closure() { # PACKAGE[|PACKAGE…]…
  dpkg-query -W -f='${db:Status-Status}\t${Package}\t${Essential}\t${Priority}\t${Pre-Depends}, ${Depends}\t${Provides}\t${binary:Package}\t${Architecture}\n' |
    awk -F '\t' -v wanted="$*" -v here="$(dpkg --print-architecture)" '
      function strip(name) { sub(/^ +/, "", name); sub(/[ (:].*$/, "", name); return name }
      function add(name) { if (name in depends && !(name in seen)) { seen[name] = 1; todo[++last] = name } }
      $1 == "installed" && ($8 == here || $8 == "all") {
        depends[$2] = $5
        whole[$2] = $7
        n = split($6, names, ",")
        for (i = 1; i <= n; i++) provided[strip(names[i])] = provided[strip(names[i])] "," $2
        if ($3 == "yes" || $4 == "required") always[++n_always] = $2
      }
      END {
        for (i = 1; i <= n_always; i++) add(always[i])
        n = split(wanted, names, /[ |]+/)
        for (i = 1; i <= n; i++) add(names[i])
        for (at = 1; at <= last; at++) {
          print whole[todo[at]]
          n = split(depends[todo[at]], names, /[,|]/)
          for (i = 1; i <= n; i++) {
            name = strip(names[i])
            add(name)
            m = split(provided[name], others, ",")
            for (k = 1; k <= m; k++) add(others[k])
          }
        }
      }'
}

# Fills a new folder with links to the programs of these packages.
declared_programs() { # FOLDER PACKAGE[|PACKAGE…]…
  local folder=$1 files=$1.files packages file name
  shift
  mkdir "$folder"
  mapfile -t packages < <(package_closure "$@")
  # fails where a package is installed for two architectures
  dpkg-query -L "${packages[@]}" >"$files" 2>/dev/null || true
  grep -E '^(/usr)?/s?bin/[^/]+$' "$files" | xargs ln -sf -t "$folder"
  # names that several packages could have (update-alternatives(1))
  find /etc/alternatives -type l -printf '%p %l\n' | awk '
    NR == FNR { ours[$0] = 1; next }
    $2 in ours || substr($2, 5) in ours { print $1 }' "$files" - | xargs ln -sf -t "$folder"
  # a node from elsewhere is as good as Debian's
  for name in node npm npx; do
    [[ -e $folder/$name ]] || ! file=$(command -v "$name") || ln -s "$file" "$folder/$name"
  done
}
