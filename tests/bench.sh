#!/usr/bin/env bash
# The measurements of docs/performance.md: the core's in release, then the browser's against the release server.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
printf '# %s, %s cores, %s\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(rustc --version)"
cargo run --release --locked --quiet -p tests --bin bench -- "$@"
cargo build --release --locked --quiet -p server --bin sada-server
for module in ui dbworker; do printf '%s: %s bytes of brotli\n' "$module" "$(stat -c %s "dist/${module}_bg.wasm.br")"; done
node=tests/browser/node_modules/node/bin/node
"$([ -x $node ] && echo $node || echo node)" tests/browser/run.mjs --server "$target/release/sada-server" --web dist --jobs 1 --only measured
