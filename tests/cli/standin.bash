# A stand-in of Cloud Logging for tests: see tests/standin/README.md.

# start_standin OPTION...: sets $standin_url; it ends with stop_standin, and by itself if that is forgotten.
start_standin() {
	standin_program=$TOP_BUILDDIR/tests/standin/standin
	[ -x "$standin_program" ] || skip 'libmicrohttpd is missing, and with it the stand-in'
	rm -f "$BATS_TEST_TMPDIR/standin.port"
	"$standin_program" --port-file "$BATS_TEST_TMPDIR/standin.port" --idle 60 "$@" \
		>/dev/null 2>"$BATS_TEST_TMPDIR/standin.log" 3>&- &
	standin_pid=$!
	for _ in $(seq 1200); do
		[ -s "$BATS_TEST_TMPDIR/standin.port" ] && break
		kill -0 "$standin_pid" 2>/dev/null || break
		sleep 0.05
	done
	standin_port=$(cat "$BATS_TEST_TMPDIR/standin.port") || {
		cat "$BATS_TEST_TMPDIR/standin.log"
		return 1
	}
	standin_url=http://127.0.0.1:$standin_port
}

stop_standin() {
	[ -n "${standin_pid:-}" ] || return 0
	control stop '' >/dev/null || kill "$standin_pid"
	wait "$standin_pid" || {
		cat "$BATS_TEST_TMPDIR/standin.log"
		return 1
	}
	standin_pid=
}

# control WHAT: what GET /standin/WHAT says. control WHAT TEXT: the same for POST.
control() {
	if [ $# -gt 1 ]; then
		curl -sS --fail-with-body --noproxy '*' -X POST --data-binary "$2" "$standin_url/standin/$1"
	else
		curl -sS --fail-with-body --noproxy '*' "$standin_url/standin/$1"
	fi
}

# listing JSON [ARGUMENTS]: the answer of entries.list to the body JSON
listing() {
	curl -sS --noproxy '*' -H 'Content-Type: application/json' -d "$1" "$standin_url/v2/entries:list${2:-}"
}
