/* SPDX-License-Identifier: MIT */
/* The rows of companies, names, lookups and remotes in the topic overview: functions of an encoder_schema. */
#pragma once

#include "encoder.h"

void overview_company_value(msgpack_packer *p, const void *row, unsigned column, bool increment);
void overview_name_value(msgpack_packer *p, const void *row, unsigned column, bool increment);
void overview_lookup_value(msgpack_packer *p, const void *row, unsigned column, bool increment);
void overview_lookup_sent(void *row, uint64_t columns, uint64_t time);
void overview_remote_value(msgpack_packer *p, const void *row, unsigned column, bool increment);
