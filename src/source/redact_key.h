/* Private keys that several texts tell, and tokens that several lines of one text tell. */
#ifndef SOURCE_REDACT_KEY_H
#define SOURCE_REDACT_KEY_H

#include "source/redact_rules.h"

/* A key whose end was not seen, or in texts that come newest first its beginning: more may follow. */
struct redact_key {
	bool open, hit; /* hit: the text at hand had a line of it */
	bool backward; /* its end came first */
	unsigned quiet; /* texts without one since */
	unsigned number; /* of the key; 0: not known yet, or any more */
};

/* The body of a private key in PEM that begins with "BEGIN " at AT or ends with "END ", or torn. */
redact_find redact_key_pem;
/* What stands at AT may be one end of a key whose other end is not in this text: it is open. */
void redact_key_head(struct redact_key *key, const struct redact_text *in, size_t at);
bool redact_key_is_open(const struct redact_key *key);
/* The next line of the open key in IN from AT on, and where it begins and ends. */
bool redact_key_next(struct redact_key *key, const struct redact_text *in, size_t at, size_t *begin,
	size_t *end);
/* The text was looked through. */
void redact_key_read(struct redact_key *key);
/* The number counts no more; that the key is open stays. */
void redact_key_forget(struct redact_key *key);
/* Where the secret from BEGIN to END ends if it was broken into lines: END, or behind. */
size_t redact_key_wrapped(const struct redact_text *in, size_t begin, size_t end);

#endif
