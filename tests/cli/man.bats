load common

@test "the manual pages have no fault" {
	command -v mandoc >/dev/null || skip "mandoc is not installed"
	run mandoc -Tlint -Wwarning "$TOP_SRCDIR"/doc/*.[15]
	[ -z "$output" ]
}

@test "every example of fivewhys(1) runs" {
	cd "$TOP_SRCDIR" || return 1
	count=0
	while read -r line; do
		line=${line/-o report.md/-o $BATS_TEST_TMPDIR/report.md}
		bash -c "${line/#fivewhys/\"\$FIVEWHYS\"}" >/dev/null || { echo "$line"; return 1; }
		count=$((count + 1))
	done < <(sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/s/^\$ //p' doc/fivewhys.1)
	[ "$count" = 17 ]
}
