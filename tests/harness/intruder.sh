# SPDX-License-Identifier: MIT
# A hostile program in the broadcaster's place, in the booted system of tests/package: the same unit with its sandbox, the
# same user, the same account at Redis.

# Puts the program into the system.
make_intruder() {
  gcc -std=gnu11 -D_GNU_SOURCE -O1 -static -o "$system/usr/local/bin/connvis-intruder" "$root"/tests/harness/intruder/*.c
}

intrude() { # GROUP[,GROUP…]
  local folder=/run/systemd/system/connvis-broadcaster.service.d status=0
  inside mkdir -p "$folder"
  inside tee "$folder/intruder.conf" >/dev/null <<UNIT
[Service]
Type=oneshot
Restart=no
WatchdogSec=0
ExecStart=
ExecStart=/usr/local/bin/connvis-intruder $1 /run/connvis-redis/redis.sock \${CREDENTIALS_DIRECTORY}/redis \
  /var/lib/connvis /var/lib/connvis/session /var/lib/connvis-redis /var/lib/connvis-redis/collector.password \
  /run/connvis-collector /run/connvis-redis/redis.conf
UNIT
  inside systemctl daemon-reload
  inside systemctl restart connvis-broadcaster || status=1
  inside journalctl --no-pager --output=cat --unit=connvis-broadcaster --since=-2min --identifier=connvis-intruder
  inside rm "$folder/intruder.conf"
  inside systemctl daemon-reload
  inside systemctl reset-failed connvis-broadcaster || true
  inside systemctl start connvis-broadcaster && return "$status"
}

is_refused_everything() {
  make_intruder && intrude redis,files,processes,capabilities,sandbox && wait_for 20 "all is well again" healthy
}
