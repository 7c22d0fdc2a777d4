# SPDX-License-Identifier: MIT
# What both manual pages share: text as roff(7) takes it.

# A minus that can be copied, no escape by accident, and no line that is taken for a request.
function roff(text) {
  gsub(/\\/, "\\e", text)
  gsub(/-/, "\\-", text)
  return (text ~ /^[.']/ ? "\\&" : "") text
}
