#!/usr/bin/env bash
# Measures kouan beside its peers and prints one Markdown table, for docs/speed.md.
# Installs from Debian's packages what is missing, builds kouan in release, writes the data below
# target/peers (a real disk, for fsync), checks the meter, measures: about a quarter of an hour. Let
# nothing else run meanwhile. KOUAN_RUNS=3, KOUAN_SIZES=42,10000 and KOUAN_ONLY=kouan,vim make it
# shorter.
set -euo pipefail
cd "$(dirname "$0")/.."

# What each command comes in; emacs-nox and taskwarrior have other names than their commands.
declare -A packages=([hnb]=hnb [tudu]=tudu [vim]=vim [fzf]=fzf [task]=taskwarrior [emacs]=emacs-nox)
missing=()
for command in "${!packages[@]}"; do
    command -v "$command" >/dev/null || missing+=("${packages[$command]}")
done
if [ "${#missing[@]}" -gt 0 ]; then
    run=()
    [ "$(id -u)" = 0 ] || run=(sudo -n)
    # One that cannot be had is left out of the table, not a reason to measure nothing.
    { "${run[@]}" apt-get update -qq && "${run[@]}" apt-get install -y -qq "${missing[@]}"; } >&2 ||
        echo "could not install: ${missing[*]}" >&2
fi

cargo build --quiet --release
target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target/peers"
# The meter looks at bytes only when the program is silent, so it need not be optimised.
cargo bench --quiet --profile dev --bench peers -- \
    measure "$(realpath "$target/release/kouan")" "$(realpath "$target/peers")"
