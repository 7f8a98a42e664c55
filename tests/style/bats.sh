#!/bin/sh
# A test of bats stops at the first command that fails, but "A && B" and "! A" fail it on its last line only.
. "$TOP_SRCDIR/tests/style/tap.sh"
cd "$TOP_SRCDIR" || exit 99

# Lines of tests but the last of each; "||" after them tells what becomes of a failure.
unheard() {
	find tests -name '*.bats' | LC_ALL=C sort | xargs awk '
		FNR == 1 { inside = 0; line = "" }
		inside && $0 != "}" && line ~ /^[[:blank:]]*(! |.* && )/ &&
			line !~ /^[[:blank:]]*(#|if |elif |while |until )/ && line !~ /\|\|/ {
			print FILENAME ":" FNR - 1 ": " line
		}
		{ line = inside ? $0 : "" }
		/^@test / { inside = 1 }
		/^}$/ { inside = 0; line = "" }'
}

# What the check finds must be found.
seen() {
	TMP=$(mktemp -d) || return
	mkdir "$TMP/tests"
	printf '@test "one" {\n\t[ a = b ] && true\n\t! true\n\ttrue && true\n}\n' >"$TMP/tests/one.bats"
	[ "$(cd "$TMP" && unheard | wc -l)" -eq 2 ] || echo 'two faults of three lines were not found'
	rm -r "$TMP"
}

check 'faults are found' seen
check 'no "A && B" or "! A" stands before the last line of a test' unheard
finish
