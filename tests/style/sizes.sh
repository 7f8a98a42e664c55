#!/bin/sh
# The budgets of HACKING.md: lines of files and of functions.
. "$TOP_SRCDIR/tests/style/tap.sh"
cd "$TOP_SRCDIR" || exit 99

long_files() {
	find src -name '*.c' -exec wc -l {} + | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }'
}

long_headers() {
	find src -name '*.h' -exec wc -l {} + | awk '$2 != "total" && $1 > 150 { print $2 ": " $1 " lines" }'
}

# A function's body is what stands between "{" and "}" in the first column.
functions() {
	find src -name '*.c' | LC_ALL=C sort | xargs awk '
		/^[a-z].*\(/ { name = $0 }
		/^{$/ { begin = FNR; next }
		/^}$/ && begin { print FNR - begin - 1, FILENAME ":" begin ": " name; begin = 0 }'
}

long_functions() {
	functions | awk '$1 > 60'
}

percentiles() {
	functions | sort -n | awk '{ length_[NR] = $1 }
		END {
			middle = length_[int((NR + 1) / 2)]; ninety = length_[int(NR * 0.9)]
			if (middle > 15) print "half of all functions have more than " middle " lines"
			if (ninety > 45) print "a tenth of all functions have more than " ninety " lines"
		}'
}

middle_file() {
	find src -name '*.c' -exec wc -l {} + | awk '$2 != "total" { print $1 }' | sort -n |
		awk '{ l[NR] = $1 } END { m = l[int((NR + 1) / 2)]; if (m > 150) print "median file: " m " lines" }'
}

check 'no source file is longer than 500 lines' long_files
check 'no header is longer than 150 lines' long_headers
check 'no function is longer than 60 lines' long_functions
check 'functions: median 15 lines or fewer, nine in ten 45 or fewer' percentiles
check 'source files: median 150 lines or fewer' middle_file
finish
