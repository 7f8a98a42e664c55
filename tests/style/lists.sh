#!/bin/sh
# What is shipped is listed: every rule, template, sample, source and test.
. "$TOP_SRCDIR/tests/style/tap.sh"
cd "$TOP_SRCDIR" || exit 99

listed() {
	folder=$1
	find "$folder" -type f ! -name Makefile.inc | LC_ALL=C sort | while read -r file; do
		grep -q "%D%/${file#"$folder"/}\\([ \\\\]\\|\$\\)" "$folder/Makefile.inc" || echo "$file is not in $folder/Makefile.inc"
	done
}

sources() {
	find src -name '*.[ch]' | while read -r file; do
		name=$(basename "$file")
		[ "$file" = src/main.c ] || grep -q "%D%/$name\\([ \\\\]\\|\$\\)" "$(dirname "$file")/Makefile.inc" ||
			echo "$file is in no Makefile.inc"
	done
}

check 'every rule is in the distribution' listed rules
check 'every template is in the distribution' listed templates
check 'every sample is in the distribution' listed samples
check 'every source file is built' sources
finish
