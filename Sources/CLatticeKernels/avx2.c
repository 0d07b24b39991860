#include "arithmetic.h"
#include "wide.h"

#if defined(__x86_64__)

#include <immintrin.h>

// Four lanes, with AVX2 and FMA. The algorithms stand in wide_*.h.

#define CLK_NAME(name) clk_avx2_##name
enum { CLK_LANES = 4, CLK_TOGETHER = 2 };

#pragma clang attribute push(__attribute__((target("avx2,fma,popcnt"))), apply_to = function)

typedef __m256d clk_real;
typedef __m256i clk_word;

// Memory: cells of 64 bits with a word or a double.
CLK_INLINE clk_word clk_load(const uint64_t *p) { return _mm256_loadu_si256((const __m256i *)p); }
CLK_INLINE void clk_store(uint64_t *p, clk_word x) { _mm256_storeu_si256((__m256i *)p, x); }
CLK_INLINE clk_real clk_load_real(const uint64_t *p) { return _mm256_castsi256_pd(clk_load(p)); }
CLK_INLINE void clk_store_real(uint64_t *p, clk_real x) { clk_store(p, _mm256_castpd_si256(x)); }

// The same in all lanes: a word, a double, a cell with a double.
CLK_INLINE clk_word clk_all_word(uint64_t x) { return _mm256_set1_epi64x((long long)x); }
CLK_INLINE clk_real clk_all_real(double x) { return _mm256_set1_pd(x); }
CLK_INLINE clk_real clk_all_cell(const uint64_t *p) {
    return _mm256_castsi256_pd(clk_all_word(*p));
}

// a + b, a - b, a b, c + a b and c - a b, the last two rounded once.
CLK_INLINE clk_real clk_plus(clk_real a, clk_real b) { return _mm256_add_pd(a, b); }
CLK_INLINE clk_real clk_minus(clk_real a, clk_real b) { return _mm256_sub_pd(a, b); }
CLK_INLINE clk_real clk_times(clk_real a, clk_real b) { return _mm256_mul_pd(a, b); }
CLK_INLINE clk_real clk_plus_product(clk_real c, clk_real a, clk_real b) {
    return _mm256_fmadd_pd(a, b, c);
}
CLK_INLINE clk_real clk_minus_product(clk_real c, clk_real a, clk_real b) {
    return _mm256_fnmadd_pd(a, b, c);
}

// x < 0 ? x + y : x, and x > limit ? x - y : x.
CLK_INLINE clk_real clk_add_if_negative(clk_real x, clk_real y) {
    clk_real negative = _mm256_cmp_pd(x, _mm256_setzero_pd(), _CMP_LT_OQ);
    return _mm256_add_pd(x, _mm256_and_pd(negative, y));
}
CLK_INLINE clk_real clk_subtract_if_above(clk_real x, clk_real limit, clk_real y) {
    return _mm256_sub_pd(x, _mm256_and_pd(_mm256_cmp_pd(x, limit, _CMP_GT_OQ), y));
}

// Words below 2^52 as doubles and back: 2^52 + x has the bits of 2^52 plus x.
CLK_INLINE clk_real clk_to_real(clk_word x) {
    const clk_real base = clk_all_real(0x1p52);
    return _mm256_sub_pd(_mm256_or_pd(_mm256_castsi256_pd(x), base), base);
}
CLK_INLINE clk_word clk_to_word(clk_real x) {
    const clk_real base = clk_all_real(0x1p52);
    return _mm256_castpd_si256(_mm256_xor_pd(_mm256_add_pd(x, base), base));
}
// The lower 32 bits of words, and the upper ones in their place, as doubles.
CLK_INLINE clk_real clk_low_half(clk_word x) {
    const clk_real base = clk_all_real(0x1p52);
    clk_word cells = _mm256_blend_epi32(x, _mm256_castpd_si256(base), 0xaa);
    return _mm256_sub_pd(_mm256_castsi256_pd(cells), base);
}
CLK_INLINE clk_real clk_high_half(clk_word x) {
    const clk_real base = clk_all_real(0x1p84);
    clk_word cells = _mm256_or_si256(_mm256_srli_epi64(x, 32), _mm256_castpd_si256(base));
    return _mm256_sub_pd(_mm256_castsi256_pd(cells), base);
}
CLK_INLINE clk_word clk_word_of_bits(clk_real x) { return _mm256_castpd_si256(x); }
CLK_INLINE clk_real clk_real_of_word(clk_word x) { return _mm256_castsi256_pd(x); }

CLK_INLINE clk_word clk_word_plus(clk_word a, clk_word b) { return _mm256_add_epi64(a, b); }
CLK_INLINE clk_word clk_word_minus(clk_word a, clk_word b) { return _mm256_sub_epi64(a, b); }
CLK_INLINE clk_word clk_word_and(clk_word a, clk_word b) { return _mm256_and_si256(a, b); }
CLK_INLINE clk_word clk_word_right(clk_word x, const int bits) {
    return _mm256_srli_epi64(x, bits);
}

// x in [0, 2 limit) to [0, limit), limit < 2^62.
CLK_INLINE clk_word clk_once_word(clk_word x, clk_word limit) {
    clk_real less = _mm256_castsi256_pd(_mm256_sub_epi64(x, limit));
    return _mm256_castpd_si256(_mm256_blendv_pd(less, _mm256_castsi256_pd(x), less));
}
// sum - 1 where x > limit, else sum.
CLK_INLINE clk_word clk_word_less_one_if_above(clk_word sum, clk_real x, clk_real limit) {
    return _mm256_add_epi64(sum, _mm256_castpd_si256(_mm256_cmp_pd(x, limit, _CMP_GT_OQ)));
}
// x + y where x is negative as a signed number, else x; and signed bytes as words.
CLK_INLINE clk_word clk_add_word_if_negative(clk_word x, clk_word y) {
    return _mm256_add_epi64(x, _mm256_and_si256(_mm256_cmpgt_epi64(_mm256_setzero_si256(), x), y));
}
CLK_INLINE clk_word clk_load_bytes(const int8_t *p) {
    int32_t bytes;
    __builtin_memcpy(&bytes, p, sizeof bytes);
    return _mm256_cvtepi8_epi64(_mm_cvtsi32_si128(bytes));
}

// Lane i of vector j becomes lane j of vector i.
CLK_INLINE void clk_transpose(clk_real x[4]) {
    clk_real a = _mm256_unpacklo_pd(x[0], x[1]), b = _mm256_unpackhi_pd(x[0], x[1]);
    clk_real c = _mm256_unpacklo_pd(x[2], x[3]), d = _mm256_unpackhi_pd(x[2], x[3]);
    x[0] = _mm256_permute2f128_pd(a, c, 0x20);
    x[1] = _mm256_permute2f128_pd(b, d, 0x20);
    x[2] = _mm256_permute2f128_pd(a, c, 0x31);
    x[3] = _mm256_permute2f128_pd(b, d, 0x31);
}

// For unpacking: sixteen bytes from each of two offsets; a shuffle of the bytes of each half; a
// shift of its own for each lane; the larger of words below 2^63.
CLK_INLINE clk_word clk_load_pairs(const uint8_t *p, const size_t offsets[2]) {
    __m128i low = _mm_loadu_si128((const __m128i *)(p + offsets[0]));
    __m128i high = _mm_loadu_si128((const __m128i *)(p + offsets[1]));
    return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}
CLK_INLINE clk_word clk_shuffle_bytes(clk_word x, clk_word sources) {
    return _mm256_shuffle_epi8(x, sources);
}
CLK_INLINE clk_word clk_word_right_each(clk_word x, clk_word bits) {
    return _mm256_srlv_epi64(x, bits);
}
CLK_INLINE clk_word clk_larger_word(clk_word a, clk_word b) {
    return _mm256_blendv_epi8(a, b, _mm256_cmpgt_epi64(b, a));
}

#include "wide_double.h"
#include "wide_ntt.h"
#include "wide_forward.h"
#include "wide_backward.h"
#include "wide_pointwise.h"
#include "wide_products.h"
#include "wide_basis.h"
#include "wide_packing.h"
#include "wide_sampling.h"

// The order in which the accepted lanes move to the front, as pairs of 32-bit words, for each set
// of accepted lanes. Which lanes are left out says nothing about the others.
static const uint8_t clk_accepted_order[16][8] = {
    {0, 1, 0, 1, 0, 1, 0, 1}, {0, 1, 0, 1, 0, 1, 0, 1}, {2, 3, 0, 1, 0, 1, 0, 1},
    {0, 1, 2, 3, 0, 1, 0, 1}, {4, 5, 0, 1, 0, 1, 0, 1}, {0, 1, 4, 5, 0, 1, 0, 1},
    {2, 3, 4, 5, 0, 1, 0, 1}, {0, 1, 2, 3, 4, 5, 0, 1}, {6, 7, 0, 1, 0, 1, 0, 1},
    {0, 1, 6, 7, 0, 1, 0, 1}, {2, 3, 6, 7, 0, 1, 0, 1}, {0, 1, 2, 3, 6, 7, 0, 1},
    {4, 5, 6, 7, 0, 1, 0, 1}, {0, 1, 4, 5, 6, 7, 0, 1}, {2, 3, 4, 5, 6, 7, 0, 1},
    {0, 1, 2, 3, 4, 5, 6, 7},
};

size_t clk_avx2_uniform(uint64_t *out, const uint64_t *words, size_t count, uint64_t q) {
    const clk_word mask = clk_all_word(~(uint64_t)0 >> __builtin_clzll(q - 1));
    const clk_word limit = clk_all_word(q);
    size_t written = 0, k = 0;
    for (; k + 4 <= count; k += 4) {
        clk_word x = clk_word_and(clk_load(words + k), mask);
        int accepted = _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpgt_epi64(limit, x)));
        __m128i order = _mm_loadl_epi64((const __m128i *)clk_accepted_order[accepted]);
        clk_store(out + written, _mm256_permutevar8x32_epi32(x, _mm256_cvtepu8_epi32(order)));
        written += (size_t)__builtin_popcount((unsigned)accepted);
    }
    return written + clk_scalar_uniform(out + written, words + k, count - k, q);
}

#pragma clang attribute pop

const clk_kernels clk_avx2_kernels = {
    .name = "avx2",
    .transform_words = clk_avx2_transform_words,
    .transform_prepare = clk_avx2_transform_prepare,
    .ntt_forward = clk_avx2_ntt_forward,
    .ntt_forward_centred = clk_avx2_ntt_forward_centred,
    .ntt_inverse = clk_avx2_ntt_inverse,
    .add = clk_avx2_add,
    .subtract = clk_avx2_subtract,
    .negate = clk_avx2_negate,
    .multiply = clk_avx2_multiply,
    .multiply_constant = clk_avx2_multiply_constant,
    .subtract_multiply_constant = clk_avx2_subtract_multiply_constant,
    .reduce_centred = clk_avx2_reduce_centred,
    .sum = clk_avx2_sum,
    .inner_product = clk_avx2_inner_product,
    .tensor_add = clk_avx2_tensor_add,
    .fold = clk_avx2_fold,
    .convert = clk_avx2_convert,
    .permute = clk_scalar_permute,
    .pack = clk_scalar_pack,
    .unpack = clk_avx2_unpack,
    .centred_binomial = clk_avx2_centred_binomial,
    .ternary = clk_scalar_ternary,
    .uniform = clk_avx2_uniform,
    .lift_signed = clk_avx2_lift_signed,
    .place_slots = clk_scalar_place_slots,
    .read_slots = clk_scalar_read_slots,
};

#endif
