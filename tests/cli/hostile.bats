load common

triage() {
	run --separate-stderr timeout 60 "$FIVEWHYS" triage --no-store -f "${format:-json}" "$@"
}

@test "truncated at any place, a sample gives a report or a clear message" {
	size=$(wc -c <"$samples/silent-agent-pipeline/cloud-log.json")
	for cut in 1 2 17 100 999 2000 $((size / 2)) $((size - 3)); do
		head -c "$cut" "$samples/silent-agent-pipeline/cloud-log.json" >cut.json
		triage cut.json
		[ "$status" -le 4 ] || { echo "cut at $cut: $status"; return 1; }
		[ "$status" != 0 ] || jq -e .schema_version <<<"$output" >/dev/null
	done
}

@test "binary rubbish and NUL bytes are read without harm" {
	head -c 300000 /dev/zero >zero
	head -c 300000 "$FIVEWHYS" >program
	for file in zero program; do
		triage "$file"
		[ "$status" -le 4 ]
	done
}

@test "a line of 100 MB is cut, told, and does not grow the memory" {
	{
		echo '2026-01-01T00:00:00Z ERROR before'
		head -c 100000000 /dev/zero | tr '\0' x
		printf '\n2026-01-01T00:00:01Z ERROR after\n'
	} >long.log
	triage long.log
	[ "$status" = 0 ]
	[ "$(jq -r .scan.sources[0].truncated <<<"$output")" = true ]
}

@test "nesting 10,000 deep is refused or passed over, never followed" {
	printf '%10000s' | tr ' ' '[' >deep.json
	{ printf '[{"timestamp":"2026-01-01T00:00:00Z","severity":"ERROR","jsonPayload":{"message":"m","a":'; printf '%10000s' | tr ' ' '['; printf '%10000s' | tr ' ' ']'; echo '}}]'; } >deep2.json
	{ printf '<testsuite>'; for _ in $(seq 2000); do printf '<testsuite>'; done; } >deep.xml
	for file in deep.json deep2.json deep.xml; do
		triage "$file"
		[ "$status" -le 4 ] || { echo "$file: $status $stderr"; return 1; }
	done
}

@test "log text cannot start a workflow command, leave its block, or move the cursor" {
	cat >evil.txt <<-'END'
	=== FAILURES ===
	____ test_evil ____
	E   RuntimeError: ::error file=x::boom
	::error::owned
	##[error]owned
	``````````
	<script>alert(1)</script> [link](javascript:alert(1)) ![i](http://192.0.2.1/x.png) | a | b |
	END
	printf 'E   \033[31mred\033]0;title\007 \302\233 end\n=== short test summary info ===\nFAILED t.py::test_evil - RuntimeError: <b>::error::x\n=== 1 failed in 0.1s ===\n' >>evil.txt
	for format in text md html json; do
		triage evil.txt
		[ "$status" = 0 ]
		lacks '^(::|##\[)' <<<"$output"
		lacks $'\033' <<<"$output"
		lacks $'\302\233' <<<"$output"
	done
	format=html triage evil.txt
	lacks '<script|<b>::|href="javascript|<img' <<<"$output"
}

@test "secrets planted in a log come out nowhere, not in the history either" {
	canary=ghp_CANARY0123456789abcdefABCDEF012345
	cat >leak.log <<-END
	2026-01-01T00:00:00Z ERROR cannot connect: postgres://app:s3cr3tCANARYpw@db.example.com/app
	2026-01-01T00:00:01Z ERROR Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJDQU5BUlkifQ.c2lnbmF0dXJlQ0FOQVJZ
	2026-01-01T00:00:02Z ERROR token=$canary refused
	END
	for format in text md html json; do
		run "$FIVEWHYS" triage -v -f "$format" leak.log
		lacks 'CANARY|eyJzdWIi' <<<"$output"
	done
	[ -s state/fivewhys/history.db ]
	cat state/fivewhys/* | lacks 'CANARY|eyJzdWIi'
}
