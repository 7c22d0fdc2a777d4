/* SPDX-License-Identifier: MIT */
/* The least that reading conntrack costs: a loop that receives each event, and a dump each second. */
#pragma once

/* Never returns. */
void bare_run(const void *data);
