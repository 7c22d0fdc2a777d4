/* SPDX-License-Identifier: MIT */
/* A certificate for who has no authority: browsers ask their people whether they trust it, by its fingerprint. */
#pragma once

/*
 * Makes a key (EC P-256) and a certificate that it signs itself, good for ten years, for this host's name (without and
 * with .local) and localhost, and writes them in PEM form, with mode 0600. name may be empty. 0; -errno of writing;
 * -ENOMEM.
 */
int self_signed_make(const char *certificate, const char *key, const char *name);
