load common

# disturb N SEED NAME COMMAND...: run the command N times, each killed at a random moment unless it ends before.
# NAME.done has the numbers of those that ended well; NAME.bad what others said.
disturb() {
	count=$1 RANDOM=$2 name=$3
	shift 3
	for n in $(seq "$count"); do
		NUMBER=$n "$@" >"$name.out" 2>&1 &
		sleep "0.0$(printf %02d $((RANDOM % 100)))"
		kill -9 $! 2>/dev/null || true
		status=0
		wait $! || status=$?
		case $status in
		0) echo "$n" >>"$name.done" ;;
		137) ;;
		*) cat "$name.out" >>"$name.bad" ;;
		esac
	done
}

writer() {
	exec "$FIVEWHYS" triage -q --db h.db --label "$1-$NUMBER" $silent
}

reader() {
	exec "$FIVEWHYS" list --db h.db -f json
}

@test "two that write and one that reads, killed at any time, lose and spoil nothing" {
	"$FIVEWHYS" triage -q --db h.db --label first $silent >/dev/null
	touch one.done two.done reader.done
	# 20 times here; .ci/run asks for 200
	kills=${FIVEWHYS_TEST_KILLS:-20}
	disturb $((kills * 2 / 5)) 3 one writer one &
	disturb $((kills * 2 / 5)) 5 two writer two &
	disturb $((kills / 5)) 7 reader reader &
	wait
	cat ./*.bad 2>/dev/null >bad || true
	[ ! -s bad ] || { cat bad; false; }
	[ "$(sqlite3 h.db 'PRAGMA integrity_check')" = ok ]
	[ -z "$(sqlite3 h.db 'PRAGMA foreign_key_check')" ]
	# what was said to be kept is kept, whole
	for name in one two; do
		while read -r n; do
			[ "$("$FIVEWHYS" diff first "$name-$n" --db h.db -f json | jq -c '[.causes[].change]')" = '["same"]' ]
		done <"$name.done"
	done
	# and what was killed is there whole, or not at all
	[ "$(sqlite3 h.db 'SELECT count(*) FROM runs WHERE id NOT IN (SELECT run_id FROM chains)')" = 0 ]
	[ "$(sqlite3 h.db 'SELECT count(DISTINCT n) FROM (SELECT count(*) AS n FROM evidence GROUP BY run_id)')" = 1 ]
	[ "$(sqlite3 h.db 'SELECT occurrences = (SELECT count(*) FROM runs) FROM incidents')" = 1 ]
}

@test "a lock that lasts is told, and what waited for it is kept in the end" {
	"$FIVEWHYS" triage -q --db h.db --label first $silent >/dev/null
	mkfifo orders
	sqlite3 h.db <orders &
	holder=$!
	exec 9>orders
	echo 'BEGIN IMMEDIATE; SELECT 1;' >&9
	"$FIVEWHYS" triage --db h.db --label second $silent >out 2>err &
	waiting=$!
	for _ in $(seq 600); do
		if grep -q 'h.db: waiting for another process that writes to it' err; then
			break
		fi
		sleep 0.1
	done
	grep -q 'h.db: waiting for another process that writes to it' err
	echo 'COMMIT;' >&9
	exec 9>&-
	wait $holder
	wait $waiting
	[ "$(sqlite3 h.db 'SELECT count(*) FROM runs')" = 2 ]
}
