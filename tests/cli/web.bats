load common

# A server of h.db in the background, which ends by itself.
serve() {
	if timeout 60 "$FIVEWHYS" serve --listen nonsense --db h.db 2>&1 | grep -q 'built without a server'; then
		skip 'built without libmicrohttpd'
	fi
	command -v curl >/dev/null || skip 'curl is not installed'
	timeout 120 "$FIVEWHYS" serve --db h.db --listen 127.0.0.1:0 "$@" >url 2>log 3>&- &
	server=$!
	for _ in $(seq 200); do
		[ -s url ] && break
		sleep 0.05
	done
	url=$(cat url)
	[[ $url == http://127.0.0.1:*/ ]]
	port=${url#http://127.0.0.1:}
	port=${port%/}
}

teardown() {
	if [ -n "${server:-}" ]; then
		kill "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
}

# status CURL-OPTION...: the status of a request
status() {
	curl -s -m 30 -o body -D head -w '%{http_code}' "$@"
}

# One run of the shipped incident, under a label.
silent() {
	"$FIVEWHYS" triage -q --db h.db --label "$1" $silent >/dev/null
}

@test "a server shows the history, in pages and as JSON" {
	silent one
	silent two
	serve
	[ "$(status "$url")" = 200 ]
	grep -q '<h1>1 incident is open</h1>' body
	[ "$(status "${url}incidents/1")" = 200 ]
	grep -q 'id="why-1"' body
	[ "$(curl -s "${url}incidents?format=json" | jq -c '[.incidents[].id], .next')" = '[1]
null' ]
	"$FIVEWHYS" show 1 --db h.db -f json >shown.json
	curl -s "${url}incidents/1?format=json" | cmp - shown.json
	[ "$(curl -s "${url}runs?format=json" | jq -c '[.runs[].label]')" = '["two","one"]' ]
	[ "$(curl -s "${url}compare/1-2?format=json" | jq -c '[.causes[].change]')" = '["same"]' ]
	[ "$(curl -s "${url}search?q=database+manager&format=json" | jq -c '[.matches[].id]')" = '[1]' ]
	[ "$(curl -s "${url}causes?format=json" | jq -c '[.causes[] | [.cause, .seen]]')" = '[["database.db-manager-not-initialised",[1,1]]]' ]
}

@test "every answer forbids scripts, frames, and keeping" {
	silent one
	serve
	for path in '' incidents/1 nope '%zz'; do
		curl -s -D head -o /dev/null "$url$path"
		grep -qi "^content-security-policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" head
		grep -qi '^x-content-type-options: nosniff' head
		grep -qi '^referrer-policy: no-referrer' head
		grep -qi '^cache-control: no-store' head
	done
}

@test "what is no page is not found, and what is no address is refused" {
	silent one
	serve
	for path in nope incidents/2 incidents/01 runs/9 rules/no.such ../h.db %2e%2e/h.db h.db templates/web.css; do
		[ "$(status --path-as-is "$url$path")" = 404 ]
		grep -q '<h1>There is no such page</h1>' body
		lacks 'h\.db' <body
	done
	for path in %00 incidents?before=x %ff 'search?q=%c3'; do
		[ "$(status "$url$path")" = 400 ]
	done
	[ "$(status "$url$(printf 'a%.0s' $(seq 5000))")" = 414 ]
}

@test "a server only shows: other methods are refused, and HEAD has no body" {
	silent one
	serve
	for method in POST PUT DELETE PATCH OPTIONS TRACE; do
		[ "$(status -X "$method" "$url")" = 405 ]
		grep -qi '^allow: GET, HEAD' head
	done
	[ "$(status -d 'q=x' "${url}login")" = 405 ]
	[ "$(status -I "$url")" = 200 ]
	[ "$(curl -sI "$url" | wc -c)" -gt 100 ]
}

@test "a page of another site cannot ask through a name of its own" {
	silent one
	serve --name history.example.com
	for host in evil.example.com "127.0.0.1.example.com:$port" 192.0.2.1 ''; do
		[ "$(status -H "Host: $host" "$url")" != 200 ]
		lacks 'database' <body
	done
	for host in localhost "LOCALHOST:$port" '[::1]:1' "history.example.com:$port"; do
		[ "$(status -H "Host: $host" "$url")" = 200 ]
	done
}

@test "others are let in with a token only, which is never on the command line" {
	silent one
	run timeout 60 "$FIVEWHYS" serve --db h.db --listen 0.0.0.0:0
	[ "$status" = 2 ]
	[[ $output == *"FIVEWHYS_WEB_TOKEN"* ]] || [[ $output == *"built without a server"* ]]
	export FIVEWHYS_WEB_TOKEN=sesame-EXAMPLE
	serve
	[ "$(status "$url")" = 401 ]
	lacks 'database' <body
	grep -q 'type="password"' body
	[ "$(status "${url}incidents/1?format=json")" = 401 ]
	[ "$(status "${url}style.css")" = 200 ]
	[ "$(status -H 'Authorization: Bearer wrong' "$url")" = 401 ]
	[ "$(status -H 'Authorization: Bearer sesame-EXAMPLE' "$url")" = 200 ]
	[ "$(status -d 'token=wrong' "${url}login")" = 401 ]
	grep -q 'That is not the token' body
	[ "$(status -d "token=$(printf 'a%.0s' $(seq 5000))" "${url}login")" = 401 ]
	[ "$(status -c jar -d 'token=sesame-EXAMPLE' "${url}login")" = 303 ]
	grep -qi '^set-cookie: fivewhys=[0-9a-f]*; Path=/; HttpOnly; SameSite=Lax' head
	lacks 'sesame' <jar
	[ "$(status -b jar "$url")" = 200 ]
	grep -q 'database.db-manager-not-initialised\|Nothing initialises' body
}

@test "200 clients that say nothing do not keep another waiting" {
	silent one
	serve
	for _ in $(seq 200); do
		exec {fd}<>"/dev/tcp/127.0.0.1/$port"
		printf 'GET / HTTP/1.1\r\nHost: loc' >&"$fd"
	done
	[ "$(status "$url")" = 200 ]
	[ "$(ls "/proc/$(pgrep -P "$server")/fd" | wc -l)" -ge 200 ]
}

@test "a server ends when it is told to, with status 0" {
	silent one
	serve
	kill -TERM "$(pgrep -P "$server")"
	wait "$server"
	server=
}

@test "an address that is none, or is taken, is told" {
	silent one
	serve
	for address in 127.0.0.1 example.com:80 127.0.0.1:x 127.0.0.1:99999 '[::1'; do
		run timeout 60 "$FIVEWHYS" serve --db h.db --listen "$address"
		[ "$status" = 2 ]
		[[ $output == *"--listen is an address and a port"* ]]
	done
	run timeout 60 "$FIVEWHYS" serve --db h.db --listen "127.0.0.1:$port"
	[ "$status" = 3 ]
	[[ $output == *"cannot listen on 127.0.0.1:$port"* ]]
	run timeout 60 "$FIVEWHYS" serve --db none.db
	[ "$status" = 3 ]
	[ ! -e none.db ]
}

@test "data that are old are told in a server, and in no export" {
	silent one
	serve
	curl -s "$url" | grep -q 'These data are old'
	"$FIVEWHYS" export site --db h.db
	cat site/*.html | lacks 'These data are old'
	kill "$server"
	wait "$server" || true
	: >url
	serve --stale 0
	curl -s "$url" | lacks 'These data are old'
}

@test "an export has the same bytes twice, and every link in it leads to a file" {
	silent one
	silent two
	"$FIVEWHYS" export first --db h.db
	"$FIVEWHYS" export second --db h.db
	diff -r first second
	[ "$(find first/incidents -type f | wc -l)" = 1 ]
	[ -e first/compare/1-2.html ]
	grep -Ro '\(href\|src\)="[^"#][^"#]*' --include='*.html' first | sed 's|[^/]*:[a-z]*="||' | sort -u >links
	[ "$(wc -l <links)" -gt 500 ]
	while read -r link; do [ -e "$link" ] || echo "$link"; done <links >broken
	[ ! -s broken ] || { head -n 5 broken; false; }
}

@test "a list goes on where a page ends, in a server and in an export" {
	silent one
	for i in $(seq 2 52); do
		echo "id $i" >"note-$i.log"
		"$FIVEWHYS" triage -q --db h.db --label "r$i" "note-$i.log" --allow-empty >/dev/null
	done
	serve
	next=$(curl -s "${url}runs?format=json" | jq -r .next)
	[ "$next" = 3 ]
	[ "$(curl -s "${url}runs?format=json&before=$next" | jq -c '[.runs[].id], .next')" = '[2,1]
null' ]
	curl -s "${url}runs" | grep -q "href=\"?before=3\""
	"$FIVEWHYS" export site --db h.db
	grep -q 'href="runs-2.html"' site/runs.html
	grep -q 'runs/1.html' site/runs-2.html
}

@test "an export that cannot be written is told, and wants one folder" {
	silent one
	run "$FIVEWHYS" export --db h.db
	[ "$status" = 2 ]
	: >taken
	run "$FIVEWHYS" export taken --db h.db
	[ "$status" = 3 ]
}

@test "log text is escaped wherever it lands in an export" {
	evil='<script>alert(1)</script>'
	sed "s|TimeoutError|TimeoutError $evil|" "$samples/silent-agent-pipeline/transcript.txt" >'<img>.txt'
	"$FIVEWHYS" triage -q --db h.db --label "$evil" --branch '"><img src=x>' ./*.txt "$samples/silent-agent-pipeline/cloud-log.json" >/dev/null
	"$FIVEWHYS" export site --db h.db
	find site -name '*.html' -exec cat {} + | lacks '<script|<img'
	grep -q '&lt;script&gt;' site/runs/1.html
}
