load common

# One rule for each way to miss, and a log that misses it.
write_inputs() {
	cat >rules.yaml <<-'END'
	version: 1
	causes:
	  - {id: shop.fires, title: T, kind: cause, why: W, when: {match: the pool is exhausted}}
	  - {id: shop.absent-term, title: T, kind: cause, why: W, when: {match: the pool is exhaustive}}
	  - {id: shop.narrow, title: T, kind: cause, why: W, when: {seq: [the pool is exhausted, {regex: 'request (?<id>\w+) timed out'}], within: 10s}}
	  - {id: shop.rare, title: T, kind: cause, why: W, when: {count: {of: retrying the call, at_least: 5, within: 1m}}}
	  - {id: shop.where, title: T, kind: cause, why: W, where: {severity: '>=ERROR'}, when: {match: the disk is almost full}}
	  - {id: shop.grouped, title: T, kind: cause, why: W, group_by: [trace], when: {match: the pool is exhausted}}
	  - {id: shop.negated, title: T, kind: cause, why: W, when: {all: [the pool is exhausted, timed out], within: 1m, not: [the pool recovered]}}
	  - {id: shop.came, title: T, kind: cause, why: W, when: {absent: {after: the pool is exhausted, stages: [the pool recovered], within: 30s}}}
	  - {id: shop.early-end, title: T, kind: cause, why: W, when: {absent: {after: the disk is almost full, none_of: [the disk is free], within: 1h}}}
	END
	cat >cre.yaml <<-'END'
	rules:
	  - cre: {id: CRE-2025-9999, severity: 1, title: T}
	    metadata: {id: 4u8kWqZxkMYtQ1aTLn7CbR, kind: prequel}
	    rule: {set: {window: 1h, event: {source: cre.log.x}, match: [{value: the pool recovered}, {value: a late message}]}}
	END
	cat >app.log <<-'END'
	2025-01-01T00:00:00Z INFO the pool is exhausted
	2025-01-01T00:00:05Z INFO retrying the call
	2025-01-01T00:00:06Z INFO retrying the call
	2025-01-01T00:00:07Z INFO the pool recovered
	2025-01-01T00:00:14.2Z INFO request r1 timed out
	2025-01-01T00:00:01Z INFO a late message
	2025-01-01T00:00:16Z INFO retrying the call
	2025-01-01T00:01:36Z INFO the disk is almost full
	END
}

explain() {
	run --separate-stderr "$FIVEWHYS" rules explain --rules rules.yaml "$@" app.log
	[ "$status" = 0 ]
}

# says VERDICT LINE: the first line tells the verdict, and some line is, but for blanks, LINE
says() {
	[[ ${lines[0]} == *": $1"* ]] && grep -qF -- "$2" <<<"$output" || { echo "$output"; return 1; }
}

@test "a rule that fired shows the lines that made it fire" {
	write_inputs
	explain shop.fires
	says "fired, 1 time" 'app.log:1 2025-01-01T00:00:00Z │ INFO the pool is exhausted'
}

@test "a term that is missing shows the lines that share most with it" {
	write_inputs
	explain shop.absent-term
	says "not fired" 'near app.log:1 2025-01-01T00:00:00Z │ INFO the pool is exhausted'
	says "not fired" '(shares "the pool is exhaust", 19 of 22 bytes)'
}

@test "a window that is too narrow says by how much" {
	write_inputs
	explain shop.narrow
	says "not fired" 'it came 14.2s after step 1, window 10s: 4.2s too late'
}

@test "a count that is too low says what there is" {
	write_inputs
	explain shop.rare
	says "not fired" '3 of 5 needed within 1m'
}

@test "a condition that excludes says what it found" {
	write_inputs
	explain shop.where
	says "not fired" 'where severity >= ERROR'
	says "not fired" '(severity is INFO)'
}

@test "a missing group key is named" {
	write_inputs
	explain shop.grouped
	says "not fired" 'entries without the key trace: 1'
}

@test "a negated entry is shown in the interval that it forbids" {
	write_inputs
	explain shop.negated
	says "not fired" 'an entry at 2025-01-01T00:00:07Z lies in the forbidden interval [2025-01-01T00:00:00Z .. 2025-01-01T00:00:14.200Z]'
}

@test "an absence whose stage came says when, and one whose data end early is inconclusive" {
	write_inputs
	explain shop.came
	says "not fired" 'it came 7s after the wait began'
	explain shop.early-end
	says "inconclusive" 'the data end before the deadline'
}

@test "what the clock of CRE drops is told" {
	write_inputs
	cp cre.yaml rules.yaml
	explain CRE-2025-9999
	says "not fired" "1 entry dropped by CRE's clock: older than an entry before"
	says "not fired" "near app.log:6 2025-01-01T00:00:01Z │ INFO a late message"
}

@test "the verdict on every cause is that of triage" {
	for folder in silent-agent-pipeline crash-loop-503; do
		files=$(ls "$samples/$folder"/{transcript,cloud-log}.*)
		found=$(json '[.incidents[].whys[]? | .cause // empty] | unique | .[]' $files)
		[ -n "$found" ]
		for cause in $found; do
			"$FIVEWHYS" rules list --json | jq -e --arg id "$cause" '.[] | select(.id == $id) | .observable' >/dev/null || continue
			[ "$("$FIVEWHYS" rules explain --json "$cause" $files | jq -r .verdict)" != "not fired" ] || { echo "$cause"; return 1; }
		done
	done
}

@test "hostile text cannot leave its line, colour it or command a runner" {
	write_inputs
	printf '2025-01-01T00:00:00Z the pool is exhausted \033[31m\007 ::error::x ##[error]y \342\200\256z\n2025-01-01T00:00:00Z password=hunter2secret the disk is almost full\n' >app.log
	explain shop.fires
	lacks $'\033|\a|^ *::|##\\[|\342\200\256' <<<"$output"
	explain shop.where
	lacks 'hunter2secret' <<<"$output"
	explain --json shop.fires
	lacks $'\033|\a|^ *::|##\\[|\342\200\256' <<<"$output"
	jq -e '.groups[0].clause.parts[0].parts[0].lines[0].text' <<<"$output"
}

@test "JSON is one object with a schema version, and the same bytes twice" {
	write_inputs
	for cause in fires absent-term narrow rare where grouped negated came early-end; do
		explain --json shop.$cause
		first=$output
		[ "$(jq -r '[.schema_version, .cause, (.groups | length)] | @csv' <<<"$first")" = "1,\"shop.$cause\",1" ]
		explain --json shop.$cause
		[ "$output" = "$first" ]
	done
}

@test "an unknown id is one error that says what may have been meant" {
	write_inputs
	run "$FIVEWHYS" rules explain --rules rules.yaml shop.fire app.log
	[ "$status" = 2 ]
	[[ $output == *'no cause "shop.fire" (did you mean shop.fires?)'* ]]
	run "$FIVEWHYS" rules explain --rules rules.yaml shop.fires
	[ "$status" = 2 ]
	run "$FIVEWHYS" rules explain --rules rules.yaml shop.fires nowhere.log
	[ "$status" = 3 ]
}
