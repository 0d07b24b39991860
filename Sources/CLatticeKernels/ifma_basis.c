#include "ifma.h"

#if defined(__x86_64__)

CLK_IFMA_BEGIN

// Positions that are converted together, and of them those whose sums are in registers together.
enum { CLK_BLOCK = 128, CLK_GROUP = 32, CLK_VECTORS = CLK_GROUP / 8, CLK_MOST_LIMBS = 64 };

// How a digit is brought to 52 bits, and its modulus's ratio.
typedef struct {
    uint64_t shift;
    uint64_t ratio;
} clk_digit;

// overflow(k) of `vectors` vectors of positions from k on.
CLK_INLINE void clk_overflow_group(uint64_t *overflow, const uint64_t *const *digits,
                                   const clk_digit *sources, size_t limbs, size_t k,
                                   const int vectors) {
    clk_vec sum[CLK_VECTORS];
    CLK_UNROLL for (int u = 0; u < vectors; u++) {
        sum[u] = clk_all((uint64_t)1 << 50);
    }
    for (size_t i = 0; i < limbs; i++) {
        const __m128i shift = _mm_cvtsi64_si128((long long)sources[i].shift);
        const clk_vec ratio = clk_all(sources[i].ratio);
        CLK_UNROLL for (int u = 0; u < vectors; u++) {
            clk_vec digit = _mm512_sll_epi64(clk_load(digits[i] + k + 8 * u), shift);
            sum[u] = clk_high(sum[u], digit, ratio);
        }
    }
    CLK_UNROLL for (int u = 0; u < vectors; u++) {
        clk_store(overflow + 8 * u, clk_right(sum[u], 51));
    }
}

// One target of `vectors` vectors of positions from k on.
CLK_INLINE void clk_convert_group(uint64_t *out, const uint64_t *addend,
                                  const uint64_t *const *digits, const uint64_t *overflow,
                                  const uint64_t *weights, clk_vec minus_product, size_t limbs,
                                  size_t k, const clk_reducer *r, const int vectors) {
    clk_vec low[CLK_VECTORS], high[CLK_VECTORS];
    CLK_UNROLL for (int u = 0; u < vectors; u++) {
        clk_vec multiple = clk_load(overflow + 8 * u);
        low[u] = addend != NULL ? clk_load(addend + k + 8 * u) : clk_zero();
        // The overflow has no more than log2(limbs) bits: the product stays below 2^52.
        low[u] = clk_low(low[u], multiple, minus_product);
        high[u] = clk_zero();
    }
    for (size_t i = 0; i < limbs; i++) {
        const clk_vec weight = clk_all(weights[i]);
        CLK_UNROLL for (int u = 0; u < vectors; u++) {
            clk_vec digit = clk_load(digits[i] + k + 8 * u);
            low[u] = clk_low(low[u], digit, weight);
            high[u] = clk_high(high[u], digit, weight);
        }
    }
    CLK_UNROLL for (int u = 0; u < vectors; u++) {
        clk_store(out + k + 8 * u, clk_reduce_pair(low[u], high[u], r));
    }
}

// `count` positions from `first` on, a multiple of 8 and at most CLK_BLOCK.
CLK_INLINE void clk_convert_block(uint64_t *const *out, const uint64_t *const *addends,
                                  const uint64_t *const *digits, const clk_digit *sources,
                                  const clk_conversion *c, size_t first, size_t count) {
    uint64_t overflow[CLK_BLOCK];
    const size_t whole = count / CLK_GROUP * CLK_GROUP;
    for (size_t k = 0; k < whole; k += CLK_GROUP) {
        clk_overflow_group(overflow + k, digits, sources, c->limbs, first + k, CLK_VECTORS);
    }
    for (size_t k = whole; k < count; k += 8) {
        clk_overflow_group(overflow + k, digits, sources, c->limbs, first + k, 1);
    }
    for (size_t j = 0; j < c->targets; j++) {
        const clk_reducer r = clk_reducer_of(&c->moduli[j]);
        const uint64_t *weights = c->weights + j * c->limbs;
        const uint64_t *addend = addends != NULL ? addends[j] : NULL;
        const clk_vec minus_product = clk_all(c->moduli[j].q - c->products[j]);
        for (size_t k = 0; k < whole; k += CLK_GROUP) {
            clk_convert_group(out[j], addend, digits, overflow + k, weights, minus_product,
                              c->limbs, first + k, &r, CLK_VECTORS);
        }
        for (size_t k = whole; k < count; k += 8) {
            clk_convert_group(out[j], addend, digits, overflow + k, weights, minus_product,
                              c->limbs, first + k, &r, 1);
        }
    }
}

// Whether every sum of products fits clk_reduce_pair and every digit the multiply-add: the sum is below
// limbs 2^(most + bits) from the digits, limbs 2^bits from the overflow, which has to fit one word, and
// 2^bits from the addend.
static int clk_convert_holds(const clk_conversion *c) {
    unsigned most = 0;
    for (size_t i = 0; i < c->limbs; i++) {
        if (!clk_ifma_holds(c->sources[i].q)) {
            return 0;
        }
        unsigned bits = clk_bits(c->sources[i].q);
        most = bits > most ? bits : most;
    }
    for (size_t j = 0; j < c->targets; j++) {
        if (!clk_ifma_holds(c->moduli[j].q) ||
            c->limbs > (size_t)1 << (52 - clk_bits(c->moduli[j].q))) {
            return 0;
        }
    }
    return c->limbs <= CLK_MOST_LIMBS && c->limbs < (size_t)1 << most &&
           c->limbs + 1 <= (size_t)1 << (51 - most);
}

void clk_ifma_convert(uint64_t *const *out, const uint64_t *const *addends,
                      const uint64_t *const *digits, const clk_conversion *conversion, size_t n) {
    if (!clk_convert_holds(conversion)) {
        clk_scalar_convert(out, addends, digits, conversion, n);
        return;
    }
    clk_digit sources[CLK_MOST_LIMBS];
    for (size_t i = 0; i < conversion->limbs; i++) {
        sources[i] = (clk_digit){
            .shift = 52 - clk_bits(conversion->sources[i].q),
            .ratio = clk_fraction_ratio(&conversion->sources[i]),
        };
    }
    for (size_t k = 0; k < n; k += CLK_BLOCK) {
        const size_t count = n - k < CLK_BLOCK ? n - k : CLK_BLOCK;
        clk_convert_block(out, addends, digits, sources, conversion, k, count);
    }
}

CLK_IFMA_END

#endif
