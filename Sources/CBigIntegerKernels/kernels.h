#ifndef CRYPTALLY_KERNELS_H
#define CRYPTALLY_KERNELS_H

#include "CBigIntegerKernels.h"

_Static_assert(sizeof(cryptally_limb) == 8, "limbs have 64 bits on every supported platform");

typedef void cryptally_montgomery_function(cryptally_limb *result, const cryptally_limb *a,
                                           const cryptally_limb *b, const cryptally_limb *modulus,
                                           cryptally_limb negated_inverse, size_t limbs,
                                           cryptally_limb *scratch);

/// The word, of which the compiler forgets all it knew. Where it sees that a mask is all ones or all
/// zeros, it turns the selection under it into a branch.
static inline __attribute__((always_inline)) cryptally_limb cryptally_opaque(cryptally_limb word) {
  __asm__("" : "+r"(word));
  return word;
}

/// The windows of exponents in cryptally_lanes_power, and the entries of its tables.
enum { CRYPTALLY_WINDOW_BITS = 5, CRYPTALLY_WINDOW_ENTRIES = 1 << CRYPTALLY_WINDOW_BITS };

/// Kernels on eight numbers at a time.
typedef struct {
  void (*multiply)(cryptally_limb *z, const cryptally_limb *x, const cryptally_limb *y,
                   const cryptally_lane_modulus *modulus, cryptally_limb *scratch);
  void (*square)(cryptally_limb *z, const cryptally_limb *x, const cryptally_lane_modulus *modulus,
                 cryptally_limb *scratch);
  void (*split)(cryptally_limb *z, const cryptally_limb *c, const cryptally_lane_modulus *modulus,
                cryptally_limb *scratch);
  void (*power)(cryptally_limb *z, const cryptally_limb *x, const cryptally_limb *exponents,
                size_t exponent_bits, const cryptally_lane_modulus *modulus,
                cryptally_limb *scratch);
  void (*select_shared)(cryptally_limb *result, const cryptally_limb *row, size_t entries,
                        size_t digits, const cryptally_limb *indices);
} cryptally_lane_kernels;

struct cryptally_integer_kernels {
  const char *name;
  /// Nonzero when this processor can run the set.
  int (*is_supported)(void);
  cryptally_montgomery_function *montgomery_multiply;
  /// NULL when the set works on one number at a time only.
  const cryptally_lane_kernels *lanes;
};

cryptally_montgomery_function cryptally_montgomery_multiply_scalar;

#if defined(__x86_64__)
cryptally_montgomery_function cryptally_montgomery_multiply_adx;

extern const cryptally_lane_kernels cryptally_lane_kernels_ifma;
#endif

#endif
