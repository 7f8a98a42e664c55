#!/bin/sh
# clang-format decides how the code looks; shellcheck reads the scripts.
. "$TOP_SRCDIR/tests/style/tap.sh"
cd "$TOP_SRCDIR" || exit 99

formatted() {
	find src tests -name '*.[ch]' | LC_ALL=C sort | xargs clang-format --dry-run -Werror 2>&1 |
		grep -E 'error|warning' | cut -d: -f1 | sort -u
}

trailing() {
	grep -rnE '[[:blank:]]+$' src rules templates bootstrap run configure.ac Makefile.am \
		--include='*.c' --include='*.h' --include='*.yaml' --include='*.inc' --include='*.am'
}

# Another version formats otherwise.
if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	check 'clang-format has nothing to change' formatted
else
	skip 'clang-format has nothing to change' 'clang-format 14 is not installed'
fi
check 'no line ends in blanks' trailing
finish
