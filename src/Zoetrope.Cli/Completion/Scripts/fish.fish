# Completion of zoetrope for fish: zoetrope completion fish > ~/.config/fish/completions/zoetrope.fish
function __zoetrope_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l found ($before[1] __complete fish $before[2..-1] "$current" 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path "$current"
    end
end
complete -c zoetrope -f -a '(__zoetrope_complete)'
