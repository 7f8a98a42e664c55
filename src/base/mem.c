/* Memory: talloc, and the one place where running out of it is met. */
#include "base/base.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *mem_check(void *pointer)
{
	static const char message[] = "fivewhys: out of memory\n";

	if (pointer == NULL) {
		/* stdio may need memory; write does not */
		if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
			_exit(3);
		_exit(3);
	}
	return pointer;
}

char *mem_strdup(TALLOC_CTX *mem, const char *text)
{
	return text == NULL ? NULL : mem_check(talloc_strdup(mem, text));
}

char *mem_strndup(TALLOC_CTX *mem, const char *text, size_t length)
{
	char *copy = mem_array(mem, char, length + 1);

	memcpy(copy, text, length);
	return copy;
}

char *mem_printf(TALLOC_CTX *mem, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = mem_check(talloc_vasprintf(mem, format, arguments));
	va_end(arguments);
	return text;
}

void *mem_grow(TALLOC_CTX *mem, void *array, size_t count, size_t size)
{
	size_t room = array == NULL ? 0 : talloc_get_size(array) / size;

	if (count < room)
		return array;
	room = room < 4 ? 8 : room * 2;
	return mem_check(_talloc_realloc_array(mem, array, size, (unsigned int)room, "array"));
}
