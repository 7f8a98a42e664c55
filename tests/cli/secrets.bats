load common

# Pages, store and messages of every command that shows what was read; "forbidden" is in none.
plant() {
	plant=$TOP_BUILDDIR/tests/secrets/plant
	[ -x "$plant" ] || skip "the tests of the programs are not built"
	mkdir in
	(cd in && "$plant" "$1")
	LC_ALL=C sort -u forbidden >pieces
	[ "$(wc -l <pieces)" -gt 20000 ]
}

# nothing_in FILE...: no piece of a secret is in one of them
nothing_in() {
	if found=$(LC_ALL=C grep -a -o -F -f pieces "$@" | sort | uniq -c | head -n 5) && [ -n "$found" ]; then
		echo "$found"
		return 1
	fi
}

@test "what is planted in every shape of source comes out in no page, no message and no store" {
	plant 1
	"$FIVEWHYS" triage -v -f text -o out.md -o out.html -o out.json -o out.sarif -o out.xml \
		-o out.codequality.json in >out.txt 2>messages
	nothing_in out.txt out.md out.html out.json out.sarif out.xml out.codequality.json messages \
		state/fivewhys/*
	"$FIVEWHYS" triage --no-store -f github in >out.github
	nothing_in out.github
	sqlite3 state/fivewhys/history.db .dump >dump.sql
	nothing_in dump.sql
	[ "$(jq .scan.redactions out.json)" -gt 4000 ]
	[ "$(jq '.scan.redactions == ([.scan.redactions_by_kind[]] | add)' out.json)" = true ]
	for format in text md html json; do
		"$FIVEWHYS" show 1 -f "$format" >shown 2>&1 || true
		nothing_in shown
	done
	"$FIVEWHYS" export pages >exported 2>&1
	find pages -type f -exec cat {} + >all
	nothing_in exported all
	# and so it is with a test that sees it: before redaction they are there
	grep -a -q -F -f pieces in/plain.log
}

@test "other seeds are no better at getting out" {
	for seed in 2 3; do
		rm -rf in state
		plant "$seed"
		"$FIVEWHYS" triage -f json in >out 2>messages
		sqlite3 state/fivewhys/history.db .dump >>out
		nothing_in out messages
	done
}

@test "nor is it in a run's label, branch or commit, in archives, or in what a command prints" {
	plant 4
	while read -r text; do
		"$FIVEWHYS" triage --label "$text" --branch "$text" --environment "$text" --commit "$text" -f md "$samples/websocket-403-secret/results.xml"
	done < <(awk 'NR % 9 == 1' label) >out 2>&1
	tar -C in -czf all.tar.gz named table.txt results.xml
	"$FIVEWHYS" triage -v -f json all.tar.gz >>out 2>&1
	"$FIVEWHYS" run -f text -o run.md -- cat in/pytest.txt >printed 2>>out || true
	cat run.md >>out
	sqlite3 state/fivewhys/history.db .dump >>out
	nothing_in out
}

@test "files that cannot be read are named without what is secret in their names" {
	plant 5
	mkdir broken
	n=0
	for file in in/named/*; do
		n=$((n + 1))
		printf 'PK\003\004' >"broken/$(basename "$file").zip"
		[ "$n" -lt 20 ] || break
	done
	"$FIVEWHYS" triage -v broken/* broken/../none-"$(ls in/named | head -n 1)" >out 2>&1 || true
	grep -q error out
	nothing_in out
}

@test "what only looks like a secret stays: 270 lines, to the letter" {
	[ "$(wc -l <"$TOP_SRCDIR/tests/secrets/lookalikes.txt")" -ge 270 ]
	"$TOP_BUILDDIR/tests/secrets/plant" look "$TOP_SRCDIR/tests/secrets/lookalikes.txt"
	sed 's/^/2026-01-31T08:00:00Z ERROR /' "$TOP_SRCDIR/tests/secrets/lookalikes.txt" >log
	[ "$("$FIVEWHYS" triage -f json log | jq .scan.redactions)" = 0 ]
	sqlite3 state/fivewhys/history.db 'SELECT text FROM entries ORDER BY line' |
		sed 's/^ERROR //' | diff - "$TOP_SRCDIR/tests/secrets/lookalikes.txt"
}
