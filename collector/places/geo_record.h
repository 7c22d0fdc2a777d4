/* SPDX-License-Identifier: MIT */
/* What a record of an MMDB file says, in either layout. The records are bytes from outside. */
#pragma once

#include <stdbool.h>

#include <maxminddb.h>

#include "address.h"
#include "shared.h"

/* False when the file does not know a. */
bool geo_record_find(const MMDB_s *handle, const struct address *a, MMDB_entry_s *ret);

/* False when the record says nothing of use; ret is then as it was. */
bool geo_record_place(MMDB_entry_s *entry, struct place_facts *ret);
bool geo_record_network(MMDB_entry_s *entry, struct network_facts *ret);
