#!/bin/sh
# Rooms include downwards only, with the folder; private headers stay in their room.
. "$TOP_SRCDIR/tests/style/tap.sh"
cd "$TOP_SRCDIR/src" || exit 99
rooms='base template model source cloud store rule match reason render publish web cmd'

rank() {
	n=0
	for room in $rooms; do
		n=$((n + 1))
		[ "$room" = "$1" ] && echo $n && return
	done
	echo "unknown-room-$1"
}

upward() {
	grep -Hn '^#include "' */*.[ch] */*/*.[ch] 2>/dev/null | while IFS=: read -r file line text; do
		header=$(printf '%s' "$text" | cut -d'"' -f2)
		own=${file%%/*} other=${header%%/*}
		[ "$(rank "$other")" -le "$(rank "$own")" ] 2>/dev/null ||
			echo "$file:$line: includes $header, which is above it"
	done
}

without_folder() {
	grep -Hn '^#include "[^/"]*"' main.c */*.[ch] */*/*.[ch] 2>/dev/null
}

private() {
	grep -Hn '^#include "' main.c */*.[ch] */*/*.[ch] 2>/dev/null | while IFS=: read -r file line text; do
		header=$(printf '%s' "$text" | cut -d'"' -f2)
		own=${file%%/*} other=${header%%/*}
		[ "$own" = "$other" ] || [ "$header" = "$other/$other.h" ] ||
			echo "$file:$line: $header is private to $other/"
	done
}

public_header() {
	for room in $rooms; do
		[ ! -d "$room" ] || [ -f "$room/$room.h" ] || echo "$room/ has no $room.h"
	done
}

check 'includes go down the list of rooms only' upward
check 'every include names its folder' without_folder
check 'a private header is included from its own room only' private
check 'every room has one public header, named like it' public_header
finish
