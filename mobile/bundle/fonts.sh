#!/usr/bin/env bash
# Cuts the app's two font weights out of IBM Plex Sans Arabic: the letters of Arabic, Kurdish and Persian, Latin with Turkish, digits of
# three scripts, and the marks that texts use. Whatever else is typed comes from the system. Run after a change of that choice; needs
# npm and python3. The licence wants another name for a changed font (OFL, fonts/LICENSE.txt): it is called Sada Arabic.
set -euo pipefail
cd "$(dirname "$0")/../web/fonts"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" @fontsource/ibm-plex-sans-arabic@5.3.0
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet fonttools==4.68.0 brotli==1.2.1
from=$work/node_modules/@fontsource/ibm-plex-sans-arabic
arabic=U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0654-0655,U+0660-066C,U+0670-0671,U+067E,U+0686,U+0695,U+0698,U+06A4,U+06A9,U+06AF,U+06B5,U+06BE,U+06C6,U+06CC,U+06CE,U+06D5,U+06F0-06F9,U+200C-200F
latin=U+0020-007E,U+00A0-00FF,U+0131,U+2013-2014,U+2018-201E,U+2022,U+2026,U+2032
cut() { # script, weight, letters, layout features
  "$work/python/bin/pyftsubset" "$from/files/ibm-plex-sans-arabic-$1-$2-normal.woff2" --unicodes="$3" --layout-features="$4" --name-IDs=0,13,14 \
    --no-hinting --desubroutinize --flavor=woff2 --output-file="sada-$1-$2.woff2"
}
for weight in 400 700; do
  cut arabic $weight $arabic '*'
  cut latin $weight $latin kern,liga,locl,ccmp,tnum,mark
done
cp "$from/LICENSE" LICENSE.txt
