load common

# Two rules: one that wins, and one that it beats whenever both fire; a third never hits.
setup_file() {
	cat >"$BATS_FILE_TMPDIR/rules.yaml" <<-'END'
	version: 1
	causes:
	  - id: shop.cart-locked
	    title: The cart is locked
	    kind: symptom
	    when: {match: {regex: 'ShopError: cart \d+ is locked'}}
	    why: "the cart was locked"
	    because: [{cause: shop.lease-lost, within: 1h}]
	    examples:
	      match: [{log: "ShopError: cart 1 is locked"}]
	      clean: [{log: "cart 1 is free"}]
	  - id: shop.lease-lost
	    title: The lease was lost
	    kind: root
	    leaf: code
	    when: {match: 'lease of the cart was lost'}
	    why: "the lease was lost"
	    examples:
	      match: [{log: "lease of the cart was lost"}]
	      clean: [{log: "lease of the cart"}]
	  - id: shop.never
	    title: It never happens
	    kind: cause
	    when: {match: 'this never happens at all'}
	    why: "it happened"
	    examples:
	      match: [{log: "this never happens at all"}]
	      clean: [{log: "this happens"}]
	END
}

# history: one passing run in which the lease is lost too, two failing ones, one of them unknown
history() {
	rules=$BATS_FILE_TMPDIR/rules.yaml
	printf '%s\n' "=== test session starts ===" "t.py::test_cart PASSED" "=== 1 passed in 0.1s ===" >green.txt
	echo "2025-01-01T09:00:00Z INFO shop: lease of the cart was lost" >green.log
	printf '%s\n' "=== test session starts ===" "t.py::test_cart FAILED" "=== FAILURES ===" "____ test_cart ____" \
		"lease of the cart was lost" "E   ShopError: cart 17 is locked" "=== short test summary info ===" \
		"FAILED t.py::test_cart" "=== 1 failed in 0.1s ===" >red.txt
	echo "2025-01-02T09:00:00Z INFO shop: cart 17 is free" >red.log
	sed '/lease/d; s/ShopError: cart 17 is locked/BankError: no answer/' red.txt >odd.txt
	"$FIVEWHYS" triage --rules "$rules" --label green green.txt green.log >/dev/null
	"$FIVEWHYS" triage --rules "$rules" --label red red.txt red.log >/dev/null
	"$FIVEWHYS" triage --rules "$rules" --label odd odd.txt >/dev/null
}

stats() {
	"$FIVEWHYS" rules stats --rules "$BATS_FILE_TMPDIR/rules.yaml" "$@"
}

@test "the numbers of a small history are those counted by hand" {
	history
	stats --json >stats.json
	[ "$(jq -c '[.runs, .passing_runs, .failures, .explained, .symptom_only, .undiagnosed]' stats.json)" = "[3,1,2,1,0,1]" ]
	[ "$(jq -c '[.rules[].cause]' stats.json)" = '["shop.lease-lost","shop.cart-locked","shop.never"]' ]
	[ "$(jq -c '.rules[0] | [.chains, .hits, .runs, .passing_hits, .last_run, .noisy]' stats.json)" = "[1,2,2,1,2,true]" ]
	[ "$(jq -c '.rules[1] | [.chains, .hits, .runs, .passing_hits, .last_run, .noisy]' stats.json)" = "[1,1,1,0,2,false]" ]
	[ "$(jq -c '.rules[2] | [.chains, .hits, .last_run, .last_hit, .shadowed_by]' stats.json)" = "[0,0,null,null,null]" ]
	[ "$(stats --json --label green | jq -r '.rules[0].last_hit')" = "2025-01-01T09:00:00Z" ]
}

@test "what a rule cost is counted in texts and bytes, the same each time" {
	history
	# the literals are found without a try; the regex is tried on the one line with its own literal
	[ "$(stats --json | jq -c '[.rules[] | [.tries, .bytes]]')" = "[[0,0],[1,32],[0,0]]" ]
	"$FIVEWHYS" triage --rules "$rules" --label red red.txt red.log >/dev/null
	[ "$(stats --json | jq -c '[.rules[] | [.tries, .bytes]]')" = "[[0,0],[1,32],[0,0]]" ]
}

@test "the table fits 80 columns, and names what never hit" {
	history
	stats >table
	[ "$(wc -L <table)" -le 80 ]
	grep -qF "3 runs, 1 passing; 2 failures: 1 explained (50%)" table
	grep -qE '^shop\.lease-lost +1 +2 +2 +50% +2 +0$' table
	grep -qF "never hit: 1 of 3 rules" table
	[ "$(tail -n 1 table)" = "  shop.never" ]
	"$FIVEWHYS" rules stats >table
	[ "$(wc -L <table)" -le 80 ]
}

@test "runs are chosen by label and by time; those without times are in no time" {
	history
	[ "$(stats --json --label red | jq -c '[.runs, .failures, .rules[0].hits]')" = "[1,1,1]" ]
	[ "$(stats --json --since 2025-01-02 | jq -c '[.runs, .rules[0].hits]')" = "[1,1]" ]
	[ "$(stats --json --since 2025-01-01T09:00:00Z | jq .runs)" = 2 ]
	[ "$(FIVEWHYS_LABEL=red stats --json | jq .runs)" = 3 ]
	run stats --since yesterday
	[ "$status" = 2 ] && [[ $output == *"--since"*"yesterday"* ]]
}

@test "a rule that only stands beside chains is shadowed, by what they end in" {
	"$FIVEWHYS" triage $silent >/dev/null
	[ "$("$FIVEWHYS" rules stats --json | jq -r '.rules[] | select(.cause == "timeout.asyncio-timeout") | .shadowed_by')" = \
		database.db-manager-not-initialised ]
	"$FIVEWHYS" rules stats | grep -A 1 "^shadowed: timeout.asyncio-timeout" | grep -qF "by: database.db-manager-not-initialised"
}

@test "without a history there are no numbers, and none is begun" {
	run "$FIVEWHYS" rules stats
	[ "$status" = 3 ] && [[ $output == *"there is no history yet"* ]] && [ ! -e "$XDG_STATE_HOME" ]
}
