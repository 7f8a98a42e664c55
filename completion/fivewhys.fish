# Completion of fivewhys for fish: the program itself says what may follow.
function __fivewhys_words
    set -l words (commandline -opc) (commandline -ct)
    for line in (command fivewhys completion words -- $words[2..-1] 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path (commandline -ct)
        else
            printf '%s\n' "$line"
        end
    end
end
complete -c fivewhys -f -a '(__fivewhys_words)'
