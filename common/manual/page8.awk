# SPDX-License-Identifier: MIT
# The manual page of a program, from its own page in this folder and what the program says with --help, whose options
# and exit status stand in for the lines @OPTIONS@ and @STATUS@.
#   awk -v version=VERSION -f roff.awk -f page8.awk HELP PAGE

# Of the help: "  --name VALUE   text", its further lines, which begin farther right, and the exit status.
NR == FNR && /^  -/ {
  width = match(substr($0, 3), /   */)
  options = options ".TP\n.B " roff(substr($0, 3, width - 1)) "\n" roff(trimmed(substr($0, 2 + width))) "\n"
  next
}
NR == FNR && /^   +[^ ]/ && !over { options = options roff(trimmed($0)) "\n"; next }
NR == FNR && /^Exit status: / {
  over = 1
  n = split(substr($0, 14), states, /, /)
  for (i = 1; i <= n; i++) {
    sub(/\.$/, "", states[i])
    status = status ".TP\n.B " substr(states[i], 1, 1) "\n" roff(substr(states[i], 3)) "\n"
  }
}
NR == FNR { next }
$0 == "@OPTIONS@" { printf "%s", options; next }
$0 == "@STATUS@" { printf "%s", status; next }
{ gsub(/@VERSION@/, version); print }

function trimmed(text) {
  sub(/^ +/, "", text)
  return text
}
