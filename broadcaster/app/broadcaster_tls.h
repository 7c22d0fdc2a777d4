/* SPDX-License-Identifier: MIT */
/* The certificate that the options name. */
#pragma once

#include "broadcaster_options.h"
#include "certificate.h"

/* What tls.certificate may be, as of config_option.check. */
const char *broadcaster_tls_check_certificate(const char *value);

/* Reads it: NULL is no certificate, where none is wanted. 0; or -EINVAL or -ENOMEM with the option that is wrong and
 * what follows its name in a sentence. */
int broadcaster_tls_load(struct certificate **ret, const struct broadcaster_options *options,
			 const char **ret_option, char why[CONFIG_WHY_MAX]);
/* As config_program.check. */
const char *broadcaster_tls_check(const void *options, char why[CONFIG_WHY_MAX]);
