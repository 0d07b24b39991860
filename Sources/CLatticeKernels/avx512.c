#include "arithmetic.h"
#include "wide.h"

#if defined(__x86_64__)

#include <immintrin.h>

// Eight lanes, with AVX-512 F, DQ, BW and VL, for processors without the 52-bit integer
// multiply-add. The algorithms stand in wide_*.h, and what the operations mean in avx2.c.

#define CLK_NAME(name) clk_avx512_##name
enum { CLK_LANES = 8, CLK_TOGETHER = 2 };

#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl"))),       \
                             apply_to = function)

typedef __m512d clk_real;
typedef __m512i clk_word;

CLK_INLINE clk_word clk_load(const uint64_t *p) { return _mm512_loadu_si512(p); }
CLK_INLINE void clk_store(uint64_t *p, clk_word x) { _mm512_storeu_si512(p, x); }
CLK_INLINE clk_real clk_load_real(const uint64_t *p) { return _mm512_castsi512_pd(clk_load(p)); }
CLK_INLINE void clk_store_real(uint64_t *p, clk_real x) { clk_store(p, _mm512_castpd_si512(x)); }

CLK_INLINE clk_word clk_all_word(uint64_t x) { return _mm512_set1_epi64((long long)x); }
CLK_INLINE clk_real clk_all_real(double x) { return _mm512_set1_pd(x); }
CLK_INLINE clk_real clk_all_cell(const uint64_t *p) {
    return _mm512_castsi512_pd(clk_all_word(*p));
}

CLK_INLINE clk_real clk_plus(clk_real a, clk_real b) { return _mm512_add_pd(a, b); }
CLK_INLINE clk_real clk_minus(clk_real a, clk_real b) { return _mm512_sub_pd(a, b); }
CLK_INLINE clk_real clk_times(clk_real a, clk_real b) { return _mm512_mul_pd(a, b); }
CLK_INLINE clk_real clk_plus_product(clk_real c, clk_real a, clk_real b) {
    return _mm512_fmadd_pd(a, b, c);
}
CLK_INLINE clk_real clk_minus_product(clk_real c, clk_real a, clk_real b) {
    return _mm512_fnmadd_pd(a, b, c);
}

CLK_INLINE clk_real clk_add_if_negative(clk_real x, clk_real y) {
    return _mm512_mask_add_pd(x, _mm512_cmp_pd_mask(x, _mm512_setzero_pd(), _CMP_LT_OQ), x, y);
}
CLK_INLINE clk_real clk_subtract_if_above(clk_real x, clk_real limit, clk_real y) {
    return _mm512_mask_sub_pd(x, _mm512_cmp_pd_mask(x, limit, _CMP_GT_OQ), x, y);
}

CLK_INLINE clk_real clk_to_real(clk_word x) { return _mm512_cvtepu64_pd(x); }
CLK_INLINE clk_word clk_to_word(clk_real x) { return _mm512_cvtpd_epu64(x); }
CLK_INLINE clk_real clk_low_half(clk_word x) {
    return clk_to_real(_mm512_and_si512(x, clk_all_word(0xffffffff)));
}
CLK_INLINE clk_real clk_high_half(clk_word x) {
    return clk_to_real(_mm512_andnot_si512(clk_all_word(0xffffffff), x));
}
CLK_INLINE clk_word clk_word_of_bits(clk_real x) { return _mm512_castpd_si512(x); }
CLK_INLINE clk_real clk_real_of_word(clk_word x) { return _mm512_castsi512_pd(x); }

CLK_INLINE clk_word clk_word_plus(clk_word a, clk_word b) { return _mm512_add_epi64(a, b); }
CLK_INLINE clk_word clk_word_minus(clk_word a, clk_word b) { return _mm512_sub_epi64(a, b); }
CLK_INLINE clk_word clk_word_and(clk_word a, clk_word b) { return _mm512_and_si512(a, b); }
CLK_INLINE clk_word clk_word_right(clk_word x, const unsigned bits) {
    return _mm512_srli_epi64(x, bits);
}

CLK_INLINE clk_word clk_once_word(clk_word x, clk_word limit) {
    return _mm512_min_epu64(x, _mm512_sub_epi64(x, limit));
}
CLK_INLINE clk_word clk_word_less_one_if_above(clk_word sum, clk_real x, clk_real limit) {
    __mmask8 above = _mm512_cmp_pd_mask(x, limit, _CMP_GT_OQ);
    return _mm512_mask_sub_epi64(sum, above, sum, clk_all_word(1));
}
CLK_INLINE clk_word clk_add_word_if_negative(clk_word x, clk_word y) {
    return _mm512_mask_add_epi64(x, _mm512_movepi64_mask(x), x, y);
}
CLK_INLINE clk_word clk_load_bytes(const int8_t *p) {
    return _mm512_cvtepi8_epi64(_mm_loadl_epi64((const __m128i *)p));
}

CLK_INLINE void clk_transpose(clk_real x[8]) {
    clk_real pairs[8], quads[8];
    CLK_UNROLL for (int i = 0; i < 8; i += 2) {
        pairs[i] = _mm512_unpacklo_pd(x[i], x[i + 1]);
        pairs[i + 1] = _mm512_unpackhi_pd(x[i], x[i + 1]);
    }
    CLK_UNROLL for (int i = 0; i < 8; i += 4) {
        CLK_UNROLL for (int k = 0; k < 2; k++) {
            quads[i + k] = _mm512_shuffle_f64x2(pairs[i + k], pairs[i + k + 2], 0x88);
            quads[i + k + 2] = _mm512_shuffle_f64x2(pairs[i + k], pairs[i + k + 2], 0xdd);
        }
    }
    CLK_UNROLL for (int i = 0; i < 4; i++) {
        x[i] = _mm512_shuffle_f64x2(quads[i], quads[i + 4], 0x88);
        x[i + 4] = _mm512_shuffle_f64x2(quads[i], quads[i + 4], 0xdd);
    }
}

#include "wide_double.h"
#include "wide_ntt.h"
#include "wide_forward.h"
#include "wide_backward.h"
#include "wide_pointwise.h"
#include "wide_products.h"
#include "wide_basis.h"
#include "wide_sampling.h"

void clk_avx512_permute(uint64_t *out, const uint64_t *a, const uint32_t *permutation, size_t n) {
    for (size_t k = 0; k < n; k += 8) {
        const clk_word block = clk_load(a + permutation[k] / 8 * 8);
        // The permutation of lanes reads the lowest three bits of an index.
        __m256i indices = _mm256_loadu_si256((const __m256i *)(permutation + k));
        clk_store(out + k, _mm512_permutexvar_epi64(_mm512_cvtepu32_epi64(indices), block));
    }
}

size_t clk_avx512_uniform(uint64_t *out, const uint64_t *words, size_t count, uint64_t q) {
    const clk_word mask = clk_all_word(~(uint64_t)0 >> __builtin_clzll(q - 1));
    const clk_word limit = clk_all_word(q);
    size_t written = 0, k = 0;
    for (; k + 8 <= count; k += 8) {
        clk_word x = clk_word_and(clk_load(words + k), mask);
        __mmask8 accepted = _mm512_cmplt_epu64_mask(x, limit);
        clk_store(out + written, _mm512_maskz_compress_epi64(accepted, x));
        written += (size_t)__builtin_popcount(accepted);
    }
    return written + clk_scalar_uniform(out + written, words + k, count - k, q);
}

#pragma clang attribute pop

const clk_kernels clk_avx512_kernels = {
    .name = "avx512",
    .transform_words = clk_avx512_transform_words,
    .transform_prepare = clk_avx512_transform_prepare,
    .ntt_forward = clk_avx512_ntt_forward,
    .ntt_forward_centred = clk_avx512_ntt_forward_centred,
    .ntt_inverse = clk_avx512_ntt_inverse,
    .add = clk_avx512_add,
    .subtract = clk_avx512_subtract,
    .negate = clk_avx512_negate,
    .multiply = clk_avx512_multiply,
    .multiply_constant = clk_avx512_multiply_constant,
    .subtract_multiply_constant = clk_avx512_subtract_multiply_constant,
    .reduce_centred = clk_avx512_reduce_centred,
    .sum = clk_avx512_sum,
    .inner_product = clk_avx512_inner_product,
    .tensor_add = clk_avx512_tensor_add,
    .fold = clk_avx512_fold,
    .convert = clk_avx512_convert,
    .permute = clk_avx512_permute,
    .pack = clk_scalar_pack,
    .unpack = clk_avx2_unpack,
    .centred_binomial = clk_avx2_centred_binomial,
    .ternary = clk_scalar_ternary,
    .uniform = clk_avx512_uniform,
    .lift_signed = clk_avx512_lift_signed,
    .place_slots = clk_scalar_place_slots,
    .read_slots = clk_scalar_read_slots,
};

#endif
