/* SPDX-License-Identifier: MIT */
/*
 * Who makes a device, by its MAC: the IEEE's registers MA-L, MA-M and MA-S, the longest prefix first. They are read
 * beside the loop, and anew when a file has changed. One row in the table of sources ("vendors").
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <systemd/sd-event.h>

#include "row.h"
#include "source.h"
#include "worker.h"

struct vendors;

/* Answers may differ from now on. */
typedef void (*vendors_changed)(void *data);

/* folder: holds oui.csv, and may hold mam.csv and oui36.csv; copied. event, worker, sources, data: borrowed. Reads
 * nothing yet. 0; -ENAMETOOLONG; -ENOMEM. */
int vendors_new(struct vendors **ret, sd_event *event, struct worker *worker, struct row_table *sources,
		const char *folder, source_report report, vendors_changed changed, void *data);
struct vendors *vendors_free(struct vendors *v);

/* Once a second: has the files read when one is new or another one. */
void vendors_check(struct vendors *v);

/* NULL: unknown, or the MAC is a random one (locally administered, IEEE 802). Lives until changed is called.
 */
const char *vendors_of(const struct vendors *v, const uint8_t mac[6]);

/* Bytes that the table takes. */
size_t vendors_bytes(const struct vendors *v);
