#!/usr/bin/env bash
# Builds everything with a sanitizer and runs the tests: sanitize.sh address | thread
#
# Optimized, as debugging builds with a sanitizer take an hour. What only one sanitizer cannot bear is
# left out by name, each with its reason.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly sanitizer=$1
readonly scratch=.build-$sanitizer
left_out=()
case "$sanitizer" in
address)
  # Leaks: libpg_query and SQLite keep what they allocate once; the Swift runtime does too.
  export ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=1:abort_on_error=1"
  ;;
thread)
  export TSAN_OPTIONS="halt_on_error=1:abort_on_error=1"
  # They calculate for very long here, and what of it runs on several threads other tests run too: many
  # queries, all vectors, the noise of many circuits, the samplers' statistics.
  left_out=(
    --skip DialectComparisonTests --skip ShippedVectorTests --skip NoiseStudyTests
    --skip SamplerStatisticsTests
  )
  ;;
*)
  echo "sanitize: address or thread, not '$sanitizer'" >&2
  exit 64
  ;;
esac

"${SWIFT:-swift}" build -c release --scratch-path "$scratch" --sanitize "$sanitizer" --build-tests
"${SWIFT:-swift}" test -c release --scratch-path "$scratch" --sanitize "$sanitizer" --skip-build \
  ${left_out[@]+"${left_out[@]}"}
echo "sanitize: the tests passed with the $sanitizer sanitizer, without a report"
