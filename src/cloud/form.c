/* Forms, escaped as RFC 3986 has it: all but unreserved characters. */
#include "cloud/form.h"

#include <string.h>

#include "cloud/secret.h"

struct form *form_new(TALLOC_CTX *mem)
{
	struct form *form = mem_new(mem, struct form);

	form->room = 1024;
	form->text = secret_room(form, form->room);
	return form;
}

static void add_escaped(struct form *form, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789-_.~";
	static const char digits[] = "0123456789ABCDEF";

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (strchr(plain, *text) != NULL) {
			form->text[form->length++] = *text;
			continue;
		}
		form->text[form->length++] = '%';
		form->text[form->length++] = digits[c >> 4];
		form->text[form->length++] = digits[c & 15];
	}
	form->text[form->length] = '\0';
}

void form_add(struct form *form, const char *name, const char *value)
{
	size_t most;

	if (value == NULL)
		return;
	most = 3 * (strlen(name) + strlen(value)) + 3;
	if (form->length + most > form->room) {
		form->room = 2 * (form->length + most);
		form->text = secret_grow(form, form->text, form->length, form->room);
	}
	if (form->length > 0)
		form->text[form->length++] = '&';
	add_escaped(form, name);
	form->text[form->length++] = '=';
	add_escaped(form, value);
}
