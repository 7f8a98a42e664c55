/* In place of server.c where the program is built without libmicrohttpd. */
#include "web/web.h"

int web_serve(const struct web_site *site, const struct web_listen *listen, struct err *err)
{
	(void)site;
	(void)listen;
	return err_set(err, ERR_USAGE,
		"this program was built without a server (libmicrohttpd was missing, or "
		"--disable-web was given); \"fivewhys export DIR\" makes the same pages as files");
}
