load common

# words WORD...: what may stand in place of the last one
words() {
	run --separate-stderr "$FIVEWHYS" completion words -- "$@"
	[ "$status" = 0 ] && [ -z "$stderr" ] || return 1
	offered=$(cut -f 1 <<<"$output" | tr '\n' ' ')
}

# type_into LINE SHELL...: type it, as at a terminal, and wait for the end of the shell.
type_into() {
	command -v python3 >/dev/null || skip 'python3 is missing'
	python3 - "$@" <<-'END'
		import os, pty, sys
		pid, fd = pty.fork()
		if pid == 0:
		    os.execvp(sys.argv[2], sys.argv[2:])
		os.write(fd, sys.argv[1].encode())
		try:
		    while os.read(fd, 4096):
		        pass
		except OSError:
		    pass
		os.waitpid(pid, 0)
	END
}

# The program is found by its name, as the scripts ask for it.
named() {
	mkdir -p bin
	ln -s "$FIVEWHYS" bin/fivewhys
	export PATH=$PWD/bin:$PATH HOME=$PWD HISTFILE= TERM=dumb
}

@test "commands are completed with what they do, and what is no command with nothing" {
	words ''
	for command in $("$FIVEWHYS" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
		[[ " $offered" == *" $command "* ]] || return 1
	done
	words publ
	[ "$output" = "publish"$'\t'"Tell a build and its pull request what a run says" ]
	words nonsense ''
	[ -z "$output" ]
}

@test "options are those of --help, of each command" {
	for command in $("$FIVEWHYS" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
		words "$command" --
		[ "$offered" = "$("$FIVEWHYS" "$command" --help | grep -oE '^  (-.,|   ) --[a-z-]+' | sed 's/.* --/--/' | tr '\n' ' ')" ]
	done
}

@test "values of a closed list are those that the help tells, whichever way they are typed" {
	words triage --format ''
	[ "$offered" = 'text md html json sarif junit codequality github ' ]
	words diff -f ''
	[ "$offered" = 'text md json ' ]
	words show --color = a
	[ "$offered" = 'auto always ' ]
	words show --color =
	[ "$offered" = 'auto always never ' ]
	words show --color=n
	[ "$offered" = '--color=never ' ]
	words triage --fail-on incident,u
	[ "$offered" = 'incident,unknown ' ]
	words list --state n
	[ "$output" = $'new\nnot reached' ]
}

@test "files are left to the shell, and so is the command of run" {
	for line in 'triage ' 'triage -o ' 'publish --output ' 'rules check ' 'triage --rules ' 'run -- ls '; do
		words ${line% } ''
		[ "$output" = :files ] || return 1
	done
	words show ''
	[ -z "$output" ]
	words triage --label ''
	[ -z "$output" ]
	words rules s
	[ "$offered" = 'show suggest stats ' ]
}

@test "what is offered ends as text of one line each, whatever is typed" {
	words triage $'--format=\033[31m\n'
	[ -z "$output" ]
	words triage --fail-on $'\033,inc'
	[ -z "$output" ] || [ "$(wc -l <<<"$output")" = 1 ]
}

@test "bash completes at a terminal" {
	named
	"$FIVEWHYS" completion bash >script.bash
	bash -n script.bash
	type_into $'fivewhys comple\tf\t > out; exit\n' bash --noprofile --rcfile script.bash -i
	cmp out "$TOP_SRCDIR/completion/fivewhys.fish"
	type_into $'fivewhys config --show-or\t > out; exit\n' bash --noprofile --rcfile script.bash -i
	grep -q . out
}

@test "bash: files, and values behind an equals sign" {
	named
	touch 'a file.log'
	. "$TOP_SRCDIR/completion/fivewhys.bash"
	COMP_WORDS=(fivewhys triage a) COMP_CWORD=2
	_fivewhys
	[ "${COMPREPLY[0]}" = 'a file.log' ]
	COMP_WORDS=(fivewhys list --state = no) COMP_CWORD=4
	_fivewhys
	[ "${#COMPREPLY[@]}" = 1 ]
	[ "${COMPREPLY[0]}" = 'not\ reached' ]
}

@test "zsh completes at a terminal" {
	command -v zsh >/dev/null || skip 'zsh is not installed'
	named
	type_into "fpath=('$TOP_SRCDIR/completion' \$fpath); autoload -U compinit; compinit -u -D"$'\nfivewhys comple\tf\t > out; exit\n' zsh -f -i
	cmp out "$TOP_SRCDIR/completion/fivewhys.fish"
}

@test "fish completes" {
	command -v fish >/dev/null || skip 'fish is not installed'
	named
	run fish --no-config -c "source '$TOP_SRCDIR/completion/fivewhys.fish'; complete -C 'fivewhys diff --format '"
	[ "$(tr '\n' ' ' <<<"$output")" = 'json md text ' ]
	run fish --no-config -c "source '$TOP_SRCDIR/completion/fivewhys.fish'; complete -C 'fivewhys publi'"
	[ "$output" = "publish"$'\t'"Tell a build and its pull request what a run says" ]
}

@test "completion is for three shells, and says so" {
	for shell in bash zsh fish; do
		run "$FIVEWHYS" completion "$shell"
		expect 0 'fivewhys completion words'
	done
	run "$FIVEWHYS" completion tcsh
	expect 2 'bash, zsh and fish'
	run "$FIVEWHYS" completion
	expect 2 'bash, zsh and fish'
}
