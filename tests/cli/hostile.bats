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
	for format in text md html json sarif junit codequality; do
		triage evil.txt
		[ "$status" = 0 ]
		lacks '^(::|##\[)' <<<"$output"
		lacks $'\033' <<<"$output"
		lacks $'\302\233' <<<"$output"
	done
	format=github triage evil.txt
	[ "$(grep -c '^::error file=t.py,title=' <<<"$output")" = 1 ]
	grep -v '^::error file=t.py,title=' <<<"$output" | lacks '^[[:blank:]]*(::|##\[)|##\['
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
	for format in text md html json sarif junit codequality github; do
		run "$FIVEWHYS" triage -v -f "$format" leak.log
		lacks 'CANARY|eyJzdWIi' <<<"$output"
	done
	[ -s state/fivewhys/history.db ]
	cat state/fivewhys/* | lacks 'CANARY|eyJzdWIi'
}

# Each of these would run for minutes, or for ever, on such lines.
write_slow_rules() {
	cat >slow.yaml <<-'END'
	version: 1
	causes:
	  - {id: slow.dots, title: T, kind: cause, why: W, when: {match: {regex: '(?:[a-z]+\.)+Error'}}}
	  - {id: slow.twice, title: T, kind: cause, why: W, when: {match: {regex: '(?:a|a)*zzzz'}}}
	  - {id: slow.absent, title: T, kind: cause, why: W, when: {absent: {after: it begins, none_of: [{regex: '(?:a|a)*zzzz'}], within: 10s}}}
	END
}

@test "slow regexes on a line of 1 MB stop at their limit, and that is told" {
	write_slow_rules
	{
		echo '2026-01-01T00:00:00Z it begins'
		printf '2026-01-01T00:00:01Z '; head -c 1000000 /dev/zero | tr '\0' a; echo '! .Error zzzz'
		echo '2026-01-01T00:01:00Z it ends'
	} >long.log
	triage --rules slow.yaml long.log
	[ "$status" = 0 ]
	[ "$(jq -r '.scan.limits_hit | map(select(test("slow.(dots|twice): the match limit was hit on 1 entries"))) | length' <<<"$output")" = 2 ]
	run --separate-stderr timeout 60 "$FIVEWHYS" rules explain --json --rules slow.yaml slow.absent long.log
	[ "$(jq -r .verdict <<<"$output")" = inconclusive ]
	[[ $(jq -r .reason <<<"$output") == *"match limit"* ]]
	run --separate-stderr timeout 60 "$FIVEWHYS" rules explain --json --rules slow.yaml slow.twice long.log
	[ "$(jq -r .groups[0].clause.parts[0].parts[0].state <<<"$output")" = open ]
}

@test "a slow regex on 10,000 lines is passed over, on the same lines each time, and that is told" {
	write_slow_rules
	a=$(printf '%0100d' 0 | tr 0 a)
	seq -f "2026-01-01T00:00:00Z %g $a! zzzz" 10000 >many.log
	triage --rules slow.yaml many.log
	[ "$status" = 0 ]
	first=$(jq -c '.scan.limits_hit' <<<"$output")
	[[ $first =~ slow.twice:\ its\ steps\ were\ used\ up,\ ([0-9]+)\ entries ]]
	[ "${BASH_REMATCH[1]}" -gt 4000 ]
	triage --rules slow.yaml many.log
	[ "$(jq -c '.scan.limits_hit' <<<"$output")" = "$first" ]
}

@test "rules check refuses such a regex with the line that shows it" {
	write_slow_rules
	run "$FIVEWHYS" rules check slow.yaml
	[ "$status" = 1 ]
	[[ $output == *'slow.yaml:3:'*'runs out of its match limit on "a." × 512, then'* ]]
	[[ $output == *'slow.yaml:4:'*'runs out of its match limit on "a" × 256, then'* ]]
}
