#!/usr/bin/env bash
# Measures kouan beside its peers and prints Markdown tables, for docs/speed.md.
# Installs what is missing (from Debian's packages, from PyPI and crates.io below target/tools), builds kouan in
# release, writes the data below target/peers (a real disk, for fsync), checks the meter, measures: about a
# quarter of an hour. Let nothing else run meanwhile. KOUAN_RUNS=3, KOUAN_SIZES=42,10000 and
# KOUAN_ONLY=kouan,vim make it shorter.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
mkdir -p "$target/peers" "$target/tools"
export PATH=$PATH:$target/tools/bin:$target/tools/dooit/bin

# What each command comes in; emacs-nox and taskwarrior have other names than their commands.
declare -A packages=([hnb]=hnb [tudu]=tudu [vim]=vim [fzf]=fzf [task]=taskwarrior [emacs]=emacs-nox)
missing=()
for command in "${!packages[@]}"; do
    command -v "$command" >/dev/null || missing+=("${packages[$command]}")
done
# One that cannot be had is left out of the table, not a reason to measure nothing.
attempt() { "$@" >&2 || echo "failed, left out: $*" >&2; }
if [ "${#missing[@]}" -gt 0 ]; then
    run=()
    [ "$(id -u)" = 0 ] || run=(sudo -n)
    attempt "${run[@]}" apt-get update -qq
    attempt "${run[@]}" apt-get install -y -qq "${missing[@]}"
fi
command -v dooit >/dev/null || {
    attempt python3 -m venv "$target/tools/dooit"
    attempt "$target/tools/dooit/bin/pip" install --quiet dooit
}
command -v taskwarrior-tui >/dev/null || attempt cargo install --quiet --locked --root "$target/tools" taskwarrior-tui
command -v checklist >/dev/null || attempt cargo install --quiet --locked --root "$target/tools" checklist-tui

cargo build --quiet --release
kouan=$target/release/kouan
# The meter looks at bytes only when the program is silent, so it need not be optimised.
peers() { cargo bench --quiet --profile dev --bench peers -- "$@" "$kouan" "$target/peers"; }
peers measure
echo
KOUAN_SIZES=42 peers many
