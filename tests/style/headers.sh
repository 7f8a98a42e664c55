#!/bin/sh
# Every header compiles alone.
. "$TOP_SRCDIR/tests/style/tap.sh"
cd "$TOP_SRCDIR/src" || exit 99

alone() {
	for header in */*.h */*/*.h; do
		[ -f "$header" ] || continue
		# shellcheck disable=SC2086  # lists of flags
		printf '#include "%s"\n' "$header" |
			${CC:-cc} -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -I. $DEPS_CFLAGS \
				-fsyntax-only -x c - || echo "$header does not compile alone"
	done
}

check 'every header compiles alone' alone
finish
