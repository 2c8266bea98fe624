#!/usr/bin/env bash
# The measurements of docs/performance.md: the core's in release, then the browser's against the release server.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
printf '# %s, %s cores, %s\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(rustc --version)"
cargo run --release --locked --quiet -p tests --bin bench -- "$@"
cargo build --release --locked --quiet -p server --bin sada-server
printf 'web app: %s bytes of brotli in the module\n' "$(stat -c %s dist/sada_bg.wasm.br)"
node=tests/browser/node_modules/node/bin/node
"$([ -x $node ] && echo $node || echo node)" tests/browser/run.mjs --server "$target/release/sada-server" --web dist --jobs 1 --only measured
