#!/usr/bin/env bash
# Makes the README's pictures from a real terminal: xterm on a virtual screen, in a dark and a light
# theme, a made-up week of work in the journal. Needs kouan built in release, and Debian's packages
# xterm, xvfb, xdotool, imagemagick, fonts-dejavu-core and fonts-noto-cjk.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in xterm Xvfb xdotool import convert; do
    command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 1; }
done
kouan=$PWD/target/release/kouan
[ -x "$kouan" ] || { echo 'first: cargo build --release' >&2; exit 1; }

home=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$home"' EXIT
export HOME=$home KOUAN_DATA_DIR=$home/data XDG_STATE_HOME=$home/state XDG_CONFIG_HOME=$home/config
export TZ=CST-8 LANG=C.UTF-8 LC_ALL=C.UTF-8 KOUAN_SESSION=picture
unset KOUAN_CONFIG

# did DAY WHO COMMAND…: one change of the made-up week.
did() {
    local day=$1 who=$2
    shift 2
    KOUAN_CLOCK="2025-11-${day}T10:12:00+08:00" KOUAN_BY=$who "$kouan" "$@" >/dev/null
}
did 17 张三 check 1.1
did 17 张三 set 1.2 --status doing --due 2025-12-31 --owner '王五 8888' --remark 已与企业对接，第一批箱位已划定
did 18 李四 check 2 3.1 5
did 18 李四 set 4.1 --status ongoing
did 19 李四 set 6.1 --status doing --due 2025-11-15 --remark 等待名单确认 --kind problem
did 20 张三 set 7.1 --status doing --due 2025-11-28
did 20 张三 check 8 11.1
did 21 王五 set 16.3 --status blocked --remark 等待海关总署部署 --kind problem
export KOUAN_CLOCK=2025-11-24T09:30:00+08:00 KOUAN_BY=张三

# The server picks a free display and says which once it is ready; it stays when a window goes.
mkfifo "$home/display"
Xvfb -displayfd 3 -noreset -screen 0 1400x900x24 3>"$home/display" >/dev/null 2>&1 &
read -r number <"$home/display"
export DISPLAY=:$number

# still FILE: takes the screen's picture once two in a row are the same.
still() {
    local before='' now
    while :; do
        import -silent -window root "$home/now.png"
        convert "$home/now.png" -depth 8 "rgb:$home/now.rgb"
        now=$(cksum <"$home/now.rgb")
        [ "$now" != "$before" ] || break
        before=$now
        sleep 0.3
    done
    convert "$home/now.png" -trim +repage -strip -colors 64 "PNG8:$1"
}

# picture NAME BACKGROUND FOREGROUND KEY…
picture() {
    local name=$1 back=$2 front=$3
    shift 3
    rm -rf "$XDG_STATE_HOME"
    xterm -T kouan -fa 'DejaVu Sans Mono' -fd 'Noto Sans Mono CJK SC' -fs 11 -geometry 112x30+0+0 -b 8 +sb -bg "$back" -fg "$front" \
        -xrm 'xterm*color4: #2f6fd0' -xrm 'xterm*color12: #5c8fe6' \
        -e "$kouan" --lang zh-CN --ambiguous-width narrow &
    local xterm=$!
    until xdotool search --name '^kouan$' >/dev/null 2>&1; do sleep 0.1; done
    # Without a window manager the keys go where the pointer is.
    xdotool mousemove 300 300
    still "$home/first.png"
    for key in "$@"; do
        xdotool key "$key"
        still "docs/$name.png"
    done
    kill "$xterm"
    wait "$xterm" 2>/dev/null || true
    echo "docs/$name.png"
}

picture dark '#101418' '#d8dee9' j j j
picture light '#ffffff' '#1b1f24' j j j
picture meeting '#ffffff' '#1b1f24' m
