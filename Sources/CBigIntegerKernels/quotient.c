#include "kernels.h"

enum { LIMB_BITS = 64 };

typedef unsigned __int128 double_limb;

// 1 when a - b borrows.
static cryptally_limb borrow_of(cryptally_limb a, cryptally_limb b) {
  return (cryptally_limb)(((double_limb)a - b) >> LIMB_BITS) & 1;
}

// All ones for 1, zero for 0.
static cryptally_limb mask_of(cryptally_limb bit) { return cryptally_opaque(0 - bit); }

cryptally_limb cryptally_reciprocal(cryptally_limb high) {
  // (2^64 - 1 - high) 2^64 + 2^64 - 1 divided by `high`, a bit at a time: the remainder stays below
  // it, and every bit that comes down is set.
  cryptally_limb remainder = ~high, quotient = 0;
  for (int i = 0; i < LIMB_BITS; i++) {
    const cryptally_limb carry = remainder >> (LIMB_BITS - 1);
    remainder = remainder << 1 | 1;
    const cryptally_limb fits = carry | (borrow_of(remainder, high) ^ 1);
    remainder -= high & mask_of(fits);
    quotient = quotient << 1 | fits;
  }
  return quotient;
}

// Quotient and remainder of u1 2^64 + u0 by `high`, which u1 is below.
static cryptally_limb divide(cryptally_limb *remainder, cryptally_limb u1, cryptally_limb u0,
                             cryptally_limb high, cryptally_limb reciprocal) {
  const double_limb product =
      (double_limb)reciprocal * u1 + (((double_limb)u1 << LIMB_BITS) | u0);
  cryptally_limb quotient = (cryptally_limb)(product >> LIMB_BITS) + 1;
  cryptally_limb rest = u0 - quotient * high;
  const cryptally_limb is_below = borrow_of((cryptally_limb)product, rest);
  quotient -= is_below;
  rest += high & mask_of(is_below);
  const cryptally_limb fits = borrow_of(rest, high) ^ 1;
  *remainder = rest - (high & mask_of(fits));
  return quotient + fits;
}

cryptally_limb cryptally_quotient(const cryptally_limb *dividend, cryptally_limb high,
                                  cryptally_limb low, cryptally_limb reciprocal) {
  const cryptally_limb u0 = dividend[0], u1 = dividend[1], u2 = dividend[2];
  // Where u2 is equal to `high` the quotient is 2^64 - 1, and the division gets a zero instead.
  const cryptally_limb distance = u2 ^ high;
  const cryptally_limb is_equal = ((distance | (0 - distance)) >> (LIMB_BITS - 1)) ^ 1;
  const cryptally_limb equality = mask_of(is_equal);
  cryptally_limb remainder;
  cryptally_limb quotient = divide(&remainder, u2 & ~equality, u1, high, reciprocal);
  quotient |= equality;
  const double_limb overflowing = (double_limb)u1 + high;
  remainder = ((cryptally_limb)overflowing & equality) | (remainder & ~equality);
  const cryptally_limb overflow = (cryptally_limb)(overflowing >> LIMB_BITS) & is_equal;

  // Knuth's test, which a remainder of more than a limb passes.
  const double_limb product = (double_limb)quotient * low;
  const cryptally_limb low_borrow = borrow_of(u0, (cryptally_limb)product);
  const double_limb difference =
      (double_limb)remainder - (cryptally_limb)(product >> LIMB_BITS) - low_borrow;
  const cryptally_limb is_too_large = (cryptally_limb)(difference >> LIMB_BITS) & 1;
  return quotient - (is_too_large & (overflow ^ 1));
}

cryptally_limb cryptally_borrow(cryptally_limb a, cryptally_limb b) {
  return cryptally_opaque(borrow_of(a, b));
}
