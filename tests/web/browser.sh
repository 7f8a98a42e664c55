#!/bin/sh
# The pages in a real browser. It needs node, npm with its registry, and chromium, and says what it
# misses; .ci/run installs what can be installed.
set -u
place=$TOP_BUILDDIR/tests/web
server=

leave_out() {
	echo "1..0 # SKIP $1"
	exit 0
}

stop() {
	[ -z "$server" ] || kill "$server" 2>/dev/null
	rm -rf "$data"
}

for program in node npm chromium; do
	command -v "$program" >/dev/null || leave_out "$program is not installed"
done
mkdir -p "$place" || exit 99
if ! cmp -s "$TOP_SRCDIR/tests/web/package.json" "$place/installed.json"; then
	cp "$TOP_SRCDIR/tests/web/package.json" "$place/package.json" && chmod u+w "$place/package.json"
	(cd "$place" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts) \
		>"$place/npm.log" 2>&1 || leave_out 'npm cannot install what the test needs'
	cp "$place/package.json" "$place/installed.json"
fi
cp -f "$TOP_SRCDIR/tests/web/browser.mjs" "$place/" || exit 99

data=$(mktemp -d "$place/data.XXXXXX") || exit 99
trap stop EXIT
trap 'exit 1' HUP INT TERM
cd "$data" || exit 99
HOME=$data XDG_STATE_HOME=$data XDG_CONFIG_HOME=$data
export HOME XDG_STATE_HOME XDG_CONFIG_HOME
for sample in nothing-failed crash-loop-503 silent-agent-pipeline websocket-403-secret \
	silent-agent-pipeline; do
	label=$((${label:-0} + 1))
	"$FIVEWHYS" triage -q --db h.db --label "run $label <b>" "$TOP_SRCDIR/samples/$sample" \
		>/dev/null || exit 99
done
"$FIVEWHYS" export site --db h.db || exit 99
timeout 300 "$FIVEWHYS" serve --db h.db --listen 127.0.0.1:0 >url 2>log &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ -s url ] || sleep 0.5
done
if grep -q 'built without a server' log; then
	leave_out 'built without libmicrohttpd'
fi
timeout 280 node "$place/browser.mjs" "$(cat url)" "$data/site" "$(command -v chromium)"
