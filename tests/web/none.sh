#!/bin/sh
# Without libmicrohttpd server_none.c stands in for server.c, and nothing else asks for the library.
. "$TOP_SRCDIR/tests/style/tap.sh"

stands_in() {
	object=$(mktemp) || exit 99
	# shellcheck disable=SC2086  # flags are words
	$CC -std=c11 -Wall -Wextra -Werror -I"$TOP_SRCDIR/src" $DEPS_CFLAGS -c -o "$object" \
		"$TOP_SRCDIR/src/web/server_none.c" 2>&1
	nm -g --defined-only "$object" | grep -q ' T _\{0,1\}web_serve$' || echo 'it has no web_serve'
	rm -f "$object"
}

elsewhere() {
	grep -ln 'microhttpd\.h' "$TOP_SRCDIR"/src/*/*.[ch] | grep -v '/web/server\.c$'
}

check 'what stands in for the server compiles, and is one' stands_in
check 'only the server asks for libmicrohttpd' elsewhere
finish
