/* SPDX-License-Identifier: MIT */
/* The rows of companies and remotes in the topic overview: functions of an encoder_schema. */
#pragma once

#include "encoder.h"

void overview_company_value(msgpack_packer *p, const void *row, unsigned column, bool increment);
void overview_remote_value(msgpack_packer *p, const void *row, unsigned column, bool increment);
