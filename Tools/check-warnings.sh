#!/usr/bin/env bash
# Compiles everything, tests included, and fails if a warning comes from this package.
#
# The compiler's -warnings-as-errors cannot be passed for the whole build: dependencies are built
# with -suppress-warnings, and the two exclude each other. So the build's messages are read instead.
set -euo pipefail
cd "$(dirname "$0")/.."

# A file that is not compiled again says nothing.
find Sources Tests -type f \( -name '*.swift' -o -name '*.c' \) -exec touch {} +

log=$(mktemp)
trap 'rm -f "$log"' EXIT
"${SWIFT:-swift}" build -c release --build-tests 2>&1 | tee "$log"

if grep -E '(^|[[:space:]])warning: ' "$log" | grep -vE '\.build/(checkouts|repositories)/' \
  | grep -vE '^[[:space:]]*[0-9]*[[:space:]]*\|'; then
  echo "check-warnings: the lines above are warnings of this package; they count as errors" >&2
  exit 1
fi
echo "check-warnings: no warnings"
