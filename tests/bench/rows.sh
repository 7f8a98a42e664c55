# The rows of the table. Each is a function row_NAME, which makes what it needs, names its commands,
# has them measured and claims its targets; here are their names, in the order of the table.
rows='stage1_foreign stage1_near growth_foreign growth_near whole large cores loading failure junit
	memory pages'

megabytes() {
	awk -v bytes="$(wc -c <"$1")" 'BEGIN { printf "%.0f MB", bytes / 1e6 }'
}

# lnav_counts FILE. JSON is no log to lnav until a format says where its times are.
lnav_counts() {
	! have lnav || [ -e lnav.log ] ||
		lnav -i "$TOP_SRCDIR/tests/bench/lnav-format.json" >lnav.log 2>&1
	peer lnav 'lnav, index and count' "lnav -n -c ';select count(*) from cloud_logging' $1"
}

# rules FAMILY COUNT: as files of both kinds.
rules() {
	need "$1$2.yaml" "rules-$1" "$2"
	need "$1$2.patterns" "patterns-$1" "$2"
}

# stage1 FAMILY WORD LEAST
stage1() {
	need large.ndjson log "$entries"
	rules "$1" 300
	row "Stage 1: 300 rules that $2 the log, $(megabytes large.ndjson)"
	ours 'stage 1' "\"\$BENCH/stage1\" ${1}300.yaml large.ndjson >ours.hits"
	ours 'stage 1, loading alone' "\"\$BENCH/stage1\" ${1}300.yaml /dev/null"
	peer rg 'ripgrep -f' "rg -c -f ${1}300.patterns large.ndjson >rg.hits"
	measured
	faster 'stage 1' 'ripgrep -f' "$3"
	target 'stage 1, GB/s a core' "$(wc -c <large.ndjson) / 1e9" \
		'(cpu["stage 1"] - cpu["stage 1, loading alone"])' 'at least' 1 '%.2f'
	! have rg || right 'both hit the same number of lines' 'cmp ours.hits rg.hits'
}

row_stage1_foreign() { stage1 r 'are foreign to' 3; }
row_stage1_near() { stage1 n 'nearly match' 2; }

# growth_of FAMILY WORD
growth_of() {
	need large.ndjson log "$entries"
	row "Whole path: rules that $2 the log, $(megabytes large.ndjson)"
	for count in 10 100 1000 10000; do
		rules "$1" "$count"
		ours "$count rules" \
			"\"\$FIVEWHYS\" triage --no-store -r $1$count.yaml -o report.md large.ndjson"
	done
	measured
	phases "\"\$FIVEWHYS\" triage --no-store -r ${1}10000.yaml -o report.md large.ndjson"
	growth '10 rules' '1000 rules' 1.25
	growth '100 rules' '10000 rules' 1.60
}

row_growth_foreign() { growth_of r 'are foreign to'; }
row_growth_near() { growth_of n 'nearly match'; }

# Of inputs of more than 16 MiB the program keeps what rules or reasoning look at.
row_whole() {
	need whole.ndjson log 17000
	rules r 300
	cat >import.sql <<-'END'
	.mode ascii
	.separator "\037" "\n"
	.import whole.ndjson lines
	create table entries as select json_extract(line, '$.timestamp') as time,
		json_extract(line, '$.severity') as severity,
		json_extract(line, '$.resource.labels.service_name') as service,
		coalesce(json_extract(line, '$.textPayload'),
			json_extract(line, '$.jsonPayload.message')) as text
		from lines;
	END
	row "All entries kept, 300 rules, $(megabytes whole.ndjson): more is not kept whole"
	ours 'fivewhys' '"$FIVEWHYS" triage --db ours.db -r r300.yaml -o report.md whole.ndjson' \
		'rm -f ours.db*'
	peer sqlite-utils 'sqlite-utils insert' \
		'sqlite-utils insert utils.db entries whole.ndjson --nl' 'rm -f utils.db'
	peer sqlite3 'sqlite3, import and json functions' 'sqlite3 lines.db <import.sql' \
		'rm -f lines.db; sqlite3 lines.db "create table lines (line)"'
	lnav_counts whole.ndjson
	left_out DuckDB 'Debian has no package of it'
	measured
	faster fivewhys 'sqlite-utils insert' 20
	faster fivewhys 'lnav, index and count' 2.5
	faster fivewhys DuckDB 1
	! have sqlite3 || right 'all entries are kept' \
		'[ "$(sqlite3 ours.db "select count(*) from entries")" = 17000 ]'
}

large_run='"$FIVEWHYS" triage --no-store -r r300.yaml -o report.md large.ndjson'

row_large() {
	need large.ndjson log "$entries"
	rules r 300
	row "The default for large inputs, 300 rules, $(megabytes large.ndjson)"
	ours 'fivewhys' "$large_run"
	lnav_counts large.ndjson
	peer rg 'ripgrep -f' 'rg -c -f r300.patterns large.ndjson >rg.hits'
	peer jq 'jq, a selection' "jq -c 'select(.severity == \"ERROR\")' large.ndjson"
	measured
	phases "$large_run"
	faster fivewhys 'lnav, index and count' 4
	faster fivewhys 'ripgrep -f' 1
}

# One core is the first of those that this process may use.
row_cores() {
	need large.ndjson log "$entries"
	rules r 300
	row 'The default for large inputs, on one core and on all'
	if [ "$(processors)" -gt 1 ]; then
		first=$(taskset -cp $$ 2>/dev/null | sed 's/.*: *\([0-9]*\).*/\1/')
		ours 'all cores' "$large_run"
		peer taskset 'one core' "taskset -c $first $large_run"
	else
		left_out 'all cores' 'there is one only'
	fi
	measured
	faster 'all cores' 'one core' 1.5
}

# A new process; the files are in the page cache.
row_loading() {
	rules r 1000
	rules r 10000
	row "Loading rules, $(megabytes r10000.yaml) of YAML with examples for 10000"
	ours '1000 rules' '"$FIVEWHYS" rules list -r r1000.yaml'
	ours '1000 rules, and ready to scan' '"$BENCH/stage1" r1000.yaml /dev/null'
	ours '10000 rules' '"$FIVEWHYS" rules list -r r10000.yaml'
	ours 'the rules shipped' '"$FIVEWHYS" rules list'
	measured
	time_of '1000 rules' 25
}

# A log with a crash in it and the tests that met it, with the rules shipped.
row_failure() {
	need failed.ndjson failed-log 5000
	need failed.json failed-array 3800
	need transcript.txt transcript 300
	rules r 10000
	rules r 300
	row "A failure of $(megabytes failed.ndjson): triage, store, Markdown"
	ours 'one entry a line' \
		'"$FIVEWHYS" triage --db ours.db -o report.md transcript.txt failed.ndjson' 'rm -f ours.db*'
	ours 'an array' \
		'"$FIVEWHYS" triage --db ours.db -o array.md transcript.txt failed.json' 'rm -f ours.db*'
	ours 'with 10000 rules more' \
		'"$FIVEWHYS" triage --db ours.db -a r10000.yaml -o more.md transcript.txt failed.ndjson' \
		'rm -f ours.db*'
	lnav_counts failed.ndjson
	peer rg 'ripgrep -f, 300 patterns' 'rg -c -f r300.patterns failed.ndjson >rg.hits'
	peer jq 'jq, a selection' "jq -c 'select(.severity == \"ERROR\")' failed.ndjson"
	measured
	phases '"$FIVEWHYS" triage --no-store -o report.md transcript.txt failed.ndjson'
	time_of 'one entry a line' 40
	memory_of 'one entry a line' 20
	time_of 'an array' 40
	memory_of 'an array' 20
	time_of 'with 10000 rules more' 60
	for report in report array more; do
		right "$report.md names the cause" "grep dependency.module-missing-in-image $report.md"
	done
}

# A hundredth of what Allure took for such a file, with 300 categories: 6.2 s.
row_junit() {
	need results.xml junit 879
	row 'A JUnit file of 879 tests to a report'
	ours 'fivewhys' '"$FIVEWHYS" triage --db ours.db -o report.html results.xml' 'rm -f ours.db*'
	left_out Allure 'Debian has no package of it; its 6.2 s were measured elsewhere'
	measured
	time_of fivewhys 62
}

row_memory() {
	need small.ndjson log 10000
	need large.ndjson log "$entries"
	row 'Memory, with the rules shipped'
	ours '10000 entries' '"$FIVEWHYS" triage --db ours.db -o report.md small.ndjson' 'rm -f ours.db*'
	ours "$entries entries of the large log" \
		'"$FIVEWHYS" triage --db ours.db -o report.md large.ndjson' 'rm -f ours.db*'
	measured
	memory_of '10000 entries' 64
	memory_of "$entries entries of the large log" 64
}

# In the process, without HTTP: what is between is the same for all. Of the rounds not the best counts
# but the slowest hundredth, and what else the machine does is in its wall time: CPU time is claimed.
row_pages() {
	runs=$((entries / 100))
	"$BENCH/history" history.db "$runs"
	row "Pages of a history of $((runs * 100)) incidents, $((runs * 1000)) pieces of evidence: 99 %"
	"$BENCH/pages" history.db 500 >costs || { status=1; return 0; }
	costs
	for page in home list 'list of a cause' 'list of a layer' 'list of a state' incident \
		'search, a rare word' 'search, two common words' 'search in a layer' \
		'search, a later page'; do
		target "$page, CPU" "cpu[\"$page\"]" 1e-3 'at most' 20 '%.1f ms'
	done
	rm -f history.db*
}
