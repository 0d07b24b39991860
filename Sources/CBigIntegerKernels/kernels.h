#ifndef CRYPTALLY_KERNELS_H
#define CRYPTALLY_KERNELS_H

#include "CBigIntegerKernels.h"

_Static_assert(sizeof(cryptally_limb) == 8, "limbs have 64 bits on every supported platform");

typedef void cryptally_montgomery_function(cryptally_limb *result, const cryptally_limb *a,
                                           const cryptally_limb *b, const cryptally_limb *modulus,
                                           cryptally_limb negated_inverse, size_t limbs,
                                           cryptally_limb *scratch);

struct cryptally_integer_kernels {
  const char *name;
  /// Nonzero when this processor can run the set.
  int (*is_supported)(void);
  cryptally_montgomery_function *montgomery_multiply;
};

cryptally_montgomery_function cryptally_montgomery_multiply_scalar;

#if defined(__x86_64__)
cryptally_montgomery_function cryptally_montgomery_multiply_adx;
#endif

#endif
