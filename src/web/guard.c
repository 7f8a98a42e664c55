/* Names that clients call us by, and the token. */
#include "web/guard.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

bool guard_is_loopback(const char *address)
{
	struct in6_addr six;
	struct in_addr four;

	if (inet_pton(AF_INET, address, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	return inet_pton(AF_INET6, address, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

static bool is_address(const char *text)
{
	struct in6_addr out;

	return inet_pton(AF_INET, text, &out) == 1 || inet_pton(AF_INET6, text, &out) == 1;
}

/* "[::1]:8080" is "::1", "localhost:8080" is "localhost". False: it is neither. */
static bool strip(const char *host, char *out, size_t size)
{
	bool bracket = host[0] == '[';
	size_t length = bracket ? strcspn(++host, "]") : strcspn(host, ":");
	const char *rest = host + length;

	if (length == 0 || length >= size || (bracket && *rest++ != ']'))
		return false;
	if (*rest == ':')
		rest += 1 + strspn(rest + 1, "0123456789");
	memcpy(out, host, length);
	out[length] = '\0';
	return *rest == '\0';
}

bool guard_host(const struct guard *guard, const char *host)
{
	char name[256];

	if (host == NULL || !strip(host, name, sizeof(name)))
		return false;
	return strcasecmp(name, "localhost") == 0 || guard_is_loopback(name) ||
	       strcasecmp(name, guard->address) == 0 ||
	       (guard->name != NULL && strcasecmp(name, guard->name) == 0) ||
	       (guard->any && is_address(name));
}

void guard_set_token(struct guard *guard, const char *token)
{
	struct digest *digest = digest_new(NULL);
	static const char prefix[] = "cookie of ";

	digest_of(token, strlen(token), guard->token);
	digest_add(digest, prefix, sizeof(prefix));
	digest_add(digest, token, strlen(token));
	digest_end(digest, guard->cookie);
	talloc_free(digest);
}

static bool same(const char a[DIGEST_TEXT], const char b[DIGEST_TEXT])
{
	unsigned char differs = 0;

	for (size_t i = 0; i < DIGEST_TEXT; i++)
		differs |= (unsigned char)(a[i] ^ b[i]);
	return differs == 0;
}

bool guard_token(const struct guard *guard, const char *token)
{
	char digest[DIGEST_TEXT];

	if (token == NULL)
		return false;
	digest_of(token, strlen(token), digest);
	return same(digest, guard->token);
}

bool guard_cookie(const struct guard *guard, const char *cookie)
{
	char copy[DIGEST_TEXT] = "";

	if (cookie == NULL || strlen(cookie) != DIGEST_TEXT - 1)
		return false;
	memcpy(copy, cookie, DIGEST_TEXT);
	return same(copy, guard->cookie);
}
