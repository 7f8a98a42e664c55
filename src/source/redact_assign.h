/* Values that a key before them makes secrets: KEY=VALUE and all its spellings. */
#ifndef SOURCE_REDACT_ASSIGN_H
#define SOURCE_REDACT_ASSIGN_H

#include "source/redact_rules.h"

#define REDACT_ASSIGN_PASSWORDS "password|passwd|passphrase|passwort|passcode|pwd"
/* Tokens, of which most are, but some are passwords. */
#define REDACT_ASSIGN_CLIENTS "client_secret|client-secret|clientsecret"
#define REDACT_ASSIGN_TOKENS                                                                       \
	"secret|token|api_key|api-key|apikey|api key|access_key|access-key|accesskey|access key|"  \
	"private_key|private-key|privatekey|private key|auth_key|auth-key|authkey|signing_key|"    \
	"signing-key|signingkey|encryption_key|encryption-key|encryptionkey|accountkey|"           \
	"account_key|account-key|master_key|masterkey|shared_key|sharedkey|subscription-key|"      \
	"subscription_key|credential|session_id|session-id|sessionid|sessid|connect.sid|"          \
	"signature|client-key-data"

/* Each a redact_find for triggers that are keys: the last word of one, or the whole. */
redact_find redact_assign_password, redact_assign_pass, redact_assign_token,
	redact_assign_authorization;

#endif
