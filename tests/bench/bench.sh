#!/bin/sh
# Speed and memory beside other programs, in one run: "make bench" runs this; see HACKING.md.
#
#   BENCH_ENTRIES  entries of the large log: 100000, which is 100 MB
#   BENCH_ROUNDS   rounds of which the best counts: 7
#   BENCH_ROWS     names of rows, all of rows.sh if not given
#
# Shown are the least wall time, the least CPU time and the greatest resident size of all rounds.
# The same figures are in results.tsv, beside the program that measures. A target that is missed is
# no failure: machines are noisy. Work that was not done, or not rightly, is one.
set -eu
entries=${BENCH_ENTRIES:-100000}
rounds=${BENCH_ROUNDS:-7}
results=$BENCH/results.tsv
data=$(mktemp -d "$BENCH/data.XXXXXX")
trap 'rm -rf "$data"' EXIT
trap 'exit 1' HUP INT TERM
status=0

# All is relative to the data. What users have configured is not what is measured.
cd "$data"
mkdir home
HOME=$data/home XDG_CONFIG_HOME=$data/home/config XDG_STATE_HOME=$data/home/state
export HOME XDG_CONFIG_HOME XDG_STATE_HOME
unset FIVEWHYS_RULES FIVEWHYS_ADD_RULES FIVEWHYS_DB FIVEWHYS_TZ FIVEWHYS_FORMAT FIVEWHYS_LABEL \
	FIVEWHYS_COMMIT FIVEWHYS_BRANCH FIVEWHYS_ENVIRONMENT RIPGREP_CONFIG_PATH
: >"$results"

processors() { getconf _NPROCESSORS_ONLN; }

have() { command -v "$1" >/dev/null 2>&1; }

# need FILE KIND COUNT: a file of the corpus, made when it is first needed.
need() {
	[ -e "$1" ] || "$BENCH/corpus" "$2" "$3" >"$1"
}

# row TITLE: what follows belongs to it.
row() {
	title=$1
	: >commands
	: >costs
	printf '\n%-62s %12s %12s %10s\n' "$title" wall CPU peak
}

# ours NAME COMMAND [PREPARE]: PREPARE is run before each round, and not measured.
ours() {
	printf '%s\t%s\texec %s\n' "$1" "${3-}" "$2" >>commands
}

# peer PROGRAM NAME COMMAND [PREPARE]: the same with a program that may be missing.
peer() {
	if have "$1"; then
		shift
		ours "$@"
	else
		left_out "$2" "$1 is not installed"
	fi
}

left_out() {
	printf '  %-60s left out: %s\n' "$1" "$2"
}

# Run the commands of the row in turn, and print what they cost.
measured() {
	"$BENCH/measure" "$rounds" <commands >costs || { status=1; return 0; }
	costs
}

# costs: print what is in the file of this name.
costs() {
	awk -F '\t' '{ printf "  %-60s %9.1f ms %9.1f ms %7.1f MB\n",
		$1, $2 * 1e3, $3 * 1e3, $4 * 1024 / 1e6 }' costs
	sed "s|^|cost	$title	|" costs >>"$results"
}

# phases COMMAND: where the time of a triage goes, as it says itself.
phases() {
	printf '    phases, without the loading of rules:'
	sh -c "$1 --timing" 2>&1 >/dev/null | sed -n 's/^fivewhys: timing: *//p' |
		awk '{ printf " %s %.1f ms", $1, $2 }'
	echo
}

# target TEXT ABOVE BELOW 'at least'|'at most' BOUND FORMAT: the quotient of two expressions of awk,
# in which wall["NAME"], cpu["NAME"] and peak["NAME"] are what a command of the row cost, in seconds
# and megabytes. Of what was left out nothing is claimed.
target() {
	awk -F '\t' -v title="$title" -v text="$1" -v limit="$4" -v bound="$5" -v format="$6" \
		-v results="$results" '
		{ wall[$1] = $2; cpu[$1] = $3; peak[$1] = $4 * 1024 / 1e6 }
		END {
			above = '"$2"'; below = '"$3"'
			verdict = "not measured"
			if (above != "" && below + 0 != 0) {
				value = above / below
				met = limit == "at least" ? value >= bound : value <= bound
				verdict = met ? "met" : "missed"
			}
			printf "    %-48s %10s, %s %s: %s\n", text,
				verdict == "not measured" ? "-" : sprintf(format, value), limit,
				sprintf(format, bound), verdict
			printf "target\t%s\t%s\t%s\t%s\t%s\n", title, text, value, bound, verdict >>results
		}' costs
}

# faster OURS PEER LEAST: how many times.
faster() {
	target "$1, times as fast as $2" "wall[\"$2\"]" "wall[\"$1\"]" 'at least' "$3" '%.2f'
}

# growth FROM TO MOST: how many times the time.
growth() {
	target "from $1 to $2, times the time" "wall[\"$2\"]" "wall[\"$1\"]" 'at most' "$3" '%.2f'
}

# time_of NAME MOST: in milliseconds. memory_of: in megabytes.
time_of() {
	target "$1" "wall[\"$1\"]" 1e-3 'at most' "$2" '%.1f ms'
}

memory_of() {
	target "$1" "peak[\"$1\"]" 1 'at most' "$2" '%.1f MB'
}

# right TEXT COMMAND: was the work done that was measured?
right() {
	sh -c "$2" >/dev/null 2>&1 || { printf '    WRONG: %s\n' "$1"; status=1; }
}

# shellcheck source=tests/bench/rows.sh
. "$TOP_SRCDIR/tests/bench/rows.sh"

# Of a machine that has other work to do, believe the CPU times.
load() { LC_ALL=C uptime | sed -n 's/.*load average[s]*: *//p'; }

echo "$entries entries in the large log, the best of $rounds rounds"
echo "$(processors) processors, load $(load)"
for name in ${BENCH_ROWS:-$rows}; do
	"row_$name"
done
awk -F '\t' '$1 == "target" { count[$NF]++ }
	END { printf "\n%d targets met, %d missed, %d not measured\n",
		count["met"], count["missed"], count["not measured"] }' "$results"
echo "load $(load)"
exit $status
