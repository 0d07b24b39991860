#include "arithmetic.h"
#include "scalar.h"

void clk_scalar_convert_limb(uint64_t *out, const uint64_t *digits, size_t limbs, size_t stride,
                             const uint64_t *weights, const uint64_t *overflow, uint64_t product,
                             size_t n, const clk_modulus *modulus) {
    const clk_modulus m = *modulus;
    const uint64_t minus_product = clk_reduce_once(m.q - product, m.q);
    for (size_t k = 0; k < n; k++) {
        // Each product is below 2^122, so up to 32 of them and the overflow term fit before a fold.
        clk_wide sum = (clk_wide)overflow[k] * minus_product;
        for (size_t i = 0; i < limbs; i++) {
            sum += (clk_wide)digits[i * stride + k] * weights[i];
            if ((i & 31) == 31) {
                sum = clk_reduce_wide(sum, &m);
            }
        }
        out[k] = clk_reduce_wide(sum, &m);
    }
}

void clk_scalar_overflow(uint64_t *overflow, const uint64_t *digits, size_t limbs, size_t stride,
                         const clk_modulus *moduli, size_t n) {
    for (size_t k = 0; k < n; k++) {
        clk_wide sum = (clk_wide)1 << 63;
        for (size_t i = 0; i < limbs; i++) {
            // floor(x * floor(2^128 / q) / 2^64) is the 64-bit fraction x / q, low by less than 2.
            uint64_t x = digits[i * stride + k];
            clk_wide low = ((clk_wide)x * moduli[i].ratio_low) >> 64;
            sum += (clk_wide)x * moduli[i].ratio_high + low;
        }
        overflow[k] = (uint64_t)(sum >> 64);
    }
}
