#!/usr/bin/env bash
# Installs what building needs and this machine lacks, on Debian or a relative, as root or with sudo: ./setup.sh [demo|test|desktop]
# `test` adds what only the tests need (Chromium, a font to see Arabic with, Python, the linters, Rust for Android), `desktop` the webview.
# A second run finds everything there.
# Elsewhere, by hand: Rust from https://rustup.rs with `rustup target add wasm32-unknown-unknown` and
# `rustup component add rust-src`, clang and llvm-ar with the wasm32
# back end, OpenSSL's headers, brotli, Node 20 with npm, and for the tests Chromium at /usr/bin/chromium (or CHROMIUM=path).
set -euo pipefail
cd "$(dirname "$0")"
what=${1:-demo}
say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }
any() { for c in "$@"; do have "$c" && return 0; done; return 1; }

need=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -1)" = "$1" ]; }
rust_is_new_enough() { have cargo && have rustc && at_least "$need" "$(rustc --version | cut -d' ' -f2)"; }
wasm_from_rustup() {
  local d; d=$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) && [ -d "$d" ] &&
    [ -f "$(rustc --print sysroot)/lib/rustlib/src/rust/library/std/Cargo.toml" ]
}
wasm_from_debian() { [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -f /usr/lib/rustlib/src/rust/library/std/Cargo.toml ]; }

updated=
candidate() { apt-cache policy "$1" 2>/dev/null | grep 'Candidate: [0-9]' >/dev/null; }
update() {
  have apt-get || { echo "no apt-get here: install by hand what the head of setup.sh lists; missing: $*" >&2; exit 1; }
  as_root=; [ "$(id -u)" = 0 ] || as_root=sudo
  [ -n "$updated" ] || { say "apt-get update"; $as_root apt-get update -qq; updated=yes; }
}
install() {
  [ $# -gt 0 ] || return 0
  update "$@"
  say "apt-get install $*"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}
newest() { for v in 22 21 20 19; do candidate "$1-$v" && { echo "$1-$v"; return; }; done; echo "$1"; }

packages=()
have cc && have make || packages+=(build-essential)
have pkg-config || packages+=(pkg-config)
[ -f /usr/include/openssl/ssl.h ] || packages+=(libssl-dev)
[ -f /etc/ssl/certs/ca-certificates.crt ] || packages+=(ca-certificates)
have brotli || packages+=(brotli)
have git || packages+=(git)
have node || packages+=(nodejs)
have npm || packages+=(npm)
any clang-22 clang-21 clang-20 clang-19 || { update clang; packages+=("$(newest clang)"); }
any llvm-ar-22 llvm-ar-21 llvm-ar-20 llvm-ar-19 || { update llvm; packages+=("$(newest llvm)"); }
if [ "$what" = test ]; then
  have chromium || [ -n "${CHROMIUM:-}" ] || packages+=(chromium)
  fc-list 2>/dev/null | grep -i 'noto.*arabic' >/dev/null || packages+=(fonts-noto-core)
  have python3 || packages+=(python3)
fi
if [ "$what" = desktop ]; then
  pkg-config --exists webkit2gtk-4.1 2>/dev/null || packages+=(libwebkit2gtk-4.1-dev)
  pkg-config --exists gtk+-3.0 2>/dev/null || packages+=(libgtk-3-dev)
  [ -f /usr/include/xdo.h ] || packages+=(libxdo-dev)
fi
rust_is_new_enough || packages+=(rustc-web cargo-web)
install "${packages[@]}"

rust_is_new_enough || {
  echo "Rust $need or newer is needed; here is: $(rustc --version 2>/dev/null || echo none). Get it from https://rustup.rs, then run this again." >&2
  exit 1
}
if [ "$what" = test ] && ! { cargo clippy --version && cargo fmt --version; } >/dev/null 2>&1; then
  if have rustup; then rustup component add clippy rustfmt; else install rust-web-clippy rustfmt-web; fi
fi

# The wasm standard library and its source, which is compiled along: rustup's if rustup can fetch them, else Debian's.
if ! wasm_from_rustup && have rustup; then
  say "rustup target add wasm32-unknown-unknown, rustup component add rust-src"
  { rustup target add wasm32-unknown-unknown && rustup component add rust-src; } || true
fi
if ! wasm_from_rustup && ! { wasm_from_debian && any wasm-ld-22 wasm-ld-21 wasm-ld-20 wasm-ld-19; }; then
  update lld
  install rustc-web cargo-web rust-web-src "$(newest lld)"
fi

npm_packages() { # a folder; npm ci only when its lock file changed
  cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock" && return
  say "npm ci in $1"
  (cd "$1" && npm ci --no-audit --no-fund)
  cp "$1/package-lock.json" "$1/node_modules/.installed-lock"
}
npm_packages mobile/bundle
if [ "$what" = test ]; then
  npm_packages tests/browser
  # Debian 12's Node is 18, Playwright wants 20: npm has Node itself.
  at_least v20 "$(node --version)" || [ -x tests/browser/node_modules/node/bin/node ] || {
    say "npm install node@22 for the browser stories"
    (cd tests/browser && npm install --no-save --no-audit --no-fund node@22)
  }
fi
