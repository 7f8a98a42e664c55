# What tests of reading Cloud Logging share: a client of the stand-in whose clock no test waits for.

# live_setup OPTION...: a stand-in with these options, and the program's environment for it.
live_setup() {
	start_standin --now 2026-01-02T00:00:00Z --clock halt --open "$@"
	export CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING=$standin_url FIVEWHYS_ACCESS_TOKEN=not-a-real-token-0001
	export FIVEWHYS_TEST_CLOCK=2026-01-02T00:00:00Z
	unset FIVEWHYS_TEST_TIMEOUT FIVEWHYS_PROJECT GOOGLE_CLOUD_PROJECT https_proxy HTTPS_PROXY http_proxy ALL_PROXY
	db=$XDG_STATE_HOME/fivewhys/history.db
}

teardown() {
	stop_standin
}

pull() {
	"$FIVEWHYS" pull --project demo-project "$@"
}

query() {
	sqlite3 "$db" "$1"
}

# What is in the store, without what depends on the way there.
stored() {
	query "SELECT n.name, time, insert_id, severity, trace, http_status, text FROM entries LEFT JOIN names n
		ON n.id = log_id ORDER BY time, insert_id, n.name"
}

# keys: times and insertIds in the store; expected JQ: those of the stand-in's entries for which JQ holds.
keys() {
	query 'SELECT insert_id FROM entries WHERE insert_id IS NOT NULL ORDER BY 1'
}

expected() {
	control entries | jq -r "select(${1:-true}) | .insertId" | LC_ALL=C sort
}

same() {
	diff <(keys) <(expected "$@")
}

bodies() {
	control requests | jq -r '.[] | select(.path == "/v2/entries:list") | .body'
}
