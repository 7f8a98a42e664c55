load common

# A text that no rule of redaction knows: only the canary does.
setup_log() {
	cat >app.log <<-'END'
	2026-01-01T00:00:00Z ERROR the phrase is Winter_is <coming> "soon"
	2026-01-01T00:00:01Z ERROR customer CU-12345678 at 8.8.8.8, jane@example.com
	END
}

@test "a canary in a page or in the history fails, says where, and nothing is written" {
	setup_log
	for canary in 'Winter_is <coming>' 'is <coming> "soon"' 'CU-12345678'; do
		for file in page.md page.html page.json page.txt; do
			run "$FIVEWHYS" triage --canary 'not in it' --canary "$canary" -o "$file" app.log
			[ "$status" = 1 ]
			[[ $output == *"canary 2 would be in "*": nothing was written" ]]
			[[ $output != *"$canary"* ]]
			[ ! -e "$file" ]
		done
	done
	[ "$(sqlite3 state/fivewhys/history.db 'SELECT (SELECT count(*) FROM runs) + (SELECT count(*) FROM entries)')" = 0 ]
	cat state/fivewhys/* | lacks 'Winter|CU-1234'
}

@test "a canary is found in base64, hexadecimal, JSON and URLs, and over the end of a line" {
	for text in \
		"xx $(printf 'a:Winter_is <coming>:z' | base64)" \
		"xx $(printf 'Winter_is <coming>' | base64 | tr '+/' '-_')" \
		"xx $(printf 'ab:Winter_is <coming>' | od -An -tx1 | tr -d ' \n')" \
		'xx {\"a\":\"Winter_is \\u003ccoming\\u003e\"}' \
		'xx q=Winter%5Fis%20%3Ccoming%3E&x' \
		'xx Winter_is &lt;coming&gt;' 'xx   Winter_is    <coming>'; do
		echo "2026-01-01T00:00:00Z ERROR $text" >x.log
		run "$FIVEWHYS" triage --canary 'Winter_is <coming>' -f json x.log
		[ "$status" = 1 ] || { echo "$text"; return 1; }
	done
	echo '2026-01-01T00:00:00Z ERROR Winter_was coming' >x.log
	run "$FIVEWHYS" triage --canary 'Winter_is <coming>' -f json x.log
	[ "$status" = 0 ]
}

@test "a canary may come from a file or the environment; one that is too short is refused" {
	setup_log
	printf 'nowhere\n\nCU-12345678\n' >canaries
	run "$FIVEWHYS" triage --canary-file canaries app.log
	expect 1 'canary 2 would be in '
	FIVEWHYS_CANARY=$'nowhere\nCU-12345678' run "$FIVEWHYS" triage --no-store app.log
	expect 1 'canary 2 would be in '
	run "$FIVEWHYS" triage --canary abc app.log
	expect 2 'a canary has 4 to 4096 bytes'
	run "$FIVEWHYS" triage --canary-file none app.log
	[ "$status" = 3 ]
}

@test "what is redacted trips no canary" {
	setup_log
	echo '2026-01-01T00:00:02Z ERROR password=hunter2x refused' >>app.log
	run "$FIVEWHYS" triage --canary hunter2x --canary jane@example.com -o page.md app.log
	expect 0
	grep -q password page.md
	[ "$(sqlite3 state/fivewhys/history.db 'SELECT count(*) FROM runs')" = 1 ]
}

@test "a history that holds a canary already is told before anything is read" {
	setup_log
	"$FIVEWHYS" triage app.log
	run "$FIVEWHYS" triage --canary CU-12345678 "$samples/websocket-403-secret/results.xml"
	expect 1 'history.db holds a canary already'
	run "$FIVEWHYS" export --canary 'Winter_is <coming>' pages
	expect 1 'canary 1 would be in ' 'nothing was written'
	[ ! -e pages ]
	run "$FIVEWHYS" export --canary 'not in it' pages
	[ -s pages/index.html ]
}

@test "run fails for a canary where its command does not, and else leaves its status alone" {
	run "$FIVEWHYS" run --canary CU-12345678 -f text -o page.md -- sh -c 'echo ERROR CU-12345678'
	expect 1 'canary 1 would be in '
	[ ! -e page.md ]
	run "$FIVEWHYS" run --canary CU-12345678 -- sh -c 'echo ERROR CU-12345678; exit 7'
	expect 7 'canary 1 would be in '
	cat state/fivewhys/* | lacks 'CU-1234'
}

@test "what was deleted is not in the file any more" {
	{
		for n in $(seq 100 400); do echo "2026-01-01T00:00:00Z INFO deleted-phrase-$n"; done
		echo '2026-01-01T00:00:01Z ERROR it failed'
	} >old.log
	"$FIVEWHYS" triage old.log >/dev/null
	grep -a -q deleted-phrase-222 state/fivewhys/history.db
	"$FIVEWHYS" prune --older 2026-06-01 >/dev/null
	cat state/fivewhys/* | lacks 'deleted-phrase-[0-9]'
}

@test "kinds of redaction and patterns come from the settings, and faults say where" {
	setup_log
	run "$FIVEWHYS" triage --no-store -f json --redact=ip,none app.log
	expect 0 'at ‹ip:1›, jane@example.com'
	run "$FIVEWHYS" triage --no-store -f json app.log
	expect 0 'at 8.8.8.8, ‹email:1›'
	FIVEWHYS_REDACT=ip:email run "$FIVEWHYS" triage --no-store -f json app.log
	expect 0 'at ‹ip:1›, ‹email:1›'
	printf 'redact: [none]\nredact-patterns:\n  - {name: customer, regex: "CU-[0-9]{8}"}\n' >.fivewhys.yaml
	run "$FIVEWHYS" triage --no-store -f json app.log
	expect 0 '"customer":'
	expect 0 'customer ‹customer:1› at 8.8.8.8, jane@example.com'
	printf 'redact-patterns:\n  - name: customer\n    regex: "CU-(["\n' >.fivewhys.yaml
	run "$FIVEWHYS" triage --no-store app.log
	expect 2 '.fivewhys.yaml:3:12: regex: '
	printf 'redact-patterns:\n  - {name: Token, regex: x}\n' >.fivewhys.yaml
	run "$FIVEWHYS" triage --no-store app.log
	expect 2 '.fivewhys.yaml:2:12: a name is of small letters'
	printf 'redact-patterns: x\n' >.fivewhys.yaml
	run "$FIVEWHYS" triage --no-store app.log
	expect 2 '.fivewhys.yaml:1: redact-patterns wants a list'
	printf 'redact: [phone]\n' >.fivewhys.yaml
	run "$FIVEWHYS" triage --no-store app.log
	expect 2 '.fivewhys.yaml:1: redact takes email, ip, service-account and none, not "phone"'
}
