#include "ifma.h"

#if defined(__x86_64__)

CLK_IFMA_BEGIN

void clk_ifma_add(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n, uint64_t q) {
    const clk_vec limit = clk_all(q);
    for (size_t k = 0; k < n; k += 8) {
        clk_store(out + k, clk_once(clk_plus(clk_load(a + k), clk_load(b + k)), limit));
    }
}

void clk_ifma_subtract(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n, uint64_t q) {
    const clk_vec limit = clk_all(q);
    for (size_t k = 0; k < n; k += 8) {
        // A difference below zero is a huge unsigned number, and the smaller one plus q is right.
        clk_vec difference = clk_minus(clk_load(a + k), clk_load(b + k));
        clk_store(out + k, _mm512_min_epu64(difference, clk_plus(difference, limit)));
    }
}

void clk_ifma_negate(uint64_t *out, const uint64_t *a, size_t n, uint64_t q) {
    const clk_vec limit = clk_all(q);
    for (size_t k = 0; k < n; k += 8) {
        clk_store(out + k, clk_once(clk_minus(limit, clk_load(a + k)), limit));
    }
}

void clk_ifma_multiply(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,
                       const clk_modulus *modulus) {
    if (!clk_ifma_holds(modulus->q)) {
        clk_scalar_multiply(out, a, b, n, modulus);
        return;
    }
    const clk_reducer r = clk_reducer_of(modulus);
    for (size_t k = 0; k < n; k += 8) {
        clk_vec x = clk_load(a + k), y = clk_load(b + k);
        // The product's bits from `bits` on, as in clk_reduce_pair but without a sum to carry.
        clk_vec above = clk_high(clk_zero(), clk_left(x, 52 - r.bits), y);
        clk_vec estimate = clk_high(clk_zero(), clk_left(above, 1), r.ratio);
        clk_vec low = clk_low(clk_zero(), x, y);
        clk_store(out + k, clk_settle(clk_low(low, estimate, r.negative), &r));
    }
}

void clk_ifma_multiply_constant(uint64_t *out, const uint64_t *a, clk_constant w, size_t n,
                                uint64_t q) {
    if (!clk_ifma_holds(q)) {
        clk_scalar_multiply_constant(out, a, w, n, q);
        return;
    }
    const clk_factor factor = clk_factor_of(w);
    const clk_vec limit = clk_all(q), negative = clk_all(((uint64_t)1 << 52) - q);
    for (size_t k = 0; k < n; k += 8) {
        clk_vec x =
            clk_lazy_product(clk_load(a + k), factor.value, factor.quotient, negative);
        clk_store(out + k, clk_once(clk_mask52(x), limit));
    }
}

void clk_ifma_subtract_multiply_constant(uint64_t *out, const uint64_t *a, const uint64_t *b,
                                         clk_constant w, size_t n, uint64_t q) {
    if (!clk_ifma_holds(q)) {
        clk_scalar_subtract_multiply_constant(out, a, b, w, n, q);
        return;
    }
    const clk_factor factor = clk_factor_of(w);
    const clk_vec limit = clk_all(q), negative = clk_all(((uint64_t)1 << 52) - q);
    for (size_t k = 0; k < n; k += 8) {
        clk_vec x = clk_minus(clk_plus(clk_load(a + k), limit), clk_load(b + k));
        x = clk_lazy_product(x, factor.value, factor.quotient, negative);
        clk_store(out + k, clk_once(clk_mask52(x), limit));
    }
}

void clk_ifma_reduce_centred(uint64_t *out, const uint64_t *a, size_t n, uint64_t from,
                             const clk_modulus *modulus) {
    // Below 2^(51 + bits), shift included, for clk_reduce_word.
    if (!clk_ifma_holds(modulus->q) || clk_bits(from) > 50 + clk_bits(modulus->q)) {
        clk_scalar_reduce_centred(out, a, n, from, modulus);
        return;
    }
    const clk_reducer r = clk_reducer_of(modulus);
    const clk_vec half = clk_all(from / 2), shift = clk_all(clk_centring_shift(from, modulus));
    for (size_t k = 0; k < n; k += 8) {
        clk_vec x = clk_load(a + k);
        x = _mm512_mask_add_epi64(x, _mm512_cmpgt_epu64_mask(x, half), x, shift);
        clk_store(out + k, clk_reduce_word(x, &r));
    }
}

void clk_ifma_permute(uint64_t *out, const uint64_t *a, const uint32_t *permutation, size_t n) {
    for (size_t k = 0; k < n; k += 8) {
        // One block of eight in, one out: the instruction takes the lowest three bits of an index.
        __m512i lanes = _mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)(permutation + k)));
        clk_vec block = clk_load(a + (permutation[k] & ~(uint32_t)7));
        clk_store(out + k, _mm512_permutexvar_epi64(lanes, block));
    }
}

void clk_ifma_lift_signed(uint64_t *out, const int8_t *a, size_t n, uint64_t q) {
    const clk_vec limit = clk_all(q);
    for (size_t k = 0; k < n; k += 8) {
        clk_vec x = _mm512_cvtepi8_epi64(_mm_loadl_epi64((const __m128i *)(a + k)));
        clk_store(out + k, _mm512_mask_add_epi64(x, _mm512_movepi64_mask(x), x, limit));
    }
}

CLK_IFMA_END

#endif
