#!/usr/bin/env bash
# All tests, cheapest news first. Stops at the first that fails. Ends with the browser stories' count.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-auto}
export CARGO_PROFILE_DEV_OPT_LEVEL=1 # the simulated world, the forgeries and the demo's eight months run ten times faster for it
target=${CARGO_TARGET_DIR:-$PWD/target}
all=(--workspace --exclude bundle --features shared/documents,mobile/replica,mobile/ui --locked)

step() { # a name, then a command: its output, then how long it took
  local name=$1 start=$SECONDS
  shift
  printf '\n\033[1m==> %s\033[0m\n' "$name"
  "$@"
  printf '\033[2m    %s: %d s\033[0m\n' "$name" $((SECONDS - start))
}

step "set-up" ./setup.sh test
step "format" cargo fmt --all --check
step "lints" cargo clippy "${all[@]}" --all-targets --quiet -- -D warnings
step "lints of the packer" cargo clippy --profile tool --locked -p bundle --all-targets --quiet -- -D warnings
step "Android, as far as it can be checked without its NDK" mobile/android/check.sh
step "tests" cargo test "${all[@]}" --quiet
step "tests of the packer" cargo test --profile tool --locked -p bundle --quiet
step "clocks, recomputed by a script that shares no code" python3 shared/tests/clocks_check.py
step "key figure 2 of the demo and of twenty worlds, counted again by a script that shares no code" python3 shared/tests/closure_check.py "$target/tmp/closure"
step "web app" mobile/bundle/build.sh
step "server for the browser" cargo build --locked --quiet -p server --bin sada-server
node=tests/browser/node_modules/node/bin/node # only where the machine's own is too old (setup.sh)
step "browser stories" "$([ -x $node ] && echo $node || echo node)" tests/browser/run.mjs --server "$target/debug/sada-server" --web dist --jobs 1
