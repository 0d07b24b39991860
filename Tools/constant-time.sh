#!/usr/bin/env bash
# Shows that Paillier's operations take no branch and no address that depends on a secret: valgrind's
# memcheck takes secrets for memory that nobody has written, and reports where such bits decide.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly error_status=9
readonly scratch=.build/constant-time
# A modulus of whole limbs, one whose primes end within a limb, and one of a size that is used.
readonly sizes=(512 542 2048)
# The eight-lane kernels are AVX-512, which valgrind does not run.
case "$(uname -m)" in
x86_64) readonly kernels=(adx scalar) ;;
*) readonly kernels=(scalar) ;;
esac

if ! command -v valgrind >/dev/null; then
  echo "constant-time: valgrind is missing, and the setup could not install it" >&2
  exit 1
fi

# Without debugging information: valgrind reads none of the newer formats.
export CRYPTALLY_CONSTANT_TIME_CHECK=1
"${SWIFT:-swift}" build -c release --scratch-path "$scratch" -debug-info-format none \
  -Xcc -DCRYPTALLY_CONSTANT_TIME_CHECK --product ConstantTimeCheck

log=$(mktemp)
output=$(mktemp)
trap 'rm -f "$log" "$output"' EXIT

check() {
  valgrind --quiet --error-exitcode="$error_status" --error-limit=no --log-file="$log" \
    "$scratch/release/ConstantTimeCheck" "$@" >"$output"
}

# A check that finds nothing must be one that can find something.
for leak in branch index; do
  status=0
  check "$leak" || status=$?
  if [ "$status" -ne "$error_status" ]; then
    echo "constant-time: memcheck does not report the self-test's $leak on a secret" >&2
    exit 1
  fi
  echo "constant-time: memcheck reports the self-test's $leak on a secret, as it must"
done

for kernel in "${kernels[@]}"; do
  for size in "${sizes[@]}"; do
    if ! CRYPTALLY_KERNEL=$kernel check operations "$size" "$kernel"; then
      cat "$output" "$log" >&2
      echo "constant-time: the check failed: kernel $kernel, $size bits" >&2
      exit 1
    fi
    echo "constant-time: kernel $kernel, $size bits: $(grep -c ' 0 reports$' "$output")" \
      "measurements, 0 reports"
  done
done
echo "constant-time: 0 reports on the kernels ${kernels[*]} with moduli of ${sizes[*]} bits;" \
  "the eight-lane kernels cannot run under valgrind and were not checked"
