/* SPDX-License-Identifier: MIT */
/*
 * What a record of an MMDB file says. The layouts: MaxMind's GeoLite2 and those that copy it (DB-IP, IP2Location),
 * @ip-location-db (https://github.com/sapics/ip-location-db), IPinfo
 * (https://github.com/ipinfo/sample-database). The records are bytes from outside.
 */
#pragma once

#include <stdbool.h>

#include <maxminddb.h>

#include "address.h"
#include "shared.h"

/* False when the file does not know a. */
bool geo_record_find(const MMDB_s *handle, const struct address *a, MMDB_entry_s *ret);

/* False when the record says nothing of use; ret is then as it was. */
bool geo_record_place(MMDB_entry_s *entry, struct place_facts *ret);
/* A network that only a registry is named for has its number as a name ("AS64496"). */
bool geo_record_network(MMDB_entry_s *entry, struct network_facts *ret);

/* True when the record says that the address is served from many places. */
bool geo_record_anycast(MMDB_entry_s *entry);
