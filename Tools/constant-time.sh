#!/usr/bin/env bash
# Shows that the operations of both schemes take no branch and no address that depends on a secret:
# valgrind's memcheck takes secrets for memory that nobody has written, and reports where such bits
# decide.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly error_status=9
readonly scratch=.build/constant-time
# Of Paillier: a modulus of whole limbs, one whose primes end within a limb, and one that is used.
readonly sizes=(512 542 2048)
# Of BFV: a set that is used.
readonly set=n8192
# AVX-512 is not in valgrind's repertoire.
case "$(uname -m)" in
x86_64) readonly paillier_kernels=(adx scalar) lattice_kernels=(avx2 scalar) ;;
*) readonly paillier_kernels=(scalar) lattice_kernels=(scalar) ;;
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

# The operations of a scheme (its size) on a kernel.
check_operations() {
  local scheme=$1 size=$2 kernel=$3
  if ! CRYPTALLY_KERNEL=$kernel check "$scheme" "$size" "$kernel"; then
    cat "$output" "$log" >&2
    echo "constant-time: the check failed: $scheme, kernel $kernel, $size" >&2
    exit 1
  fi
  echo "constant-time: $scheme, kernel $kernel, $size: $(grep -c ' 0 reports$' "$output")" \
    "measurements, 0 reports"
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

for kernel in "${lattice_kernels[@]}"; do
  check_operations lattice "$set" "$kernel"
done
for kernel in "${paillier_kernels[@]}"; do
  for size in "${sizes[@]}"; do
    check_operations paillier "$size" "$kernel"
  done
done
echo "constant-time: 0 reports; lattice: ${lattice_kernels[*]}; Paillier: ${paillier_kernels[*]} with" \
  "moduli of ${sizes[*]} bits. The AVX-512 kernels cannot run under valgrind and were not checked"
