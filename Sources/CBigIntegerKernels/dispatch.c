#include "kernels.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>

#if defined(CRYPTALLY_CONSTANT_TIME_CHECK)
// The processor that valgrind plays has ADX on every machine and does not say so.
static int supports_adx(void) { return 1; }
#else
static int supports_adx(void) {
  unsigned int eax, ebx, ecx, edx;
  if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) {
    return 0;
  }
  const unsigned int bmi2 = 1u << 8, adx = 1u << 19;
  return (ebx & bmi2) != 0 && (ebx & adx) != 0;
}
#endif

// The builtin looks at the processor and at whether the system keeps its registers.
static int supports_avx512ifma(void) {
  return supports_adx() && __builtin_cpu_supports("avx512f") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512ifma");
}
#endif

static int supports_scalar(void) { return 1; }

// Fastest first.
static const cryptally_integer_kernels all_kernels[] = {
#if defined(__x86_64__)
    {"avx512ifma", supports_avx512ifma, cryptally_montgomery_multiply_adx,
     &cryptally_lane_kernels_ifma},
    {"adx", supports_adx, cryptally_montgomery_multiply_adx, NULL},
#endif
    {"scalar", supports_scalar, cryptally_montgomery_multiply_scalar, NULL},
};

enum { kernel_count = sizeof(all_kernels) / sizeof(all_kernels[0]) };

const cryptally_integer_kernels *cryptally_integer_kernels_at(size_t index) {
  size_t supported = 0;
  for (size_t i = 0; i < kernel_count; i++) {
    if (all_kernels[i].is_supported()) {
      if (supported == index) {
        return &all_kernels[i];
      }
      supported++;
    }
  }
  return NULL;
}

size_t cryptally_integer_kernels_count(void) {
  size_t count = 0;
  while (cryptally_integer_kernels_at(count) != NULL) {
    count++;
  }
  return count;
}

// Names of lattice kernels below the 52-bit multiply-add: who forces one of these wants none of it.
static int excludes_lanes(const char *wanted) {
  return strcmp(wanted, "avx512") == 0 || strcmp(wanted, "avx2") == 0 ||
         strcmp(wanted, "neon") == 0;
}

static const cryptally_integer_kernels *choose(void) {
  const char *wanted = getenv("CRYPTALLY_KERNEL");
  const size_t count = cryptally_integer_kernels_count();
  for (size_t i = 0; wanted != NULL && i < count; i++) {
    const cryptally_integer_kernels *kernels = cryptally_integer_kernels_at(i);
    if (strcmp(kernels->name, wanted) == 0 ||
        (excludes_lanes(wanted) && !cryptally_integer_kernels_has_lanes(kernels))) {
      return kernels;
    }
  }
  return cryptally_integer_kernels_at(0);
}

const cryptally_integer_kernels *cryptally_integer_kernels_chosen(void) {
  // Two threads that come first together choose the same, so the race is harmless.
  static const cryptally_integer_kernels *_Atomic chosen = NULL;
  const cryptally_integer_kernels *kernels = atomic_load_explicit(&chosen, memory_order_acquire);
  if (kernels == NULL) {
    kernels = choose();
    atomic_store_explicit(&chosen, kernels, memory_order_release);
  }
  return kernels;
}

const char *cryptally_integer_kernels_name(const cryptally_integer_kernels *kernels) {
  return kernels->name;
}

void cryptally_montgomery_multiply(const cryptally_integer_kernels *kernels, cryptally_limb *result,
                                   const cryptally_limb *a, const cryptally_limb *b,
                                   const cryptally_limb *modulus, cryptally_limb negated_inverse,
                                   size_t limbs, cryptally_limb *scratch) {
  kernels->montgomery_multiply(result, a, b, modulus, negated_inverse, limbs, scratch);
}

int cryptally_integer_kernels_has_lanes(const cryptally_integer_kernels *kernels) {
  return kernels->lanes != NULL;
}
