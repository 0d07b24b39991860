#ifndef C_BIGINTEGER_KERNELS_H
#define C_BIGINTEGER_KERNELS_H

#include <stdint.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// One digit of a number: 64 bits, least significant digit first, the same as GMP's limb.
typedef unsigned long cryptally_limb;

/// A set of kernels that this processor can run. All sets give identical results.
typedef struct cryptally_integer_kernels cryptally_integer_kernels;

/// How many kernel sets this processor can run; the scalar set is always the last.
size_t cryptally_integer_kernels_count(void);

/// The kernel set at `index`, fastest first; NULL when there is none.
const cryptally_integer_kernels *cryptally_integer_kernels_at(size_t index);

/// The set that the library uses: the fastest, or the one that the environment variable
/// CRYPTALLY_KERNEL names if this processor can run it. Chosen once.
const cryptally_integer_kernels *cryptally_integer_kernels_chosen(void);

/// The set's name, as CRYPTALLY_KERNEL spells it.
const char *cryptally_integer_kernels_name(const cryptally_integer_kernels *kernels);

/// result = a * b / 2^(64 * limbs) modulo the odd `modulus`, fully reduced.
///
/// `a * b` must be below `modulus * 2^(64 * limbs)`, which holds when one of them is below the
/// modulus. `negated_inverse` is -1 / modulus modulo 2^64. `scratch` has 2 * limbs limbs; it and
/// `result` may be anything before. `result` may be `a` or `b`; `scratch` overlaps nothing. No
/// branch and no address depends on the values of `a` and `b`.
void cryptally_montgomery_multiply(const cryptally_integer_kernels *kernels, cryptally_limb *result,
                                   const cryptally_limb *a, const cryptally_limb *b,
                                   const cryptally_limb *modulus, cryptally_limb negated_inverse,
                                   size_t limbs, cryptally_limb *scratch);

/// Copies entry `index` of a table of `entries` numbers of `limbs` limbs each. Reads the whole
/// table, so that no address depends on `index`. An index past the end gives zero.
void cryptally_select(cryptally_limb *result, const cryptally_limb *table, size_t limbs,
                      size_t entries, cryptally_limb index);

/// Writes zeros that the compiler may not leave out.
void cryptally_wipe(void *memory, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
