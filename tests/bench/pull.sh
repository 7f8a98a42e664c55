#!/usr/bin/env bash
# How fast Cloud Logging is read and kept, over loopback: pull.sh [ENTRIES], from the folder of the build.
# One row for a tenth of the entries and one for all: memory must not grow with them. CPU is that of
# the program; the stand-in's is told beside it, as on a busy machine they share it.
set -eu
count=${1:-100000}
folder=$(mktemp -d)
export XDG_STATE_HOME=$folder CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING FIVEWHYS_ACCESS_TOKEN=not-a-real-token-0001
export FIVEWHYS_TEST_CLOCK=2026-02-01T00:00:00Z # its pauses for the quota take no time
standin=
trap '[ -z "$standin" ] || kill "$standin"; rm -rf "$folder"' EXIT

ticks() {
	awk '{ print $14 + $15 }' "/proc/$standin/stat"
}

row() {
	rm -rf "$folder/port" "$folder/fivewhys"
	tests/standin/standin --port-file "$folder/port" --idle 60 --entries "$1" --step 1000000 --open --quota 0 \
		--now 2026-02-01T00:00:00Z --clock halt >/dev/null 2>&1 &
	standin=$!
	while [ ! -s "$folder/port" ]; do sleep 0.1; done
	CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING=http://127.0.0.1:$(cat "$folder/port")
	before=$(ticks)
	/usr/bin/time -o "$folder/time" -f '%e %U %S %M' ./fivewhys pull -q --project demo-project \
		--from 2026-01-01T00:00:00Z >"$folder/out"
	after=$(ticks)
	grep -q ": $1 entries read .* $1 of them new" "$folder/out"
	kill "$standin"
	wait "$standin" 2>/dev/null || true
	standin=
	awk -v n="$1" -v theirs=$((after - before)) -v hz="$(getconf CLK_TCK)" '{
		printf "%8d entries: %7.0f a second of time, %7.0f a second of CPU, stand-in %.2f s of CPU, %d MiB at most\n",
			n, n / $1, n / ($2 + $3 + 0.001), theirs / hz, $4 / 1024 }' "$folder/time"
}

row $((count / 10))
row "$count"
