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
