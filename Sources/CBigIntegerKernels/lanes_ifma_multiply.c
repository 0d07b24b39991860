#include "lanes_ifma.h"

#if defined(__x86_64__)

// Two chains run side by side, by product scanning in blocks of four digits: the first makes z0,
// the second z1. A block's four columns begin with what the block below carried, take all products,
// and either are brought to zero by a multiple of the modulus (lower half) or give four digits of
// the result (upper half). While one chain waits for its quotient digits, which come one after
// another, the processor has the other chain's products to do.
//
// Columns add up at most 3 h products' halves twice and a few carries: 6 h 2^52 < 2^61 for h <= 80.

CRYPTALLY_IFMA_BEGIN

// One call's operands: digits h, blocks H = h / 4, the modulus, and the quotients u and u'.
typedef struct {
  size_t digits;
  size_t blocks;
  const cryptally_limb *modulus;
  const cryptally_limb *cover;
  cryptally_vector negated_inverse;
  cryptally_limb *first_quotient;
  cryptally_limb *second_quotient;
} reduction;

CRYPTALLY_INLINE reduction reduction_of(const cryptally_lane_modulus *modulus,
                                        cryptally_limb *scratch) {
  return (reduction){
      .digits = modulus->digits,
      .blocks = modulus->digits / 4,
      .modulus = modulus->modulus,
      .cover = modulus->cover,
      .negated_inverse = cryptally_all(modulus->negated_inverse),
      .first_quotient = scratch,
      .second_quotient = scratch + CRYPTALLY_LANES * modulus->digits,
  };
}

// Finds the four quotient digits that bring columns 0 to 3 to zero, and leaves the carry for the
// next block in `carry`.
CRYPTALLY_INLINE void cancel(cryptally_vector *column, cryptally_limb *quotient,
                             cryptally_vector *carry, const reduction *r) {
  CRYPTALLY_UNROLL for (int d = 0; d < 4; d++) {
    const cryptally_vector digit =
        _mm512_madd52lo_epu64(_mm512_setzero_si512(), column[d], r->negated_inverse);
    cryptally_store(quotient + CRYPTALLY_LANES * d, digit);
    CRYPTALLY_UNROLL for (int j = 0; j < 4; j++) {
      const cryptally_vector m = cryptally_all(r->modulus[j]);
      column[d + j] = _mm512_madd52lo_epu64(column[d + j], digit, m);
      column[d + j + 1] = _mm512_madd52hi_epu64(column[d + j + 1], digit, m);
    }
    column[d + 1] = cryptally_plus(column[d + 1], _mm512_srli_epi64(column[d], 52));
  }
  CRYPTALLY_UNROLL for (int c = 0; c < 4; c++) {
    carry[c] = column[c + 4];
  }
}

// Writes columns 0 to 3 as digits, and leaves the carry for the next block in `carry`.
CRYPTALLY_INLINE void settle(cryptally_vector *column, cryptally_limb *digits,
                             cryptally_vector *carry) {
  const cryptally_vector mask = cryptally_all(((cryptally_limb)1 << 52) - 1);
  CRYPTALLY_UNROLL for (int d = 0; d < 4; d++) {
    cryptally_store(digits + CRYPTALLY_LANES * d, _mm512_and_si512(column[d], mask));
    column[d + 1] = cryptally_plus(column[d + 1], _mm512_srli_epi64(column[d], 52));
  }
  CRYPTALLY_UNROLL for (int c = 0; c < 4; c++) {
    carry[c] = column[c + 4];
  }
}

// The uppermost block of a result: nothing is left but carries.
CRYPTALLY_INLINE void settle_carry(const cryptally_vector *carry, cryptally_limb *digits) {
  const cryptally_vector mask = cryptally_all(((cryptally_limb)1 << 52) - 1);
  cryptally_vector above = _mm512_setzero_si512();
  CRYPTALLY_UNROLL for (int d = 0; d < 4; d++) {
    const cryptally_vector sum = cryptally_plus(carry[d], above);
    cryptally_store(digits + CRYPTALLY_LANES * d, _mm512_and_si512(sum, mask));
    above = _mm512_srli_epi64(sum, 52);
  }
}

// The first chain's block `k` of the lower half, from its products on.
CRYPTALLY_INLINE void cancel_first(const cryptally_columns *s, size_t k, cryptally_vector *carry,
                                   const reduction *r) {
  cryptally_vector column[8];
  cryptally_join(column, s);
  cancel(column, r->first_quotient + CRYPTALLY_BLOCK * k, carry, r);
}

// The second chain's: it takes C - u in.
CRYPTALLY_INLINE void cancel_second(const cryptally_columns *s, size_t k, cryptally_vector *carry,
                                    const reduction *r) {
  cryptally_vector column[8];
  cryptally_join(column, s);
  CRYPTALLY_UNROLL for (int c = 0; c < 4; c++) {
    const cryptally_vector u =
        cryptally_load(r->first_quotient + CRYPTALLY_BLOCK * k + CRYPTALLY_LANES * c);
    column[c] = cryptally_plus(
        column[c], _mm512_sub_epi64(cryptally_all(r->cover[4 * k + (size_t)c]), u));
  }
  cancel(column, r->second_quotient + CRYPTALLY_BLOCK * k, carry, r);
}

// A chain's block `k` of the upper half.
CRYPTALLY_INLINE void settle_block(const cryptally_columns *s, size_t k, cryptally_limb *result,
                                   cryptally_vector *carry, const reduction *r) {
  cryptally_vector column[8];
  cryptally_join(column, s);
  settle(column, result + CRYPTALLY_BLOCK * (k - r->blocks), carry);
}

// Adds the products of quotient and modulus that fall into block `k`, from `first` on, without
// `last` itself.
CRYPTALLY_INLINE void add_multiple(cryptally_columns *s, const cryptally_limb *quotient, size_t k,
                                   size_t first, size_t last, const reduction *r) {
  for (size_t i = first; i < last; i++) {
    cryptally_add_shared(s, quotient + CRYPTALLY_BLOCK * i, r->modulus + 4 * (k - i));
  }
}

void cryptally_lanes_multiply_ifma(cryptally_limb *z, const cryptally_limb *x,
                                   const cryptally_limb *y, const cryptally_lane_modulus *modulus,
                                   cryptally_limb *scratch) {
  const reduction r = reduction_of(modulus, scratch);
  const size_t half = CRYPTALLY_LANES * r.digits, blocks = r.blocks;
  const cryptally_limb *u = r.first_quotient, *v = r.second_quotient;
  cryptally_vector carry0[4] = {0}, carry1[4] = {0};
  cryptally_columns s;
  for (size_t k = 0; k < 2 * blocks - 1; k++) {
    // In the lower half the quotients' block k is not known yet.
    const size_t first = k < blocks ? 0 : k - blocks + 1, last = k < blocks ? k : blocks;
    cryptally_begin(&s, carry0);
    for (size_t i = first; i < last; i++) {
      cryptally_add_lanes(&s, x + CRYPTALLY_BLOCK * i, y + CRYPTALLY_BLOCK * (k - i));
      cryptally_add_shared(&s, u + CRYPTALLY_BLOCK * i, r.modulus + 4 * (k - i));
    }
    if (k < blocks) {
      cryptally_add_lanes(&s, x + CRYPTALLY_BLOCK * k, y);
      cancel_first(&s, k, carry0, &r);
    } else {
      settle_block(&s, k, z, carry0, &r);
    }

    cryptally_begin(&s, carry1);
    for (size_t i = first; i < last; i++) {
      cryptally_add_lanes(&s, x + CRYPTALLY_BLOCK * i, y + half + CRYPTALLY_BLOCK * (k - i));
      cryptally_add_lanes(&s, x + half + CRYPTALLY_BLOCK * i, y + CRYPTALLY_BLOCK * (k - i));
      cryptally_add_shared(&s, v + CRYPTALLY_BLOCK * i, r.modulus + 4 * (k - i));
    }
    if (k < blocks) {
      cryptally_add_lanes(&s, x + CRYPTALLY_BLOCK * k, y + half);
      cryptally_add_lanes(&s, x + half + CRYPTALLY_BLOCK * k, y);
      cancel_second(&s, k, carry1, &r);
    } else {
      settle_block(&s, k, z + half, carry1, &r);
    }
  }
  settle_carry(carry0, z + half - CRYPTALLY_BLOCK);
  settle_carry(carry1, z + 2 * half - CRYPTALLY_BLOCK);
}

// Adds twice the products of different digits and once the squares that fall into block `k`.
CRYPTALLY_INLINE void add_squares(cryptally_columns *s, const cryptally_limb *x, size_t k,
                                  size_t first) {
  for (size_t i = first; 2 * i < k; i++) {
    cryptally_add_lanes(s, x + CRYPTALLY_BLOCK * i, x + CRYPTALLY_BLOCK * (k - i));
  }
  if (k % 2 != 0) {
    cryptally_double(s);
    return;
  }
  cryptally_vector a[4];
  cryptally_load_block(a, x + CRYPTALLY_BLOCK * (k / 2));
  CRYPTALLY_UNROLL for (int j = 1; j < 4; j++) {
    CRYPTALLY_UNROLL for (int i = 0; i < j; i++) {
      cryptally_add_product(s, i + j, a[i], a[j]);
    }
  }
  cryptally_double(s);
  CRYPTALLY_UNROLL for (int i = 0; i < 4; i++) {
    cryptally_add_product(s, 2 * i, a[i], a[i]);
  }
}

void cryptally_lanes_square_ifma(cryptally_limb *z, const cryptally_limb *x,
                                 const cryptally_lane_modulus *modulus, cryptally_limb *scratch) {
  const reduction r = reduction_of(modulus, scratch);
  const size_t half = CRYPTALLY_LANES * r.digits, blocks = r.blocks;
  cryptally_vector carry0[4] = {0}, carry1[4] = {0};
  cryptally_columns s;
  for (size_t k = 0; k < 2 * blocks - 1; k++) {
    const size_t first = k < blocks ? 0 : k - blocks + 1, last = k < blocks ? k : blocks;
    cryptally_begin_empty(&s);
    add_squares(&s, x, k, first);
    cryptally_add_carry(&s, carry0);
    add_multiple(&s, r.first_quotient, k, first, last, &r);
    if (k < blocks) {
      cancel_first(&s, k, carry0, &r);
    } else {
      settle_block(&s, k, z, carry0, &r);
    }

    cryptally_begin_empty(&s);
    for (size_t i = first; i < last + (k < blocks); i++) {
      cryptally_add_lanes(&s, x + CRYPTALLY_BLOCK * i, x + half + CRYPTALLY_BLOCK * (k - i));
    }
    cryptally_double(&s);
    cryptally_add_carry(&s, carry1);
    add_multiple(&s, r.second_quotient, k, first, last, &r);
    if (k < blocks) {
      cancel_second(&s, k, carry1, &r);
    } else {
      settle_block(&s, k, z + half, carry1, &r);
    }
  }
  settle_carry(carry0, z + half - CRYPTALLY_BLOCK);
  settle_carry(carry1, z + 2 * half - CRYPTALLY_BLOCK);
}

void cryptally_lanes_split_ifma(cryptally_limb *z, const cryptally_limb *c,
                                const cryptally_lane_modulus *modulus, cryptally_limb *scratch) {
  const reduction r = reduction_of(modulus, scratch);
  const size_t half = CRYPTALLY_LANES * r.digits, blocks = r.blocks;
  cryptally_vector carry0[4] = {0}, carry1[4] = {0}, digits[4];
  cryptally_columns s;
  for (size_t k = 0; k < 2 * blocks - 1; k++) {
    const size_t first = k < blocks ? 0 : k - blocks + 1, last = k < blocks ? k : blocks;
    cryptally_begin(&s, carry0);
    cryptally_load_block(digits, c + CRYPTALLY_BLOCK * k);
    cryptally_add_carry(&s, digits);
    add_multiple(&s, r.first_quotient, k, first, last, &r);
    if (k < blocks) {
      cancel_first(&s, k, carry0, &r);
    } else {
      settle_block(&s, k, z, carry0, &r);
    }

    cryptally_begin(&s, carry1);
    add_multiple(&s, r.second_quotient, k, first, last, &r);
    if (k < blocks) {
      cancel_second(&s, k, carry1, &r);
    } else {
      settle_block(&s, k, z + half, carry1, &r);
    }
  }
  cryptally_load_block(digits, c + CRYPTALLY_BLOCK * (2 * blocks - 1));
  CRYPTALLY_UNROLL for (int d = 0; d < 4; d++) {
    carry0[d] = cryptally_plus(carry0[d], digits[d]);
  }
  settle_carry(carry0, z + half - CRYPTALLY_BLOCK);
  settle_carry(carry1, z + 2 * half - CRYPTALLY_BLOCK);
}

CRYPTALLY_IFMA_END

#endif
