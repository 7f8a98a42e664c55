/* Wiping by a destructor, as owners free what they own without looking at it. */
#include "cloud/secret.h"

#include <openssl/crypto.h>
#include <string.h>

static int wipe(char *text)
{
	OPENSSL_cleanse(text, talloc_get_size(text));
	return 0;
}

char *secret_keep(char *text)
{
	talloc_set_destructor(text, wipe);
	return text;
}

char *secret_room(TALLOC_CTX *mem, size_t size)
{
	return secret_keep(mem_array(mem, char, size));
}

char *secret_strndup(TALLOC_CTX *mem, const char *text, size_t length)
{
	return secret_keep(mem_strndup(mem, text, length));
}

char *secret_strdup(TALLOC_CTX *mem, const char *text)
{
	return text == NULL ? NULL : secret_strndup(mem, text, strlen(text));
}

char *secret_printf(TALLOC_CTX *mem, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = mem_check(talloc_vasprintf(mem, format, arguments));
	va_end(arguments);
	return secret_keep(text);
}

char *secret_grow(TALLOC_CTX *mem, char *text, size_t length, size_t size)
{
	char *room = secret_room(mem, size);

	if (text != NULL)
		memcpy(room, text, length);
	talloc_free(text);
	return room;
}
