#compdef kouan
# kouan: completion for zsh, which quotes what it inserts by itself.
_kouan() {
    local value help
    local -a values shown open opened
    while IFS=$'\t' read -r value help; do
        if [[ $value == *[=/:] ]]; then
            open+=("$value") opened+=("$value${help:+  -- $help}")
        else
            values+=("$value") shown+=("$value${help:+  -- $help}")
        fi
    done < <(KOUAN_COMPLETE=zsh kouan -- "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    if compset -P '\~/'; then
        values=("${values[@]#\~/}") open=("${open[@]#\~/}")
    fi
    compadd -V kouan -l -d shown -a -- values
    compadd -V kouan -l -d opened -S '' -a -- open
}
compdef _kouan kouan
