# SPDX-License-Identifier: MIT
# Where the page is, by $listen and $port.

# Prints the address at which a browser on this machine finds the page.
local_address() {
  case $listen in
  0.0.0.0) echo 127.0.0.1 ;;
  ::) echo ::1 ;;
  *) echo "$listen" ;;
  esac
}

url_of() { # ADDRESS
  if [[ $1 == *:* ]]; then echo "http://[$1]:$port/"; else echo "http://$1:$port/"; fi
}

# Prints the status with which a path of the page is answered, or nothing.
page_status() { # ADDRESS PATH
  local address=$1 status
  (
    exec 3<>"/dev/tcp/$address/$port" || exit 0
    [[ $address != *:* ]] || address="[$address]"
    printf 'GET /%s HTTP/1.0\r\nHost: %s:%s\r\n\r\n' "$2" "$address" "$port" >&3
    read -r -t 2 _ status _ <&3 && echo "$status"
  ) 2>/dev/null || true
}

# Prints the addresses at which others find the page, one a line. At those that lead outside nobody may watch, nor may
# this machine there, so it asks.
offered_addresses() {
  local address
  for address in $(hostname -I); do
    [[ $listen == 0.0.0.0 && $address == *:* || $(page_status "$address" "") != 200 ]] || echo "$address"
  done
}
