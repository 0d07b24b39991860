#include "arithmetic.h"
#include "path.h"

// The fraction of a digit, given the width of its modulus and the ratio.
static inline uint64_t clk_digit_fraction(uint64_t x, unsigned bits, uint64_t ratio) {
    uint64_t digit = bits <= 52 ? x << (52 - bits) : x >> (bits - 52);
    return (uint64_t)(((clk_wide)digit * ratio) >> 52);
}

uint64_t clk_fraction(uint64_t x, const clk_modulus *modulus) {
    return clk_digit_fraction(x, clk_bits(modulus->q), clk_fraction_ratio(modulus));
}

enum { CLK_CONVERT_BLOCK = 64 };

// overflow(k) for a block of at most CLK_CONVERT_BLOCK positions.
static void clk_overflow(uint64_t *overflow, const uint64_t *const *digits,
                         const clk_conversion *conversion, size_t first, size_t count) {
    for (size_t k = 0; k < count; k++) {
        overflow[k] = (uint64_t)1 << 50;
    }
    for (size_t i = 0; i < conversion->limbs; i++) {
        const unsigned bits = clk_bits(conversion->sources[i].q);
        const uint64_t ratio = clk_fraction_ratio(&conversion->sources[i]);
        for (size_t k = 0; k < count; k++) {
            overflow[k] += clk_digit_fraction(digits[i][first + k], bits, ratio);
        }
    }
    for (size_t k = 0; k < count; k++) {
        overflow[k] >>= 51;
    }
}

void clk_scalar_convert(uint64_t *const *out, const uint64_t *const *addends,
                        const uint64_t *const *digits, const clk_conversion *conversion,
                        size_t n) {
    const size_t limbs = conversion->limbs;
    uint64_t overflow[CLK_CONVERT_BLOCK];
    for (size_t first = 0; first < n; first += CLK_CONVERT_BLOCK) {
        const size_t count = n - first < CLK_CONVERT_BLOCK ? n - first : CLK_CONVERT_BLOCK;
        clk_overflow(overflow, digits, conversion, first, count);
        for (size_t j = 0; j < conversion->targets; j++) {
            const clk_modulus m = conversion->moduli[j];
            const uint64_t *weights = conversion->weights + j * limbs;
            const uint64_t minus_product = clk_reduce_once(m.q - conversion->products[j], m.q);
            for (size_t k = 0; k < count; k++) {
                // Each product is below 2^122: 32 of them, the addend and the overflow's term fit.
                clk_wide sum = (clk_wide)overflow[k] * minus_product;
                sum += addends != NULL ? addends[j][first + k] : 0;
                for (size_t i = 0; i < limbs; i++) {
                    sum += (clk_wide)digits[i][first + k] * weights[i];
                    if ((i & 31) == 31) {
                        sum = clk_reduce_wide(sum, &m);
                    }
                }
                out[j][first + k] = clk_reduce_wide(sum, &m);
            }
        }
    }
}
