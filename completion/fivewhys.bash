# Completion of fivewhys for bash: the program itself says what may follow.
_fivewhys() {
	local line current=${COMP_WORDS[COMP_CWORD]}

	# "--format=md" is three words here, of which the last is completed
	[ "$current" != = ] || current=
	COMPREPLY=()
	while IFS= read -r line; do
		if [ "$line" = :files ]; then
			compopt -o filenames 2>/dev/null || :
			while IFS= read -r line; do
				COMPREPLY+=("$line")
			done < <(compgen -f -- "$current")
		else
			printf -v line %q "${line%%$'\t'*}"
			COMPREPLY+=("$line")
		fi
	done < <(command fivewhys completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _fivewhys fivewhys
