/* Addresses: of mail, of logins, and public ones of IP. */
#ifndef SOURCE_REDACT_PLACE_H
#define SOURCE_REDACT_PLACE_H

#include "source/redact_rules.h"

/* An address of mail around the "@" (or "%40", "\u0040") at AT. */
redact_find redact_place_email;
/* Such an address of a service account (*.gserviceaccount.com). */
redact_find redact_place_account;
/* The password of "user:password@tcp(host)" before the "@" at AT. */
redact_find redact_place_login;
/* Tokens that are known by their middle: of Terraform (".atlasv1."), of Azure AD ("8Q~"). */
redact_find redact_place_infix;
/* Keys in hexadecimal that are known by their end: of Mailchimp ("-us12"), New Relic ("NRAL"). */
redact_find redact_place_suffix;
/*
 * A public IP address (v4 or v6) from AT on, where it begins and ends. Never those of RFC 6890:
 * private, shared, loopback, link-local, for documentation, multicast.
 */
bool redact_place_ip(const struct redact_text *in, size_t at, size_t *begin, size_t *end);

#endif
