# kouan: completion for bash. The program cuts the line itself, and returns what bash inserts in place
# of $2, quoted.
_kouan() {
    local reply
    COMPREPLY=()
    while IFS= read -r reply; do
        COMPREPLY+=("$reply")
    done < <(KOUAN_COMPLETE=bash kouan -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[=/:] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -o nosort -F _kouan kouan 2>/dev/null || complete -o bashdefault -F _kouan kouan
