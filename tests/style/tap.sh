# TAP in shell: "check NAME COMMAND..." runs a check that prints what is wrong and is empty if right.
tap_count=0
tap_failed=0

check() {
	name=$1
	shift
	tap_count=$((tap_count + 1))
	found=$("$@" 2>&1)
	if [ -z "$found" ]; then
		echo "ok $tap_count - $name"
	else
		echo "not ok $tap_count - $name"
		printf '%s\n' "$found" | head -n 40 | sed 's/^/# /'
		tap_failed=1
	fi
}

skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

finish() {
	echo "1..$tap_count"
	exit $tap_failed
}
