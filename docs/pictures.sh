#!/usr/bin/env bash
# Makes the pictures of README and guide from a real terminal: Xfce's on a virtual screen, with a Chinese
# monospace font, dark and light, some weeks of made-up work in the journal. Needs kouan built in release
# (or KOUAN=path/to/kouan), and Debian's packages xfce4-terminal, xvfb, xdotool, imagemagick, pngquant,
# fonts-noto-cjk and fonts-dejavu-core.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in xfce4-terminal Xvfb xdotool import convert pngquant; do
    command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 1; }
done
kouan=${KOUAN:-$PWD/target/release/kouan}
folder=${PICTURES:-docs}
[ -x "$kouan" ] || { echo 'first: cargo build --release' >&2; exit 1; }

home=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$home"' EXIT
export HOME=$home KOUAN_DATA_DIR=$home/data XDG_STATE_HOME=$home/state XDG_CONFIG_HOME=$home/config
export TZ=CST-8 LANG=C.UTF-8 LC_ALL=C.UTF-8 KOUAN_SESSION=picture NO_AT_BRIDGE=1
unset KOUAN_CONFIG

# did DAY WHO COMMAND…: one change of the made-up weeks.
did() {
    local day=$1 who=$2
    shift 2
    KOUAN_CLOCK="2025-${day}T10:12:00+08:00" KOUAN_BY=$who "$kouan" "$@" >/dev/null
}
did 11-03 张三 set 1.1 --status doing --due 2025-11-20 --owner '王五 8888'
did 11-04 李四 set 2.1 --due 2025-11-28 --owner 赵六
did 11-05 李四 set 1.2 --status done
did 11-05 李四 set 3.1 --status done
did 11-06 李四 set 3.1 --status closed
did 11-10 张三 set 4.1 --status ongoing
did 11-11 张三 set 5.1 --status doing --due 2025-12-31 --owner 钱七
did 11-12 王五 set 6.1 --status doing --due 2025-12-15
did 11-13 王五 set 7.1 --status doing --due 2025-11-30 --owner 孙八
did 11-14 张三 set 8.1 --status blocked --due 2025-11-29 --remark 铁路运单电子化接口尚未开通 --kind problem
did 11-17 李四 set 9.1 --status doing --due 2026-03-31
did 11-18 李四 check 10.2 11.1 13.1 15.1
did 11-19 王五 set 16.3 --status blocked --due 2025-11-15 --remark 等待海关总署部署 --kind problem
did 11-20 王五 set 1.1 --remark '企业反映“鉴定检验”用时仍偏长，已约 12 月 2 日现场查看' --kind problem
did 11-21 张三 set 18.2 --status dropped --remark 机构改革后不再承担 --kind progress
did 11-24 李四 check 12.1 19.1 20.2
export KOUAN_CLOCK=2025-11-27T09:30:00+08:00 KOUAN_BY=张三

# The server picks a free display and says which once it is ready; it stays when a window goes.
mkfifo "$home/display"
Xvfb -displayfd 3 -noreset -screen 0 1600x1100x24 3>"$home/display" >/dev/null 2>&1 &
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
    convert "$home/now.png" -bordercolor black -border 1 -trim +repage -strip "$home/cut.png"
    pngquant --force --speed 1 --output "$1" 32 "$home/cut.png"
}

# picture NAME dark|light COLUMNSxROWS KEY…
picture() {
    local name=$1 ground=$2 size=$3 back='#15191e' front='#d8dee9'
    shift 3
    [ "$ground" = dark ] || { back='#ffffff' front='#1b1f24'; }
    rm -rf "$XDG_STATE_HOME/kouan/state"*
    xfce4-terminal --disable-server --title kouan --hide-menubar --hide-borders --hide-scrollbar \
        --font 'Noto Sans Mono CJK SC 12' --geometry "$size+0+0" --color-bg "$back" --color-text "$front" \
        --command "$kouan --lang zh-CN" >/dev/null 2>&1 &
    local terminal=$!
    until xdotool search --name '^kouan$' >/dev/null 2>&1; do sleep 0.1; done
    # Without a window manager the keys go where the pointer is.
    xdotool mousemove 300 300
    still "$home/first.png"
    for key in "$@"; do
        case $key in
        :*) xdotool type --delay 40 "${key#:}" ;;
        *) xdotool key "$key" ;;
        esac
        sleep 0.4
    done
    still "$folder/$name.png"
    kill "$terminal"
    wait "$terminal" 2>/dev/null || true
    echo "$folder/$name.png"
}

if [ "${1:-}" = one ]; then
    shift
    picture "$@"
    exit
fi
for ground in dark light; do
    picture "$ground" "$ground" 110x30 j j
    picture "meeting-$ground" "$ground" 100x26 m
    picture "units-$ground" "$ground" 110x28 t
    picture "popup-$ground" "$ground" 100x26 j j s Down Down Down Down
done
