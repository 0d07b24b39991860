#!/usr/bin/env bash
# Runs all tests and the demonstration with coverage and prints lines and regions for each target. What
# is not covered is listed in .build-coverage/uncovered.txt. Fails when a target is below its threshold.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly scratch=.build-coverage
readonly profiles=$scratch/profiles
readonly swift=$(command -v "${SWIFT:-swift}")
# The toolchain's own: another version does not read its profiles.
readonly tools=$(dirname "$(readlink -f "$swift")")

# The package manager's option covers Swift alone.
"$swift" build -c release --scratch-path "$scratch" --enable-code-coverage --build-tests \
  -Xcc -fprofile-instr-generate -Xcc -fcoverage-mapping
rm -rf "$profiles"
mkdir -p "$profiles"
# Every process writes its own: the tests start the command. The demonstration is a test too.
export LLVM_PROFILE_FILE="$PWD/$profiles/%p.profraw"
"$swift" test -c release --scratch-path "$scratch" --skip-build "$@"
"$scratch/release/cryptally" demo
unset LLVM_PROFILE_FILE

find "$profiles" -name '*.profraw' >"$profiles/list"
"$tools/llvm-profdata" merge -sparse -f "$profiles/list" -o "$profiles/all.profdata"
"$tools/llvm-cov" export "$scratch/release/CryptallyPackageTests.xctest" \
  -object "$scratch/release/cryptally" -instr-profile "$profiles/all.profdata" \
  -ignore-filename-regex '/\.build[^/]*/|/Tests/' >"$scratch/coverage.json"
python3 Tools/coverage.py "$scratch/coverage.json" "$scratch/uncovered.txt"
