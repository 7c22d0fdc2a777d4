/* SPDX-License-Identifier: MIT */
/* The certificate that the options name. */
#pragma once

#include "broadcaster_options.h"

/* What tls.certificate may be, as of config_option.check. */
const char *broadcaster_tls_check_certificate(const char *value);

/* As config_program.check. */
const char *broadcaster_tls_check(const void *options, char why[CONFIG_WHY_MAX]);
