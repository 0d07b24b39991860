#!/usr/bin/env bash
# Builds the kernels in C with their test program, Tests/KernelHarness, and runs it.
#   kernel-harness.sh native    on this processor
#   kernel-harness.sh ubsan     the same, with undefined behaviour and stray addresses as errors
#   kernel-harness.sh aarch64   on 64-bit ARM, under qemu where this is none: by GCC and by clang
# CLANG names the compiler; Swift's own, which builds the kernels in the package, is the default.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly output=.build/kernel-harness
# By the standard's rules, under which GCC too leaves products and sums of doubles apart.
readonly common=(-std=c17 -g -Wall -Wextra -Werror
  -ISources/CLatticeKernels/include -ISources/CBigIntegerKernels/include -I"$output")

find_clang() {
  local beside
  beside=$(dirname "$(readlink -f "$(command -v "${SWIFT:-swift}")")")/clang
  if [ -x "$beside" ]; then
    echo "$beside"
  else
    echo clang
  fi
}
clang=${CLANG:-$(find_clang)}
linker=()

# build NAME COMPILER FLAG...: the program $output/NAME/harness.
build() {
  local folder=$output/$1 source object
  shift
  rm -rf "$folder"
  mkdir -p "$folder"
  for source in Sources/CLatticeKernels/*.c Sources/CBigIntegerKernels/*.c Tests/KernelHarness/*.c
  do
    object=${source//\//-}
    printf '%s\0' -c "$source" -o "$folder/${object%.c}.o"
  done | xargs -0 -n 4 -P "$(getconf _NPROCESSORS_ONLN)" "$@" "${common[@]}"
  "$@" "$folder"/*.o ${linker[@]+"${linker[@]}"} -o "$folder/harness"
}

mkdir -p "$output"
python3 Tests/KernelHarness/write_vectors.py Vectors/lattice "$output/vectors.h"

case "${1:-native}" in
native)
  build native "$clang" -O2
  "$output/native/harness"
  ;;
ubsan)
  # On Linux clang's own linker: the system's warns of every function of the address sanitizer.
  [ "$(uname -s)" != Linux ] || linker=(-fuse-ld=lld)
  build ubsan "$clang" -O1 -fno-omit-frame-pointer -fsanitize=undefined,address \
    -fno-sanitize-recover=all
  UBSAN_OPTIONS=print_stacktrace=1 "$output/ubsan/harness"
  ;;
aarch64)
  if [ "$(uname -m)" = aarch64 ]; then
    build aarch64 "$clang" -O2
    "$output/aarch64/harness" neon
    exit
  fi
  if ! command -v aarch64-linux-gnu-gcc >/dev/null || ! command -v qemu-aarch64 >/dev/null; then
    echo "kernel-harness: the cross compiler and qemu are missing, and the setup could not" \
      "install them" >&2
    exit 1
  fi
  # Pragmas about loops are clang's.
  build aarch64-gcc aarch64-linux-gnu-gcc -O2 -static -Wno-unknown-pragmas
  build aarch64-clang "$clang" --target=aarch64-linux-gnu -O2 -static
  for compiler in gcc clang; do
    echo "kernel-harness: by $compiler"
    qemu-aarch64 "$output/aarch64-$compiler/harness" neon
  done
  ;;
*)
  echo "kernel-harness: no such mode: $1" >&2
  exit 1
  ;;
esac
