# SPDX-License-Identifier: MIT
# Completion for bash, from what the program prints with --print-config and says with --help.
#   awk -v program=NAME -f completion.awk HELP CONFIG

NR == FNR {
  if (/^  -/ && match($0, /--[a-z-]+/)) arguments = arguments " " substr($0, RSTART, RLENGTH)
  next
}
/^\[/ { section = substr($0, 2, length($0) - 2); next }
/^# \(.*\)$/ { limits = substr($0, 4, length($0) - 4); next }
/^# / { limits = ""; next }
/^#/ {
  name = substr($0, 2, index($0, " =") - 2)
  options = options " " section "." name "="
  if (limits ~ / or / && limits !~ /^(list of |[0-9-])/) {
    gsub(/, | or /, " ", limits)
    values = values "  " section "." name ") words=\"" limits "\" ;;\n"
  }
  limits = ""
}
END {
  name = program
  gsub(/-/, "_", name)
  printf "# bash completion for %s\n\n_%s() {\n", program, name
  print "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} option=\"\" words=\"\""
  print "  # bash takes = for a word of its own"
  print "  if [[ $word == = ]]; then"
  print "    option=$before word=\"\""
  print "  elif [[ $before == = ]]; then"
  print "    option=${COMP_WORDS[COMP_CWORD - 2]}"
  print "  fi"
  print "  case ${option:-$before} in"
  printf "%s", values
  print "  --config | --shared)"
  print "    compopt -o filenames"
  print "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")"
  print "    return"
  print "    ;;"
  print "  --set)"
  print "    compopt -o nospace"
  printf "    words=\"%s\"\n", substr(options, 2)
  print "    ;;"
  printf "  *) words=\"%s\" ;;\n", substr(arguments, 2)
  print "  esac"
  print "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")"
  printf "}\ncomplete -F _%s %s\n", name, program
}
