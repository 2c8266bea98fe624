#!/usr/bin/env bash
# Builds the web app into dist/ (or $OUT): one wasm module, which `bundle` splits (it needs the relocations for that) and packs.
# Works with rustup's wasm32 target, or with Debian's rustc-web + rust-web-src. std is built along from its source, once per target
# folder: small like the rest, and without the words of panics, which on the web only a console would see (a panic is a trap there, which
# boot.js and worker.js report).
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
triple=wasm32-unknown-unknown
target=${CARGO_TARGET_DIR:-$root/target}
out=${OUT:-$root/dist}
say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
first() { for c in "$@"; do command -v "$c" && return; done; } # the first of these programs that is here

if [ -f "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/std/Cargo.toml" ] && [ -d "$(rustc --print target-libdir --target $triple)" ]; then
  web=$target/web
  wasm_cargo=(env RUSTC_BOOTSTRAP=1 cargo)
elif [ -x /usr/bin/rustc ] && [ -f /usr/lib/rustlib/src/rust/library/std/Cargo.toml ]; then
  # Debian's rustc has no rust-lld: wasm-ld of the same LLVM links. /usr/bin goes first for this one call only. A folder of its own:
  # two compilers in one folder invalidate each other's work.
  web=$target/web-debian
  wasm_cargo=(env "PATH=/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(first wasm-ld-22 wasm-ld-21 wasm-ld-20 wasm-ld-19 wasm-ld)" /usr/bin/cargo)
else
  echo "no source of the standard library for $triple: run ./setup.sh (or: rustup component add rust-src; rustup target add $triple)" >&2
  exit 1
fi
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Clink-arg=--emit-relocs"
# SQLite is C: it needs a clang with the wasm32 back end, and an ar that writes a wasm symbol table (binutils' does not).
export CC_wasm32_unknown_unknown=${CC_wasm32_unknown_unknown:-$(first clang-22 clang-21 clang-20 clang-19 clang)}
export AR_wasm32_unknown_unknown=${AR_wasm32_unknown_unknown:-$(first llvm-ar-22 llvm-ar-21 llvm-ar-20 llvm-ar-19 llvm-ar)}
# What the replica never asks for stays out of the download: SQLite's search, virtual tables and sessions, its JSON, UTF-16 and
# write-ahead log (no browser maps memory for it), and what looks into a running statement; zstd's strategies
# other than those of the level frames are packed at (9: lazy2 and btlazy2, by size). Every level is unpacked all the same.
sqlite_out=(JSON LOCALTIME WAL UTF16 AUTOVACUUM DESERIALIZE PROGRESS_CALLBACK AUTHORIZATION DECLTYPE COMPILEOPTION_DIAGS INCRBLOB TCL_VARIABLE)
export SQLITE_WASM_RS_FLAGS=${SQLITE_WASM_RS_FLAGS:--USQLITE_ENABLE_SESSION -USQLITE_ENABLE_PREUPDATE_HOOK -USQLITE_ENABLE_RTREE -USQLITE_ENABLE_BYTECODE_VTAB -USQLITE_ENABLE_DBPAGE_VTAB -USQLITE_ENABLE_DBSTAT_VTAB -USQLITE_ENABLE_STMTVTAB -USQLITE_ENABLE_MATH_FUNCTIONS -USQLITE_ENABLE_OFFSET_SQL_FUNC -USQLITE_ENABLE_COLUMN_METADATA -USQLITE_ENABLE_FTS5 -USQLITE_ENABLE_UNLOCK_NOTIFY -USQLITE_ENABLE_API_ARMOR -USQLITE_ENABLE_UNKNOWN_SQL_FUNCTION $(printf -- '-DSQLITE_OMIT_%s ' "${sqlite_out[@]}")-DSQLITE_UNTESTABLE}
zstd_out=(DFAST GREEDY LAZY BTOPT BTULTRA)
export CFLAGS_wasm32_unknown_unknown=${CFLAGS_wasm32_unknown_unknown:--Oz $(printf -- '-DZSTD_EXCLUDE_%s_BLOCK_COMPRESSOR ' "${zstd_out[@]}")}

say "web app: the wasm module"
CARGO_TARGET_DIR=$web "${wasm_cargo[@]}" build --profile web --locked --target $triple -Zbuild-std=std,panic_abort \
  -Zbuild-std-features=optimize_for_size -p mobile --bin sada --features web
say "web app: packing"
[ -d mobile/bundle/node_modules/binaryen ] || (cd mobile/bundle && npm ci --no-audit --no-fund)
CARGO_TARGET_DIR=$target cargo build --profile tool --locked -q -p bundle
mkdir -p "$web/packed"
"$target/tool/bundle" "$web/$triple/web/sada.wasm" mobile mobile/bundle/node_modules "$web/packed" "$out"
