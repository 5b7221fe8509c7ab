# kouan: completion for bash, which also cuts words at : and =. The program is asked about whole
# words, and bash is given of each answer what comes after its own cut.
_kouan() {
    local IFS=$'\013' words=() rest=${COMP_LINE:0:COMP_POINT} left word i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        left=${rest#"${rest%%[![:space:]]*}"}
        word=${COMP_WORDS[i]}
        ((i < COMP_CWORD)) || word=$left
        if ((i > 0)) && [[ -n $rest && $left == "$rest" ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
        rest=${left#"${COMP_WORDS[i]}"}
    done
    local last=$((${#words[@]} - 1)) space=true
    # $2 is what bash completes: a word without the quotation mark that opened it.
    [[ ${words[last]} == [\"\']* ]] && words[last]=$2
    local cut=${words[last]%"$2"}
    compopt +o nospace 2>/dev/null && space=false
    COMPREPLY=($(
        _CLAP_IFS=$IFS _CLAP_COMPLETE_INDEX=$last _CLAP_COMPLETE_SPACE=$space \
            _CLAP_COMPLETE_COMP_TYPE=$COMP_TYPE KOUAN_COMPLETE=bash kouan -- "${words[@]}"
    )) || { unset COMPREPLY; return; }
    [[ $space == false && ${COMPREPLY-} =~ [=/:]$ ]] && compopt -o nospace
    COMPREPLY=("${COMPREPLY[@]#"$cut"}")
}
complete -o nospace -o bashdefault -o nosort -F _kouan kouan 2>/dev/null ||
    complete -o nospace -o bashdefault -F _kouan kouan
