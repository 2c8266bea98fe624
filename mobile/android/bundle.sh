#!/usr/bin/env bash
# Packs the Android app: mobile/android/bundle.sh VERSION_CODE. Needs the Android SDK and NDK, JDK 17, rustup's Android targets and
# dioxus-cli 0.7.10 (docs/android.md). Not run where Sada is built and tested: there is no SDK there.
set -euo pipefail
cd "$(dirname "$0")/.."
code=${1:?which version code? Each upload to a store or a phone needs a higher one}
: "${ANDROID_HOME:?set it to the Android SDK}"
dx bundle --platform android --release --features mobile --no-default-features
# What dx 0.7.10's own Gradle project has no key for: our rules for backups, and a version code other than 1.
project=$(dirname "$(find "${CARGO_TARGET_DIR:-../target}/dx" -path '*release/android/app/settings.gradle' | head -1)")
[ -d "$project/app" ] || { echo "dx made no Gradle project where it was looked for" >&2; exit 1; }
mkdir -p "$project/app/src/main/res/xml"
cp android/res/xml/data_extraction_rules.xml "$project/app/src/main/res/xml/"
sed -i "s/versionCode = [0-9]*/versionCode = $code/" "$project/app/build.gradle.kts"
(cd "$project" && ./gradlew bundleRelease assembleRelease)
find "$project" -name '*-release*.apk' -o -name '*-release*.aab'
