# kouan: completion for fish, which quotes what it inserts by itself.
complete --keep-order --exclusive --command kouan --arguments "(KOUAN_COMPLETE=fish kouan -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor | string unescape) 2>/dev/null)"
