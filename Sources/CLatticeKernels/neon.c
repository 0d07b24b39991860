#include "arithmetic.h"
#include "wide.h"

#if defined(__aarch64__)

#include <arm_neon.h>

// Two lanes, with the vector unit that every 64-bit ARM processor has. The algorithms stand in
// wide_*.h, and what the operations mean in avx2.c.

#define CLK_NAME(name) clk_neon_##name
enum { CLK_LANES = 2, CLK_TOGETHER = 2 };

typedef float64x2_t clk_real;
typedef uint64x2_t clk_word;

CLK_INLINE clk_word clk_load(const uint64_t *p) { return vld1q_u64(p); }
CLK_INLINE void clk_store(uint64_t *p, clk_word x) { vst1q_u64(p, x); }
CLK_INLINE clk_real clk_load_real(const uint64_t *p) { return vreinterpretq_f64_u64(clk_load(p)); }
CLK_INLINE void clk_store_real(uint64_t *p, clk_real x) { clk_store(p, vreinterpretq_u64_f64(x)); }

CLK_INLINE clk_word clk_all_word(uint64_t x) { return vdupq_n_u64(x); }
CLK_INLINE clk_real clk_all_real(double x) { return vdupq_n_f64(x); }
CLK_INLINE clk_real clk_all_cell(const uint64_t *p) {
    return vreinterpretq_f64_u64(vld1q_dup_u64(p));
}

CLK_INLINE clk_real clk_plus(clk_real a, clk_real b) { return vaddq_f64(a, b); }
CLK_INLINE clk_real clk_minus(clk_real a, clk_real b) { return vsubq_f64(a, b); }
CLK_INLINE clk_real clk_times(clk_real a, clk_real b) { return vmulq_f64(a, b); }
CLK_INLINE clk_real clk_plus_product(clk_real c, clk_real a, clk_real b) {
    return vfmaq_f64(c, a, b);
}
CLK_INLINE clk_real clk_minus_product(clk_real c, clk_real a, clk_real b) {
    return vfmsq_f64(c, a, b);
}

CLK_INLINE clk_real clk_masked(clk_real x, uint64x2_t mask) {
    return vreinterpretq_f64_u64(vandq_u64(vreinterpretq_u64_f64(x), mask));
}
CLK_INLINE clk_real clk_add_if_negative(clk_real x, clk_real y) {
    return vaddq_f64(x, clk_masked(y, vcltzq_f64(x)));
}
CLK_INLINE clk_real clk_subtract_if_above(clk_real x, clk_real limit, clk_real y) {
    return vsubq_f64(x, clk_masked(y, vcgtq_f64(x, limit)));
}

CLK_INLINE clk_real clk_to_real(clk_word x) { return vcvtq_f64_u64(x); }
CLK_INLINE clk_word clk_to_word(clk_real x) { return vcvtq_u64_f64(x); }
CLK_INLINE clk_real clk_low_half(clk_word x) {
    return clk_to_real(vandq_u64(x, clk_all_word(0xffffffff)));
}
CLK_INLINE clk_real clk_high_half(clk_word x) {
    return clk_to_real(vbicq_u64(x, clk_all_word(0xffffffff)));
}
CLK_INLINE clk_word clk_word_of_bits(clk_real x) { return vreinterpretq_u64_f64(x); }
CLK_INLINE clk_real clk_real_of_word(clk_word x) { return vreinterpretq_f64_u64(x); }

CLK_INLINE clk_word clk_word_plus(clk_word a, clk_word b) { return vaddq_u64(a, b); }
CLK_INLINE clk_word clk_word_minus(clk_word a, clk_word b) { return vsubq_u64(a, b); }
CLK_INLINE clk_word clk_word_and(clk_word a, clk_word b) { return vandq_u64(a, b); }
CLK_INLINE clk_word clk_word_right(clk_word x, const int bits) {
    return vshlq_u64(x, vdupq_n_s64(-bits));
}

CLK_INLINE clk_word clk_once_word(clk_word x, clk_word limit) {
    return vsubq_u64(x, vandq_u64(vcgeq_u64(x, limit), limit));
}
CLK_INLINE clk_word clk_word_less_one_if_above(clk_word sum, clk_real x, clk_real limit) {
    return vaddq_u64(sum, vcgtq_f64(x, limit));
}
CLK_INLINE clk_word clk_add_word_if_negative(clk_word x, clk_word y) {
    return vaddq_u64(x, vandq_u64(vcltzq_s64(vreinterpretq_s64_u64(x)), y));
}
CLK_INLINE clk_word clk_load_bytes(const int8_t *p) {
    const int64x2_t words = {p[0], p[1]};
    return vreinterpretq_u64_s64(words);
}

CLK_INLINE clk_word clk_load_pairs(const uint8_t *p, const size_t offsets[1]) {
    return vreinterpretq_u64_u8(vld1q_u8(p + offsets[0]));
}
CLK_INLINE clk_word clk_shuffle_bytes(clk_word x, clk_word sources) {
    return vreinterpretq_u64_u8(
        vqtbl1q_u8(vreinterpretq_u8_u64(x), vreinterpretq_u8_u64(sources)));
}
CLK_INLINE clk_word clk_word_right_each(clk_word x, clk_word bits) {
    return vshlq_u64(x, vnegq_s64(vreinterpretq_s64_u64(bits)));
}
CLK_INLINE clk_word clk_larger_word(clk_word a, clk_word b) {
    return vbslq_u64(vcgtq_u64(b, a), b, a);
}

CLK_INLINE void clk_transpose(clk_real x[2]) {
    clk_real low = vzip1q_f64(x[0], x[1]);
    x[1] = vzip2q_f64(x[0], x[1]);
    x[0] = low;
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

const clk_kernels clk_neon_kernels = {
    .name = "neon",
    .transform_words = clk_neon_transform_words,
    .transform_prepare = clk_neon_transform_prepare,
    .ntt_forward = clk_neon_ntt_forward,
    .ntt_forward_centred = clk_neon_ntt_forward_centred,
    .ntt_inverse = clk_neon_ntt_inverse,
    .add = clk_neon_add,
    .subtract = clk_neon_subtract,
    .negate = clk_neon_negate,
    .multiply = clk_neon_multiply,
    .multiply_constant = clk_neon_multiply_constant,
    .subtract_multiply_constant = clk_neon_subtract_multiply_constant,
    .reduce_centred = clk_neon_reduce_centred,
    .sum = clk_neon_sum,
    .inner_product = clk_neon_inner_product,
    .tensor_add = clk_neon_tensor_add,
    .fold = clk_neon_fold,
    .convert = clk_neon_convert,
    .permute = clk_scalar_permute,
    .pack = clk_scalar_pack,
    .unpack = clk_neon_unpack,
    .centred_binomial = clk_neon_centred_binomial,
    .ternary = clk_scalar_ternary,
    .uniform = clk_scalar_uniform,
    .lift_signed = clk_neon_lift_signed,
    .place_slots = clk_scalar_place_slots,
    .read_slots = clk_scalar_read_slots,
};

#endif
