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
	[ "$count" = 20 ]
}

# options: all that "--help" of the commands shows, one a line
options() {
	"$FIVEWHYS" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p' >commands
	[ -s commands ] || return 1
	while read -r command; do
		"$FIVEWHYS" "$command" --help >help || return 1
		sed -n '/^Options:/,$s/^.\{6\}--\([a-z][a-z-]*\).*/\1/p' help
	done <commands | sort -u
}

@test "fivewhys(1) has every command and every option of --help, and no other option" {
	options >helped
	while read -r command; do
		grep -qE "^\.(Ss|Cm) (.*[ ,])?$command([ ,]|$)" "$TOP_SRCDIR/doc/fivewhys.1" || { echo "$command"; return 1; }
	done <commands
	grep -oE 'Fl ([a-z] , )?-[a-z][a-z-]*' "$TOP_SRCDIR/doc/fivewhys.1" | sed 's/.* -//' | sort -u >documented
	diff helped documented
	grep -qx output helped
	grep -qx owner helped
}
