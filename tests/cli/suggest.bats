load common

# run_with NAME OUTCOME ERROR [LOG-LINE]: a transcript NAME.txt with two tests, and a log NAME.log
run_with() {
	{
		echo "=== test session starts ==="
		echo "t.py::test_cart $2"
		echo "t.py::test_pay PASSED"
		if [ "$2" = FAILED ]; then
			printf '%s\n' "=== FAILURES ===" "____ test_cart ____" "E   $3"
			printf '%s\n' "=== short test summary info ===" "FAILED t.py::test_cart" "=== 1 failed, 1 passed in 0.1s ==="
		else
			echo "=== 2 passed in 0.1s ==="
		fi
	} >"$1.txt"
	{
		echo "2025-01-02T09:00:00Z INFO shop: cart 4711 opened by session 12"
		[ -z "${4-}" ] || echo "2025-01-02T09:00:01Z $4"
		echo "2025-01-02T09:00:02Z INFO shop: cart 4711 is free"
	} >"$1.log"
	"$FIVEWHYS" triage --label "$1" "$1.txt" "$1.log" >/dev/null
}

sound() {
	run "$FIVEWHYS" rules check "$1"
	[ "$status" = 0 ] && [[ ${lines[-1]} == "1 causes, 0 errors, 0 warnings, 0 failed examples" ]]
	run "$FIVEWHYS" rules check "$1" "$TOP_SRCDIR/rules"
	[ "$status" = 0 ] && [[ ${lines[-1]} == *" 0 errors, 0 warnings, 0 failed examples" ]]
}

@test "a rule is drafted for an unknown failure, holds beside those shipped, and explains it" {
	run_with green PASSED
	run_with red FAILED "ShopError: cart 4711 is locked by session 12"
	"$FIVEWHYS" rules suggest -o new.yaml
	sound new.yaml
	grep -qF "match: {regex: 'ShopError: cart \d+ is locked by session" new.yaml
	grep -qF "log: 'E   ShopError: cart 4711 is locked by session 12'" new.yaml
	# the negative example is of the passing run
	grep -A 1 'clean:' new.yaml | grep -qF "shop: cart 4711"
	[ "$(json '.incidents | length' red.txt red.log)" = 0 ]
	[ "$(json '.incidents[0].whys[0].cause' --add-rules new.yaml red.txt red.log)" = app.shoperror-cart-is-locked-by ]
	[ "$(json '.incidents | length' --add-rules new.yaml green.txt green.log)" = 0 ]
}

@test "errors that passing runs and tests have are no sign of the failure" {
	run_with green PASSED "" "ERROR metrics: exporter refused batch 17 of tenant 123456"
	run_with red FAILED "assert 3 == 4" "ERROR metrics: exporter refused batch 99 of tenant 654321"
	"$FIVEWHYS" rules suggest >draft
	lacks 'exporter' <draft
	run_with worse FAILED "assert 3 == 4" "ERROR shop: the lease of the cart was lost"
	"$FIVEWHYS" rules suggest >draft
	grep -qF "match: {literal: 'shop: the lease of the cart was lost'}" draft
	grep -qF "kind: cause" draft
}

@test "the report names the command that drafts the rule, by the run of the history" {
	run_with green PASSED
	run_with red FAILED "ShopError: cart 4711 is locked"
	"$FIVEWHYS" triage --label red red.txt red.log -f text | grep -qF "fivewhys rules suggest 2"
	"$FIVEWHYS" triage --label red red.txt red.log -f md | grep -qF '`fivewhys rules suggest 2`'
	"$FIVEWHYS" triage --no-store red.txt -f text | grep -qF "fivewhys rules suggest FILE..."
	"$FIVEWHYS" rules suggest 2 >a
	"$FIVEWHYS" rules suggest red >b
	"$FIVEWHYS" rules suggest >c
	cmp a b && cmp a c
}

@test "files are read as triage reads them, and kept nowhere" {
	run_with red FAILED "ShopError: cart 4711 is locked"
	rm -r "$XDG_STATE_HOME"
	"$FIVEWHYS" rules suggest red.txt red.log -o new.yaml
	sound new.yaml
	[ ! -e "$XDG_STATE_HOME" ]
	"$FIVEWHYS" rules suggest - <red.txt | grep -qF "ShopError"
}

@test "of several failures one is chosen by its test" {
	cat >run.txt <<-'END'
	=== test session starts ===
	t.py::test_cart FAILED
	t.py::test_pay FAILED
	=== FAILURES ===
	____ test_cart ____
	E   ShopError: cart is locked by its owner
	____ test_pay ____
	E   PayError: the bank has not answered yet
	=== short test summary info ===
	FAILED t.py::test_cart
	FAILED t.py::test_pay
	=== 2 failed in 0.1s ===
	END
	"$FIVEWHYS" triage run.txt -f md >report.md
	grep -qF "\`fivewhys rules suggest 1 --test 't.py::test_pay'\`" report.md
	"$FIVEWHYS" rules suggest | grep -qF "literal: 'ShopError: cart is locked by its owner'"
	"$FIVEWHYS" rules suggest --test t.py::test_pay | grep -qF "literal: 'PayError: the bank has not answered yet'"
	"$FIVEWHYS" rules suggest --test pay | grep -qF "literal: 'PayError"
	run "$FIVEWHYS" rules suggest --test test_
	[ "$status" = 3 ] && [[ $output == *'none, or not only one, has a test "test_"'* ]]
}

@test "a failure that is explained can be drafted for, by the whole name of its test" {
	"$FIVEWHYS" triage "$samples"/crash-loop-503/transcript.txt >/dev/null
	run "$FIVEWHYS" rules suggest
	[ "$status" = 4 ]
	[[ $output == *"--test names one that a rule does"* ]]
	run "$FIVEWHYS" rules suggest --test tests/e2e/test_orders.py::test_health_is_good -o new.yaml
	[ "$status" = 0 ]
	[[ $output == *"deploy.http-503 fires on an example of"* ]]
	grep -qF "literal: 'AssertionError: Health check failed: 503'" new.yaml
	"$FIVEWHYS" rules check new.yaml
}

@test "whatever stands in a log, the draft is YAML that holds, the same each time" {
	mkdir drafts
	count=0
	while IFS= read -r line; do
		printf '%b\n' "=== test session starts ===\nt.py::test_ok PASSED\nt.py::test_x FAILED" \
			"=== FAILURES ===\n____ test_x ____\nsome output of it" >run.txt
		printf 'E   %b\n' "$line" >>run.txt
		printf '%s\n' "=== short test summary info ===" "FAILED t.py::test_x" "=== 1 failed, 1 passed in 0.1s ===" >>run.txt
		"$FIVEWHYS" rules suggest run.txt -o new.yaml || { echo "$line"; return 1; }
		"$FIVEWHYS" rules suggest run.txt | cmp - new.yaml
		run "$FIVEWHYS" rules check new.yaml
		[[ $status = 0 && ${lines[-1]} == "1 causes, 0 errors, 0 warnings, 0 failed examples" ]] ||
			{ echo "$line"; cat new.yaml; return 1; }
		count=$((count + 1))
		mv new.yaml drafts/$count.yaml
	done <<-'END'
	ShopError: {{test}} {{{x}}} {{#a}}{{/a}} is broken
	ShopError: it's "quoted" : yes # no - [a, b] {c: d} & *x !tag | > % @ `
	ShopError: user error: someone forgot to close it
	{"severity": "ERROR", "message": "inner happened badly"}
	ShopError: \0342\0200\0250line \0357\0273\0277bom \0302\0205nel \0342\0200\0256bidi
	ShopError: bad bytes \0377\0376 and \033[31mred\033[0m and \007 and tab\there
	ShopError: a(b[c{d+e*f?g^h$i|j\\\\k.l \\\\Q \\\\E \\\\C
	ShopError: (((((((((a+)+)+)+)+ b{1000000}
	2025-01-01T00:00:00Z ShopError: begins with a time
	=== FAILURES === Error: of a kind
	--- Error: document marker
	%%YAML 1.1 Error: directive here
	::error file=x::ShopError: runner command
	ShopError: password=hunter2-fake-secret refused
	END
	[ "$count" = 14 ]
	# and beside what is shipped
	shipped=$(grep -h '^  - id:' -R "$TOP_SRCDIR/rules" | wc -l)
	run "$FIVEWHYS" rules check drafts "$TOP_SRCDIR/rules"
	[ "$status" = 0 ] && [[ ${lines[-1]} == "$((count + shipped)) causes, 0 errors, 0 warnings, 0 failed examples" ]]
}

@test "a name of a test cannot break the draft, nor a shell that gets the command" {
	cat >run.xml <<-'END'
	<testsuite><testcase classname="a" name="one"><failure message="ShopError: one thing is locked"/></testcase>
	<testcase classname="a" name="x' ; touch pwned ; '&#10;version: 2"><failure message="PayError: another thing is locked"/></testcase>
	<testcase classname="a" name="$(touch pwned) {{test}}"><failure message="BankError: a third thing is locked"/></testcase></testsuite>
	END
	"$FIVEWHYS" triage run.xml -f text >report
	"$FIVEWHYS" triage run.xml -f md >>report
	lacks "suggest.*--test 'x" <report
	grep -qF -- "--test 'a::\$(touch pwned) {{test}}'" report || grep -qF 'touch pwned' report
	for test in one x third touch; do
		"$FIVEWHYS" rules suggest --test $test -o new.yaml || continue
		sound new.yaml
	done
	[ ! -e pwned ]
}

@test "what cannot be drafted is told in one line" {
	run "$FIVEWHYS" rules suggest
	[ "$status" = 3 ]
	[[ $output == *"there is no history yet"* ]]
	[ ! -e "$XDG_STATE_HOME/fivewhys/history.db" ]
	run_with green PASSED
	run "$FIVEWHYS" rules suggest
	[ "$status" = 4 ]
	[[ $output == *"run 1 has no failure that no rule explains"* ]]
	run "$FIVEWHYS" rules suggest nightly
	[ "$status" = 3 ]
	[[ $output == *'no run has the id or the label "nightly"'* ]]
	run "$FIVEWHYS" rules suggest 1 2
	[ "$status" = 2 ]
	run_with red FAILED "Exception: 17"
	run --separate-stderr "$FIVEWHYS" rules suggest
	[ "$status" = 0 ] && [[ $stderr == *"does not hold beside the rules in force"* ]]
}
