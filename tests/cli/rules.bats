load common

@test "the shipped rules have no fault, and all their examples hold" {
	run "$FIVEWHYS" rules check
	echo "$output" | tail -n 40
	[ "$status" = 0 ] && [[ ${lines[-1]} == *" 0 errors, "*" 0 failed examples" ]]
}

@test "rules test prints the same as a table and as JSON" {
	run "$FIVEWHYS" rules test
	[ "$status" = 0 ]
	[[ ${lines[-1]} == *" passed, 0 failed" ]]
	run "$FIVEWHYS" rules test --json
	[ "$status" = 0 ] && [ "$(jq .failed <<<"$output")" = 0 ]
}

@test "all faults of a rule file are reported, each with file, line and column" {
	cat >bad.yaml <<-'END'
	version: 1
	causes:
	  - id: a.one
	    titel: misspelt
	    kind: cause
	    when: {match: {regex: 'abcd('}}
	    because: [{cause: a.nowhere}]
	  - id: a.two
	    title: two
	    kind: nonsense
	END
	run "$FIVEWHYS" rules check bad.yaml
	[ "$status" = 1 ]
	[[ $output == *"bad.yaml:4:5:"* ]]
	[[ $output == *"bad.yaml:6:"* ]]
	[[ $output == *"a.nowhere"* ]]
	[[ $output == *"bad.yaml:10:"* ]]
	run "$FIVEWHYS" triage --no-store --rules bad.yaml $silent
	[ "$status" = 2 ]
}

@test "a rule added from outside explains what nothing explained, and wins over an equal id" {
	cat >mine.yaml <<-'END'
	version: 1
	causes:
	  - id: shop.cart-locked
	    title: The cart is locked
	    kind: root
	    when: {match: 'cart is locked by another session'}
	    why: "the cart was locked by another session"
	    examples:
	      match: [{log: "cart is locked by another session"}]
	      clean: [{log: "cart is free"}]
	END
	cat >run.txt <<-'END'
	=== FAILURES ===
	____ test_cart ____
	E   ShopError: cart is locked by another session
	=== short test summary info ===
	FAILED t.py::test_cart - ShopError: cart is locked by another session
	=== 1 failed in 0.1s ===
	END
	[ "$(json '.incidents | length' run.txt)" = 0 ]
	[ "$(json '.incidents[0].root_cause' --add-rules mine.yaml run.txt)" = shop.cart-locked ]
	[ "$(json '.incidents[0].root_cause' --rules mine.yaml run.txt)" = shop.cart-locked ]
}

@test "what a rule or a setting holds cannot command the terminal" {
	printf 'label: "a\\e[31mb\\u009b1mc"\n' >.fivewhys.yaml
	printf 'causes:\n  - id: a.b\n    kind: symptom\n    layer: app\n    severity: low\n    title: "x\\e[31my"\n    why: "w\\e]0;t\\az"\n    when: {match: "twelve bytes here"}\n    examples: {match: ["twelve bytes here"], clean: ["other\\e[0m"]}\n  - id: "c\\e[31m"\n' >r.yaml
	"$FIVEWHYS" config --show-origin >out
	sed '/^  - id: "c/d' r.yaml >good.yaml
	"$FIVEWHYS" rules list good.yaml >>out
	"$FIVEWHYS" rules show --rules good.yaml a.b >>out
	run "$FIVEWHYS" rules check r.yaml
	[ "$status" = 1 ]
	echo "$output" >>out
	lacks "$(printf '[\001-\010\013-\037\177]|\302\233')" <out
	grep -q 'label: a [[]31mb  1mc' out
	grep -q 'x [[]31my' out
}
