# SPDX-License-Identifier: MIT
# The printed configuration with some options set: awk -f settings.awk SETTINGS PRINTED
NR == FNR && /^#/ { next }
NR == FNR {
  equals = index($0, "=")
  value[substr($0, 1, equals - 1)] = substr($0, equals + 1)
  next
}
/^\[/ { section = substr($0, 2, length($0) - 2) }
/^#[a-z_]+ =/ {
  name = section "." substr($0, 2, index($0, " =") - 2)
  if (name in value) {
    print
    $0 = substr($0, 2, index($0, " =") - 2) " = " value[name]
    delete value[name]
  }
}
{ print }
END {
  for (name in value) {
    print "settings.awk: there is no option " name >"/dev/stderr"
    exit 1
  }
}
