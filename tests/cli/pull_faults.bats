#!/usr/bin/env bats
# What goes wrong on the way: each fault alone, all of them mixed, and the client killed at any time.
load common.bash
load standin.bash
load live.bash

day='--from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z'

@test 'each fault that passes alone changes nothing in what is kept' {
	live_setup --entries 3000 --quota 0
	export FIVEWHYS_TEST_TIMEOUT=500ms
	pull $day
	stored >whole
	for kind in 429 500 502 503 504 html reset half half-chunked gzip token stall; do
		rm -r "$XDG_STATE_HOME"
		control faults "[{\"kind\":\"$kind\",\"after\":1,\"seconds\":2}]"
		run -0 pull -v $day
		stored | diff whole - || { echo "after $kind"; return 1; }
		control counters | jq -e ".faults[\"$kind\"] == 1" || { echo "no $kind"; return 1; }
	done
}

@test 'each fault that stays ends the pull with what was kept before it' {
	live_setup --entries 3000 --quota 0
	export FIVEWHYS_TEST_TIMEOUT=500ms
	for kind in 401 403 404 503 429 html reset; do
		rm -rf "$XDG_STATE_HOME"
		control faults "[{\"kind\":\"$kind\",\"after\":1,\"times\":30}]"
		run -3 pull $day
		[[ $output =~ error:\ projects/demo-project\ from\ 2026-01-01T00:04:[0-9.]+Z\ to\ 2026-01-01T23:59:30Z:\  ]]
		[ "$(query 'SELECT count(*) FROM entries')" = 1000 ]
		curl -sS --noproxy '*' -X DELETE "$standin_url/standin/faults"
		run -0 pull $day
		same || { echo "after $kind"; return 1; }
	done
}

@test 'faults at random over a thousand requests lose nothing and double nothing' {
	live_setup --entries 1000 --page-limit 1 --quota 0
	export FIVEWHYS_TEST_TIMEOUT=500ms
	control faults '{"mix":{"seed":5,"percent":30,"count":1000}}'
	control faults '[{"kind":"gzip","after":100},{"kind":"html","after":200,"times":2},{"kind":"token","after":300},
		{"kind":"stall","after":400,"seconds":1},{"kind":"401","after":500},{"kind":"403","after":600},{"kind":"404","after":650},
		{"kind":"token","after":700,"times":2},{"kind":"400","after":800},{"kind":"gzip","after":900,"times":3}]'
	status=3
	for _ in $(seq 20); do
		if pull $day >out 2>&1; then
			status=0
			break
		fi
		# an honest end: from where to where nothing was read, and why
		grep -q 'error: projects/demo-project from 2026-01-01T.* to 2026-01-01T23:59:30Z: ' out
	done
	[ $status = 0 ]
	[ "$(control counters | jq '[.faults[]] | add')" -ge 250 ]
	same
}

# kills N SEED: a pull of 50,000 entries, killed and begun again N times at random moments
kills() {
	RANDOM=$2
	for _ in $(seq "$1"); do
		pull $day >/dev/null 2>&1 &
		sleep "0.$(printf %03d $((RANDOM % 400)))"
		kill -9 $! 2>/dev/null || true
		wait $! || true
		[ "$(query 'SELECT done FROM slices' 2>/dev/null)" != 1 ] || rm -r "$XDG_STATE_HOME"
	done
}

@test 'a pull that is killed at any time and run again is what an undisturbed one is' {
	live_setup --entries 50000 --quota 0
	pull $day
	stored >whole
	[ "$(wc -l <whole)" -ge 50000 ]
	rm -r "$XDG_STATE_HOME"
	# 20 times here; .ci/run asks for 200
	kills "${FIVEWHYS_TEST_KILLS:-20}" 7
	run -0 pull $day
	stored | cmp whole -
	[ "$(query 'PRAGMA integrity_check')" = ok ]
}
