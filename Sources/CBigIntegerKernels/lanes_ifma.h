#ifndef CRYPTALLY_LANES_IFMA_H
#define CRYPTALLY_LANES_IFMA_H

#include "kernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

// Functions between these two use the instruction set, whatever the file is compiled for.
#define CRYPTALLY_PRAGMA(text) _Pragma(#text)
#define CRYPTALLY_IFMA_TARGET "avx512f,avx512vl,avx512ifma"
#define CRYPTALLY_IFMA_BEGIN                                                                       \
  CRYPTALLY_PRAGMA(clang attribute push(__attribute__((target(CRYPTALLY_IFMA_TARGET))),            \
                                        apply_to = function))
#define CRYPTALLY_IFMA_END CRYPTALLY_PRAGMA(clang attribute pop)
#define CRYPTALLY_INLINE static inline __attribute__((always_inline))
#define CRYPTALLY_UNROLL _Pragma("clang loop unroll(full)")

// Digits are taken four at a time; this many words hold four digits of eight lanes.
enum { CRYPTALLY_BLOCK = 4 * CRYPTALLY_LANES };

// One digit of eight numbers.
typedef __m512i cryptally_vector;

// What a block of 4 x 4 digit products adds to seven columns, and to the column above each. Low and
// high halves have registers of their own: a column that took both would wait for itself.
typedef struct {
  cryptally_vector low[7];
  cryptally_vector high[7];
} cryptally_columns;

void cryptally_lanes_multiply_ifma(cryptally_limb *z, const cryptally_limb *x,
                                   const cryptally_limb *y, const cryptally_lane_modulus *modulus,
                                   cryptally_limb *scratch);
void cryptally_lanes_square_ifma(cryptally_limb *z, const cryptally_limb *x,
                                 const cryptally_lane_modulus *modulus, cryptally_limb *scratch);
void cryptally_lanes_split_ifma(cryptally_limb *z, const cryptally_limb *c,
                                const cryptally_lane_modulus *modulus, cryptally_limb *scratch);

CRYPTALLY_IFMA_BEGIN

CRYPTALLY_INLINE cryptally_vector cryptally_load(const cryptally_limb *p) {
  return _mm512_loadu_si512(p);
}

CRYPTALLY_INLINE void cryptally_store(cryptally_limb *p, cryptally_vector x) {
  _mm512_storeu_si512(p, x);
}

CRYPTALLY_INLINE cryptally_vector cryptally_all(cryptally_limb x) {
  return _mm512_set1_epi64((long long)x);
}

CRYPTALLY_INLINE cryptally_vector cryptally_plus(cryptally_vector a, cryptally_vector b) {
  return _mm512_add_epi64(a, b);
}

// Four digits of eight lanes.
CRYPTALLY_INLINE void cryptally_load_block(cryptally_vector *block, const cryptally_limb *p) {
  CRYPTALLY_UNROLL for (int i = 0; i < 4; i++) {
    block[i] = cryptally_load(p + CRYPTALLY_LANES * i);
  }
}

// Four digits that all lanes share.
CRYPTALLY_INLINE void cryptally_spread_block(cryptally_vector *block, const cryptally_limb *p) {
  CRYPTALLY_UNROLL for (int i = 0; i < 4; i++) {
    block[i] = cryptally_all(p[i]);
  }
}

// Columns 0 to 3 begin with `carry`, the others with zero.
CRYPTALLY_INLINE void cryptally_begin(cryptally_columns *s, const cryptally_vector *carry) {
  CRYPTALLY_UNROLL for (int c = 0; c < 7; c++) {
    s->low[c] = c < 4 ? carry[c] : _mm512_setzero_si512();
    s->high[c] = _mm512_setzero_si512();
  }
}

CRYPTALLY_INLINE void cryptally_begin_empty(cryptally_columns *s) {
  CRYPTALLY_UNROLL for (int c = 0; c < 7; c++) {
    s->low[c] = s->high[c] = _mm512_setzero_si512();
  }
}

CRYPTALLY_INLINE void cryptally_add_product(cryptally_columns *s, int column, cryptally_vector a,
                                            cryptally_vector b) {
  s->low[column] = _mm512_madd52lo_epu64(s->low[column], a, b);
  s->high[column] = _mm512_madd52hi_epu64(s->high[column], a, b);
}

CRYPTALLY_INLINE void cryptally_add_block(cryptally_columns *s, const cryptally_vector *a,
                                          const cryptally_vector *b) {
  CRYPTALLY_UNROLL for (int j = 0; j < 4; j++) {
    CRYPTALLY_UNROLL for (int i = 0; i < 4; i++) {
      cryptally_add_product(s, i + j, a[i], b[j]);
    }
  }
}

// Blocks in memory: both of eight lanes, or the second one of all lanes.
CRYPTALLY_INLINE void cryptally_add_lanes(cryptally_columns *s, const cryptally_limb *a,
                                          const cryptally_limb *b) {
  cryptally_vector x[4], y[4];
  cryptally_load_block(x, a);
  cryptally_load_block(y, b);
  cryptally_add_block(s, x, y);
}

CRYPTALLY_INLINE void cryptally_add_shared(cryptally_columns *s, const cryptally_limb *a,
                                           const cryptally_limb *b) {
  cryptally_vector x[4], y[4];
  cryptally_load_block(x, a);
  cryptally_spread_block(y, b);
  cryptally_add_block(s, x, y);
}

CRYPTALLY_INLINE void cryptally_double(cryptally_columns *s) {
  CRYPTALLY_UNROLL for (int c = 0; c < 7; c++) {
    s->low[c] = cryptally_plus(s->low[c], s->low[c]);
    s->high[c] = cryptally_plus(s->high[c], s->high[c]);
  }
}

CRYPTALLY_INLINE void cryptally_add_carry(cryptally_columns *s, const cryptally_vector *carry) {
  CRYPTALLY_UNROLL for (int c = 0; c < 4; c++) {
    s->low[c] = cryptally_plus(s->low[c], carry[c]);
  }
}

// The eight columns as one word each.
CRYPTALLY_INLINE void cryptally_join(cryptally_vector *column, const cryptally_columns *s) {
  column[0] = s->low[0];
  CRYPTALLY_UNROLL for (int c = 1; c < 7; c++) {
    column[c] = cryptally_plus(s->low[c], s->high[c - 1]);
  }
  column[7] = s->high[6];
}

CRYPTALLY_IFMA_END

#endif
#endif
