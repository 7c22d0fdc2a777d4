# SPDX-License-Identifier: MIT
# The manual page of a configuration file, from what the program prints with --print-config.
#   awk -v program=NAME -v version=VERSION -v file=PATH -f roff.awk -f page5.awk

BEGIN {
  printf ".TH %s.CONF 5 \"\" \"connvis %s\" \"connvis\"\n", toupper(roff(program)), version
  printf ".SH NAME\n%s.conf \\- the configuration of %s\n", roff(program), roff(program)
  printf ".SH SYNOPSIS\n.I %s\n.br\n.I %s.d/*.conf\n", roff(file), roff(file)
  print ".SH DESCRIPTION"
  print "The file has sections, each with a line"
  print ".RB [ section ],"
  print "and options, each as"
  print ".BR \"name = value\" ."
  print "A # or ; at the start of a line or after a blank starts a comment."
  print "A list takes its items separated by commas, may be given several times, and may continue on lines that start"
  print "with a blank; an empty value clears it."
  print "Any other option is given once, on one line."
  print ".PP"
  print "The files in the folder beside it whose names end with .conf are read after it, in the order of their names;"
  print "each of them wins over those before it."
  shared = file
  sub(/[^\/]*$/, "connvis.conf", shared)
  printf ".PP\nWhat both daemons have in common, the sections [site], [room], [log] and [redis], may stand in\n.I %s\n", roff(shared)
  print "instead. It is read before this file, which wins over it."
  print ".PP"
  print "A reload"
  printf ".RB ( \"systemctl reload %s\" )\n", roff(program)
  print "reads all of them again. What is said below of a reload changes at once, all else at the next start."
  printf ".PP\nWhether all of it is good,\n.B %s \\-\\-config %s \\-\\-check\\-config\nsays.\n", roff(program), roff(file)
  print ".SH OPTIONS"
  print "Behind each option stands its default."
}
/^\[/ { section = 1; printf ".SS %s\n", roff($0); next }
!section { next }
/^# / { help = help (help == "" ? "" : "\n") roff(substr($0, 3)); next }
/^#/ {
  text = substr($0, 2)
  equals = index(text, " =")
  printf ".TP\n\\fB%s\\fR =%s\n%s\n", roff(substr(text, 1, equals - 1)), roff(substr(text, equals + 2)), help
  help = ""
}
END { printf ".SH SEE ALSO\n.BR %s (8)\n", roff(program) }
