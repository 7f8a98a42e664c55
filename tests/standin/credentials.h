/* Files of credentials for which the stand-in gives out tokens. */
#ifndef STANDIN_CREDENTIALS_H
#define STANDIN_CREDENTIALS_H

#include "standin/standin.h"

/*
 * Write one of every type into FOLDER, which is made: service_account.json, authorized_user.json,
 * external_account.json (by URL, with impersonation), external_account_direct.json (by URL),
 * external_account_file.json, external_account_text.json (by file), workforce.json
 * (external_account_authorized_user), impersonated.json; subject.json and subject.txt, which are read by those by file.
 * The stand-in must be listening.
 */
int credentials_write(struct standin *standin, const char *folder, struct err *err);

#endif
