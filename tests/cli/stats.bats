load common

stats() {
	"$FIVEWHYS" stats --db h.db "$@"
}

# Three turns: two incidents, both fixed by the last; and a POSSIBLE one that stays open.
history() {
	story=$samples/three-iterations
	for turn in 1 2 3; do
		"$FIVEWHYS" triage -q --db h.db --label chat "$story/$turn/transcript.txt" "$story/$turn/cloud-log.ndjson" >/dev/null
	done
	"$FIVEWHYS" triage -q --db h.db "$samples/silent-agent-pipeline/transcript.txt" >/dev/null
}

@test "stats counts occurrences by week, fixes and causes" {
	history
	[ "$(stats -f json | jq -c '[.occurrences, .incidents, .open, .runs]')" = '[3,3,1,3]' ]
	[ "$(stats -f json | jq -c '.weeks[] | [.monday, .occurrences, .incidents]')" = '["2026-03-02",1,1]
["2026-04-27",2,2]' ]
	# 10:04:33.3 to 13:42:03.002, and 11:17:33.3 to then: 13049.702 s and 8669.702 s
	[ "$(stats -f json | jq -c '[.fixes.count, .fixes.median_seconds]')" = '[2,10859]' ]
	[ "$(stats -f json | jq -c '[.causes[] | [.cause, .occurrences, .open]] | .[0]')" = '["agent.no-agent-events",1,1]' ]
	[ "$(stats -f md | grep -c '^| ')" = "$(($(stats -f json | jq '[.weeks, .causes, .verdicts] | map(length) | add') + 3))" ]
}

@test "the precision of a verdict is that of the newest words" {
	history
	[ "$(stats -f json | jq -c '[.verdicts[] | [.verdict, .precision]]')" = '[["LIKELY",null],["POSSIBLE",null]]' ]
	"$FIVEWHYS" reject 1 --db h.db --author ana
	"$FIVEWHYS" confirm 1 --db h.db --author bo
	"$FIVEWHYS" note 1 --db h.db --author cy -m "see the wiki"
	"$FIVEWHYS" reject 2 --db h.db --author ana
	[ "$(stats -f json | jq -c '[.verdicts[] | [.verdict, .incidents, .confirmed, .rejected, .precision]]')" = '[["LIKELY",2,1,1,50],["POSSIBLE",1,0,0,null]]' ]
}

@test "stats are of a time and a service" {
	history
	[ "$(stats -f json --since 2026-04-01 | jq -c '[.occurrences, .open]')" = '[2,0]' ]
	[ "$(stats -f json --service chat-api | jq -c '[.occurrences, .fixes.count]')" = '[2,2]' ]
	[ "$(stats -f json --service none | jq -c '[.occurrences, .fixes.median_seconds, .weeks, .causes]')" = '[0,null,[],[]]' ]
	[ "$(stats -f json --layer nothing | jq -c '[.occurrences, .filter.layer]')" = '[0,"nothing"]' ]
	[ "$(stats -f json --open | jq -c '[.open == .incidents, .filter.open]')" = '[true,true]' ]
	[ "$(stats -f json --state fixed | jq -c '[.open, .fixes.count]')" = '[0,2]' ]
	for bad in "--since soon" "extra" "-f html" "--state broken"; do
		run stats $bad
		[ "$status" = 2 ]
	done
}

@test "the SQL that stats prints gives the figures that it prints" {
	command -v sqlite3 >/dev/null || skip "sqlite3 is not installed"
	history
	stats --sql --service chat-api >stats.sql
	sqlite3 h.db <stats.sql >figures
	[ "$(sed -n 1p figures)" = "2|2|0|2" ]
	[ "$(sed -n 2p figures)" = "2026-04-27|2|2" ]
	[ "$(sed -n 3p figures)" = "2|10859702000000" ]
	stats --sql --service "it's; DROP TABLE runs" >stats.sql
	[ "$(sqlite3 h.db <stats.sql | head -n 1)" = "0|0|0|0" ]
	[ "$(stats -f json | jq .runs)" = 3 ]
}
