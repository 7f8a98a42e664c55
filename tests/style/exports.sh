#!/bin/sh
# What a file exports begins with the name of the file, of its first word, or of its folder.
. "$TOP_SRCDIR/tests/style/tap.sh"
cd "$TOP_BUILDDIR/src" || exit 99

# In model/ the nouns are many and small: names begin with the noun they are about.
nouns='incident|entry|severity|outcome|cause|basis|verdict|finding'

foreign() {
	for object in */*.o */*/*.o; do
		[ -f "$object" ] || continue
		file=$(basename "$object" .o)
		folder=$(basename "$(dirname "$object")") room=${object%%/*}
		allowed="$file|${file}s|${file%%_*}|$folder|$room|${room}s"
		[ "$room" = model ] && allowed="$allowed|$nouns"
		nm -g --defined-only "$object" | awk '{ print $3 }' |
			grep -Ev "^($allowed)(_|\$)|^(__|_)(a|ub|san|gcov|odr|sancov)|^\.?__?(asan|ubsan|sanitizer|start|stop)" |
			sed "s|^|$object: |"
	done
}

# By the text: what the compiler inlines is in no object.
statics() {
	cat "$TOP_SRCDIR"/src/*/*.c "$TOP_SRCDIR"/src/*/*/*.c | awk '
		/^static .*[a-z_]\(/ { last = "static" }
		/^[a-z].*[a-z_0-9]\(/ && !/^static/ { last = "global" }
		/^{$/ && last { count[last]++; last = "" }
		END { if (count["static"] < count["global"])
			print count["static"] " static functions, " count["global"] " global ones" }'
}

any() {
	[ -n "$(find . -name '*.o' | head -n 1)" ] || echo 'no object files found'
}

check 'there are objects to look at' any
check 'a file exports only names that begin with its own or its folder'"'"'s name' foreign
check 'at least half of all functions are static' statics
finish
