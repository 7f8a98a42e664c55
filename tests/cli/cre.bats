load common

# A folder as the corpus has them: NAME, and what is in "rule".
rule() {
	mkdir -p "cre/$1"
	cat >"cre/$1/rule.yaml" <<-END
	rules:
	  - cre:
	      id: ${1^^}
	      severity: 1
	      title: The valve of $1 is stuck
	      cause: |
	        The {{valve}} was not oiled, and
	        dust came in. It happens.
	      impact: Nothing flows.
	      mitigation: |
	        - Oil the **valve**
	        - Keep dust out
	      references: [https://example.com/valve]
	      PREVENTION: an unknown key
	    metadata: {id: abcdefghijk$(printf %s "$1" | tr -dc 1-9), kind: prequel, gen: 1}
	    rule:
	$2
	END
}

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	rule cre-2031-0001 '      set: {event: {source: cre.log.valve}, match: [{value: valve stuck}]}'
	rule cre-2031-0002 '      sequence: {event: {source: cre.log.valve}, window: 5s, order: [{regex: "pressure [0-9]+ above"}, valve burst]}'
	printf '2031-01-02 03:04:05 ERROR valve stuck at 3\n' >cre/cre-2031-0001/test.log
	printf '2031-01-02 03:04:05 pressure 9 above\n2031-01-02 03:04:10 valve burst\n' >cre/cre-2031-0002/test.log
	printf '2031-01-02 03:04:05 pressure 9 above\n2031-01-02 03:04:11 valve burst\n' >cre/cre-2031-0002/test-fp.log
}

corpus() {
	cp -r "$BATS_FILE_TMPDIR/cre" cre
}

@test "a folder of CRE rules has no fault, and each rule passes its own tests" {
	corpus
	run "$FIVEWHYS" rules check cre
	echo "$output"
	[ "$status" = 0 ]
	[[ ${lines[-1]} == "2 causes, 0 errors, 0 warnings, 0 failed examples" ]]
	run "$FIVEWHYS" rules test cre
	[ "$status" = 0 ]
	[[ ${lines[-1]} == "3 passed, 0 failed" ]]
	run "$FIVEWHYS" rules test --json cre
	[ "$status" = 0 ]
	[ "$(jq .failed <<<"$output")" = 0 ]
	run "$FIVEWHYS" rules list cre
	[[ $output == *CRE-2031-0001* ]] && [[ $output == *CRE-2031-0002* ]]
}

@test "a CRE rule that is silent on its test.log, or fires on its test-fp.log, fails" {
	corpus
	printf '2031-01-02 03:04:05 all is well\n' >cre/cre-2031-0001/test.log
	cp cre/cre-2031-0002/test.log cre/cre-2031-0002/test-fp.log
	run "$FIVEWHYS" rules test cre
	echo "$output"
	[ "$status" = 1 ]
	[[ ${lines[-1]} == "1 passed, 2 failed" ]]
	[[ $output == *"did not fire"* ]] && [[ $output == *"fired on a clean example"* ]]
}

@test "a CRE rule explains a log, alone and beside our own, and its texts are literal" {
	corpus
	log=cre/cre-2031-0001/test.log
	[ "$(json '.incidents[0].root_cause' --rules cre "$log")" = CRE-2031-0001 ]
	[ "$(json '.incidents[0].root_cause' --add-rules cre "$log")" = CRE-2031-0001 ]
	[ "$(json '.incidents[0].whys[0].statement' --rules cre "$log")" = "The {{valve}} was not oiled, and dust came in" ]
	[ "$(json '.incidents[0].actions[0].text' --rules cre "$log")" = "Oil the valve; Keep dust out" ]
}

@test "faults of CRE rules are told with file, line and column, and what only others run is left out" {
	cat >bad.yaml <<-'END'
	section: version
	---
	rules:
	  - cre: {id: CRE-2031-0003}
	    metadata: {id: abcdefghijk3}
	    rule:
	      set: {event: {source: a}, match: [one, two]}
	  - cre: {id: CRE-2031-0004}
	    metadata: {id: abcdefghijk4}
	    rule:
	      set: {event: {source: a}, match: [{regex: 'one('}]}
	END
	run "$FIVEWHYS" rules check bad.yaml
	echo "$output"
	[ "$status" = 1 ]
	[[ $output == *"bad.yaml:7:12: a set of several entries needs a \"window\""* ]]
	[[ $output == *"bad.yaml:11:"*"regex:"* ]]
	cat >nested.yaml <<-'END'
	rules:
	  - cre: {id: CRE-2031-0005}
	    metadata: {id: abcdefghijk5}
	    rule:
	      set: {event: {source: a}, window: 1s, match: [one, {promql: {expr: up}}]}
	END
	run "$FIVEWHYS" rules check nested.yaml
	[ "$status" = 0 ] && [[ $output == *"nested.yaml:2:5: warning: CRE-2031-0005 is left out"* ]]
}

@test "a link to a CRE rule that is not loaded is no fault, with a part of the corpus as without it" {
	corpus
	cat >links.yaml <<-'END'
	version: 1
	links:
	  - {effect: CRE-2031-0002, cause: CRE-2031-0001, within: 1m}
	  - {effect: CRE-2031-0001, cause: CRE-2031-9999, within: 1m}
	END
	for paths in links.yaml "links.yaml cre"; do
		# shellcheck disable=SC2086
		run "$FIVEWHYS" rules check $paths
		[ "$status" = 0 ]
		[[ ${lines[-1]} == *" 0 errors, 0 warnings, "* ]]
	done
	cat cre/*/test.log | sort -u >both.log
	[ "$(json '.incidents[0].whys[1].cause' --rules links.yaml --add-rules cre both.log)" = CRE-2031-0001 ]
}

@test "a link to an id that is neither loaded nor of the shape of CRE is a fault" {
	corpus
	printf 'version: 1\nlinks:\n  - {effect: CRE-2031-0002, cause: CRE-2031-001}\n' >links.yaml
	run "$FIVEWHYS" rules check links.yaml cre
	[ "$status" = 1 ] && [[ $output == *"links.yaml:3:5:"*CRE-2031-001* ]]
}

@test "the links that are shipped name at least 30 pairs, each with its reason" {
	file=$FIVEWHYS_DATADIR/rules/links.yaml
	[ "$(grep -c '^  - {effect: .*CRE-20[0-9][0-9]-[0-9]\{4\}' "$file")" -ge 30 ]
	run awk '/^  - /&&previous !~ /^  # /{print FILENAME ":" FNR} {previous = $0}' "$file"
	[ -z "$output" ]
}

@test "impact and references of a CRE rule are in the reports" {
	corpus
	log=cre/cre-2031-0001/test.log
	[ "$(json '.incidents[0].impact' --rules cre "$log")" = "Nothing flows." ]
	[ "$(json '.incidents[0].references[0]' --rules cre "$log")" = https://example.com/valve ]
	"$FIVEWHYS" triage --no-store --rules cre -o report.md -o report.html "$log"
	grep -q 'Nothing flows' report.md
	grep -q 'https://example.com/valve' report.md
	grep -q 'Nothing flows' report.html && grep -q 'https://example.com/valve' report.html
}
