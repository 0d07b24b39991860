#ifndef CRYPTALLY_LATTICE_IFMA_H
#define CRYPTALLY_LATTICE_IFMA_H

#include "arithmetic.h"
#include "path.h"

#if defined(__x86_64__)

#include <immintrin.h>

CLK_DECLARE_PATH(ifma);

// Functions between these two use the instruction set, whatever the file is compiled for.
#define CLK_PRAGMA(text) _Pragma(#text)
#define CLK_IFMA_TARGET                                                                            \
    "avx512f,avx512dq,avx512bw,avx512vl,avx512ifma,avx512vbmi,avx512vpopcntdq"
#define CLK_IFMA_BEGIN                                                                             \
    CLK_PRAGMA(clang attribute push(__attribute__((target(CLK_IFMA_TARGET))), apply_to = function))
#define CLK_IFMA_END CLK_PRAGMA(clang attribute pop)
#define CLK_INLINE static inline __attribute__((always_inline))
#define CLK_UNROLL _Pragma("clang loop unroll(full)")

// Moduli below 2^CLK_IFMA_BITS are for this path; larger ones go to the scalar one, and powers of two,
// whose ratio (clk_fraction_ratio) has a bit too many.
enum { CLK_IFMA_BITS = 50 };

CLK_INLINE int clk_ifma_holds(uint64_t q) {
    return q >> CLK_IFMA_BITS == 0 && (q & (q - 1)) != 0;
}

// Eight residues. The multiply-add instructions read the lowest 52 bits of their factors, so a value
// may carry anything above ("unmasked") as long as it is right modulo 2^52.
typedef __m512i clk_vec;

CLK_IFMA_BEGIN

CLK_INLINE clk_vec clk_load(const uint64_t *p) { return _mm512_loadu_si512(p); }
CLK_INLINE void clk_store(uint64_t *p, clk_vec x) { _mm512_storeu_si512(p, x); }
CLK_INLINE clk_vec clk_all(uint64_t x) { return _mm512_set1_epi64((long long)x); }
CLK_INLINE clk_vec clk_zero(void) { return _mm512_setzero_si512(); }
CLK_INLINE clk_vec clk_plus(clk_vec a, clk_vec b) { return _mm512_add_epi64(a, b); }
CLK_INLINE clk_vec clk_minus(clk_vec a, clk_vec b) { return _mm512_sub_epi64(a, b); }
CLK_INLINE clk_vec clk_and(clk_vec a, clk_vec b) { return _mm512_and_si512(a, b); }
CLK_INLINE clk_vec clk_mask52(clk_vec a) {
    return _mm512_and_si512(a, _mm512_set1_epi64((1ll << 52) - 1));
}
CLK_INLINE clk_vec clk_left(clk_vec a, unsigned bits) { return _mm512_slli_epi64(a, bits); }
CLK_INLINE clk_vec clk_right(clk_vec a, unsigned bits) { return _mm512_srli_epi64(a, bits); }
// sum + the low or high 52 bits of the 104-bit product.
CLK_INLINE clk_vec clk_low(clk_vec sum, clk_vec a, clk_vec b) {
    return _mm512_madd52lo_epu64(sum, a, b);
}
CLK_INLINE clk_vec clk_high(clk_vec sum, clk_vec a, clk_vec b) {
    return _mm512_madd52hi_epu64(sum, a, b);
}
// x in [0, 2 limit) to [0, limit).
CLK_INLINE clk_vec clk_once(clk_vec x, clk_vec limit) {
    return _mm512_min_epu64(x, _mm512_sub_epi64(x, limit));
}

// A modulus q < 2^50 of `bits` bits.
typedef struct {
    clk_vec q;
    clk_vec twice;
    // 2^52 - q: low products with it subtract multiples of q modulo 2^52.
    clk_vec negative;
    // floor(2^(51 + bits) / q).
    clk_vec ratio;
    unsigned bits;
} clk_reducer;

CLK_INLINE clk_reducer clk_reducer_of(const clk_modulus *m) {
    return (clk_reducer){
        .q = clk_all(m->q),
        .twice = clk_all(2 * m->q),
        .negative = clk_all(((uint64_t)1 << 52) - m->q),
        .ratio = clk_all(clk_fraction_ratio(m)),
        .bits = clk_bits(m->q),
    };
}

// x in [0, 4q), unmasked, to [0, q).
CLK_INLINE clk_vec clk_settle(clk_vec x, const clk_reducer *r) {
    return clk_once(clk_once(clk_mask52(x), r->twice), r->q);
}

// low + 2^52 high modulo q, reduced, for low + 2^52 high < 2^(51 + bits).
//
// Barrett: with h = floor(V / 2^bits) < 2^51 the quotient estimate floor(2 h ratio / 2^52) is at most
// V / q and less than 4 below it: h loses less than 1, which weighs 2^bits / q <= 2; the ratio loses
// less than 1, which weighs 2 h / 2^52 < 1; the last rounding less than 1. So V - estimate q < 4q < 2^52.
CLK_INLINE clk_vec clk_reduce_pair(clk_vec low, clk_vec high, const clk_reducer *r) {
    clk_vec above = clk_plus(clk_left(high, 53 - r->bits), clk_left(clk_right(low, r->bits), 1));
    clk_vec estimate = clk_high(clk_zero(), above, r->ratio);
    return clk_settle(clk_low(low, estimate, r->negative), r);
}

// The same for one word.
CLK_INLINE clk_vec clk_reduce_word(clk_vec x, const clk_reducer *r) {
    clk_vec estimate = clk_high(clk_zero(), clk_left(clk_right(x, r->bits), 1), r->ratio);
    return clk_settle(clk_low(x, estimate, r->negative), r);
}

// The most products of residues, or of residues and words that weigh as much, that clk_reduce_pair
// takes: each is below 2^(2 bits).
CLK_INLINE size_t clk_pair_terms(unsigned bits) { return (size_t)1 << (51 - bits); }

// w with Shoup's quotient in 52 bits.
typedef struct {
    clk_vec value;
    clk_vec quotient;
} clk_factor;

CLK_INLINE clk_factor clk_factor_of(clk_constant w) {
    return (clk_factor){clk_all(w.value), clk_all(w.quotient >> 12)};
}

// a w in [0, 2q), unmasked, for a < 2^52 (Harvey 2014, section 2, with words of 52 bits).
CLK_INLINE clk_vec clk_lazy_product(clk_vec a, clk_vec w, clk_vec quotient, clk_vec negative) {
    clk_vec estimate = clk_high(clk_zero(), a, quotient);
    return clk_low(clk_low(clk_zero(), a, w), estimate, negative);
}

CLK_IFMA_END

#endif
#endif
