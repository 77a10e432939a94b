#compdef zoetrope
# Completion of zoetrope for zsh. In ~/.zshrc, after compinit: source <(zoetrope completion zsh)
_zoetrope() {
    local line word meaning
    local -a words_ meanings names names_meanings
    for line in "${(@f)$("${(Q)words[1]}" __complete zsh "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -z $line ]] && continue
        word=${line%%$'\t'*}
        meaning=$word
        [[ $line == *$'\t'* ]] && meaning="$word  -- ${line#*$'\t'}"
        # The value of NAME= follows it.
        if [[ $word == *= ]]; then
            names+=("$word")
            names_meanings+=("$meaning")
        else
            words_+=("$word")
            meanings+=("$meaning")
        fi
    done
    if (( $#words_ + $#names == 0 )); then
        _files
        return
    fi
    (( $#words_ )) && compadd -l -d meanings -a words_
    (( $#names )) && compadd -l -S '' -d names_meanings -a names
    return 0
}
if [[ $funcstack[1] == _zoetrope ]]; then
    _zoetrope "$@"
else
    compdef _zoetrope zoetrope
fi
