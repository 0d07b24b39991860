#ifndef CRYPTALLY_MONTGOMERY_ROWS_H
#define CRYPTALLY_MONTGOMERY_ROWS_H

#include "kernels.h"

/// t[0 ..< limbs] += a * b; returns the carry. The one step in which kernel sets differ.
typedef cryptally_limb cryptally_row_function(cryptally_limb *t, const cryptally_limb *a,
                                              cryptally_limb b, size_t limbs);

/// Coarsely integrated operand scanning: a row of the product, then a row of the reduction, and the
/// window moves up by one limb instead of the sum moving down.
static inline __attribute__((always_inline)) void cryptally_montgomery_by_rows(
    cryptally_row_function *add_row, cryptally_limb *result, const cryptally_limb *a,
    const cryptally_limb *b, const cryptally_limb *modulus, cryptally_limb negated_inverse,
    size_t limbs, cryptally_limb *scratch) {
  for (size_t i = 0; i < 2 * limbs; i++) {
    scratch[i] = 0;
  }
  cryptally_limb overflow = 0;
  for (size_t i = 0; i < limbs; i++) {
    cryptally_limb *window = scratch + i;
    const cryptally_limb product_carry = add_row(window, a, b[i], limbs);
    const cryptally_limb quotient = window[0] * negated_inverse;
    const cryptally_limb reduction_carry = add_row(window, modulus, quotient, limbs);
    const unsigned __int128 top = (unsigned __int128)product_carry + reduction_carry + overflow;
    window[limbs] = (cryptally_limb)top;
    overflow = (cryptally_limb)(top >> 64);
  }

  // The sum is below twice the modulus: subtract once, and keep the difference unless it borrowed.
  const cryptally_limb *sum = scratch + limbs;
  cryptally_limb borrow = 0;
  for (size_t j = 0; j < limbs; j++) {
    const unsigned __int128 difference = (unsigned __int128)sum[j] - modulus[j] - borrow;
    result[j] = (cryptally_limb)difference;
    borrow = (cryptally_limb)(difference >> 64) & 1;
  }
  const cryptally_limb keeps_sum = cryptally_opaque(0 - (borrow & (overflow ^ 1)));
  for (size_t j = 0; j < limbs; j++) {
    result[j] = (sum[j] & keeps_sum) | (result[j] & ~keeps_sum);
  }
}

/// The row step in plain C.
static inline __attribute__((always_inline)) cryptally_limb cryptally_add_row(
    cryptally_limb *t, const cryptally_limb *a, cryptally_limb b, size_t limbs) {
  cryptally_limb carry = 0;
  for (size_t j = 0; j < limbs; j++) {
    const unsigned __int128 sum = (unsigned __int128)a[j] * b + t[j] + carry;
    t[j] = (cryptally_limb)sum;
    carry = (cryptally_limb)(sum >> 64);
  }
  return carry;
}

#endif
