#!/usr/bin/env bash
# Fuzzes the decoders and compares the kernels: libFuzzer with the address sanitizer, each target for
# so many seconds. Inputs gather in .build/fuzz/corpus, so that a later run goes on from there.
#
#   Tools/fuzz.sh SECONDS [TARGET]
set -euo pipefail
cd "$(dirname "$0")/.."

readonly seconds=${1:?seconds for each target} wanted=${2:-}
readonly folder=.build/fuzz scratch=.build-fuzz
readonly program=$scratch/release/FuzzTargets
# An input that takes longer, or more memory, is a finding.
readonly limits=(-timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=1024)

export SWIFT_BACKTRACE=enable=no
# Tables are written anew for every input.
if [ -d /dev/shm ]; then export TMPDIR=/dev/shm; fi
export ASAN_OPTIONS=detect_leaks=0

dictionary() {
  case "$1" in
  query.sql | query.plan | query.answer | query.ledger*) echo sql ;;
  claims.schema | keys.secret) echo schema ;;
  claims.fhir*) echo fhir ;;
  claims.json* | paillier.json* | vectors.file) echo json ;;
  claims.csv | claims.file | claims.inference | claims.cell | claims.amount | claims.date) echo cells ;;
  *) echo binary ;;
  esac
}

# Of several options for sanitizers the Swift compiler takes the last one, so it is told both again.
CRYPTALLY_FUZZING=1 "${SWIFT:-swift}" build -c release --sanitize fuzzer --sanitize address \
  -Xswiftc -sanitize=fuzzer,address --scratch-path "$scratch" --product FuzzTargets

targets=$(CRYPTALLY_FUZZ_LIST=1 "$program")
if [ -n "$wanted" ]; then
  targets=$(grep -E "^$wanted " <<<"$targets") || {
    echo "fuzz: there is no target $wanted; there are:" $(cut -d ' ' -f 1 <<<"$targets") >&2
    exit 2
  }
fi
mkdir -p "$folder/findings"
python3 Tools/fuzz-corpus.py "$folder/samples"

findings=0
printf '%-28s %12s %8s %10s  %s\n' target executions seconds inputs findings
while read -r target length; do
  corpus=$folder/corpus/$target samples=$folder/samples/$target log=$folder/$target.log
  prefix=$folder/findings/$target-
  mkdir -p "$corpus" "$samples"
  CRYPTALLY_FUZZ_TARGET=$target CRYPTALLY_FUZZ_SEEDS=$samples "$program"
  start=$(date +%s)
  status=0
  CRYPTALLY_FUZZ_TARGET=$target "$program" -max_total_time="$seconds" -max_len="$length" \
    "${limits[@]}" -dict="Tests/FuzzTargets/Dictionaries/$(dictionary "$target").dict" \
    -artifact_prefix="$prefix" -print_final_stats=1 "$corpus" "$samples" </dev/null \
    >"$log" 2>&1 || status=$?
  found=-
  if [ "$status" -ne 0 ]; then
    findings=$((findings + 1))
    found=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
    [ -n "$found" ] || found="ended with status $status"
    found="$found (see $log)"
  fi
  printf '%-28s %12s %8s %10s  %s\n' "$target" \
    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)" \
    "$(($(date +%s) - start))" "$(find "$corpus" -type f | wc -l)" "$found"
done <<<"$targets"

if [ "$findings" -gt 0 ]; then
  echo "fuzz: $findings targets have findings; run one again with:" \
    "CRYPTALLY_FUZZ_TARGET=NAME $program FILE" >&2
  exit 1
fi
echo "fuzz: no findings"
