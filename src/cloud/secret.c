/* Wiping by a destructor, as owners free what they own without looking at it. */
#include "cloud/secret.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

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

int secret_read(TALLOC_CTX *mem, const char *path, size_t limit, char **out, size_t *length,
	struct err *err)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t room = 16384, used = 0;
	char *text = secret_room(mem, room);
	ssize_t got = -1;

	while (file >= 0 && (got = read(file, text + used, room - 1 - used)) > 0 &&
		(used += (size_t)got) <= limit)
		if (used == room - 1) {
			room *= 2;
			text = secret_grow(mem, text, used, room);
		}
	if (got < 0)
		err_fill_errno(err, errno, "%s", path);
	else if (got > 0)
		err_fill(err, ERR_LIMIT, "%s: longer than %zu bytes", path, limit);
	if (file >= 0)
		close(file);
	if (got != 0) {
		talloc_free(text);
		return -1;
	}
	text[used] = '\0';
	*out = text;
	*length = used;
	return 0;
}
