#!/usr/bin/env bash
# Checks that the app compiles for Android: Rust only. There is no NDK here, so the C parts (SQLCipher, OpenSSL, ring) get a compiler that
# writes nothing; what they need of Android is not checked by this.
set -euo pipefail
cd "$(dirname "$0")/../.."
triple=aarch64-linux-android
has_std() { local d; d=$(rustc --print target-libdir --target $triple 2>/dev/null) && [ -d "$d" ]; }
has_std || { command -v rustup >/dev/null && rustup target add $triple; } || true
android_cargo=(cargo) flags=()
has_std || { # Debian's compiler and its own sources of std, as for the web app (mobile/bundle/build.sh)
  [ -f /usr/lib/rustlib/src/rust/library/std/Cargo.toml ] || { echo "no standard library for $triple: run ./setup.sh test" >&2; exit 1; }
  android_cargo=(env "PATH=/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 /usr/bin/cargo) flags=(-Zbuild-std=std,panic_unwind)
}
target=${CARGO_TARGET_DIR:-$PWD/target}/android
mkdir -p "$target/empty"
cc=$target/empty/cc ar=$target/empty/ar
clang=$(command -v clang-22 clang-21 clang-20 clang-19 clang | head -1)
cat > "$cc" <<CC
#!/usr/bin/env bash
# Makes the file it is asked for, empty. What asks the compiler about itself gets clang's answer; -? asks whether it is Microsoft's.
case " \$* " in *" -? "*) exit 1 ;; *" -E "* | *" --version "*) exec $clang --target=aarch64-linux-android26 -isystem /usr/include/$(cc -dumpmachine) "\$@" ;; esac
while [ \$# -gt 0 ]; do [ "\$1" = -o ] && : > "\$2"; shift; done
CC
cat > "$ar" <<'AR'
#!/usr/bin/env bash
for a in "$@"; do case "$a" in *.a) : > "$a" ;; esac; done
AR
chmod +x "$cc" "$ar"
: > "$target/empty/libcrypto.a"
: > "$target/empty/libssl.a"
# OpenSSL's own build would try the empty compiler out: its headers are this machine's, which is near enough for a check.
export CC_aarch64_linux_android=$cc AR_aarch64_linux_android=$ar OPENSSL_NO_VENDOR=1 AARCH64_LINUX_ANDROID_OPENSSL_LIB_DIR=$target/empty AARCH64_LINUX_ANDROID_OPENSSL_INCLUDE_DIR=/usr/include
CARGO_TARGET_DIR=$target "${android_cargo[@]}" check --locked --quiet --target $triple "${flags[@]}" -p mobile --features mobile --bin sada
