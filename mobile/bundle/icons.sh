#!/usr/bin/env bash
# Draws the PNG icons from mobile/web/icon.svg, after a change of it. Needs chromium.
set -euo pipefail
cd "$(dirname "$0")/../web"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
draw() { # size, file, css of the picture
  printf '<style>*{margin:0}body{width:%spx;height:%spx;%s}img{display:block;%s}</style><img src="%s/icon.svg">' "$1" "$1" "$3" "$4" "file://$PWD" > "$work/icon.html"
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --default-background-color=00000000 --user-data-dir="$work/profile" --screenshot="$PWD/$2" \
    --window-size="$1,$1" "file://$work/icon.html" >/dev/null 2>&1
}
draw 192 icon-192.png "" "width:192px"
draw 512 icon-512.png "" "width:512px"
draw 180 icon-180.png "background:#0c5b52" "width:180px"
draw 512 icon-maskable-512.png "background:#0c5b52" "width:410px;padding:51px"
