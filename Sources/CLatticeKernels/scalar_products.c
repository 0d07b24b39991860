#include "arithmetic.h"
#include "path.h"

void clk_scalar_sum(uint64_t *out, const uint64_t *addend, const uint64_t *const *terms,
                    size_t count, size_t n, const clk_modulus *modulus) {
    const clk_modulus m = *modulus;
    for (size_t k = 0; k < n; k++) {
        clk_wide sum = addend != NULL ? addend[k] : 0;
        for (size_t i = 0; i < count; i++) {
            sum += terms[i][k];
        }
        out[k] = clk_reduce_wide(sum, &m);
    }
}

void clk_scalar_inner_product(uint64_t *out, const uint64_t *addend, const uint64_t *const *a,
                              const uint64_t *const *b, size_t count, size_t n,
                              const clk_modulus *modulus) {
    const clk_modulus m = *modulus;
    for (size_t k = 0; k < n; k++) {
        // Products are below 2^122: 32 of them and the addend fit.
        clk_wide sum = addend != NULL ? addend[k] : 0;
        for (size_t i = 0; i < count; i++) {
            sum += (clk_wide)a[i][k] * b[i][k];
            if ((i & 31) == 31) {
                sum = clk_reduce_wide(sum, &m);
            }
        }
        out[k] = clk_reduce_wide(sum, &m);
    }
}

// A product as two words: as it is below 2^52, else reduced first.
static inline void clk_add_product(uint64_t *low, uint64_t *high, uint64_t a, uint64_t b,
                                   const clk_modulus *m) {
    const uint64_t mask = ((uint64_t)1 << 52) - 1;
    clk_wide product = (clk_wide)a * b;
    if (m->q >> 52 != 0) {
        product = clk_reduce_wide(product, m);
    }
    *low += (uint64_t)product & mask;
    *high += (uint64_t)(product >> 52);
}

void clk_scalar_tensor_add(uint64_t *const *sums, const uint64_t *const *factors, size_t pairs,
                           size_t n, const clk_modulus *modulus) {
    const clk_modulus m = *modulus;
    for (size_t k = 0; k < n; k++) {
        for (size_t g = 0; g < pairs; g++) {
            const uint64_t a0 = factors[4 * g][k], a1 = factors[4 * g + 1][k];
            const uint64_t b0 = factors[4 * g + 2][k], b1 = factors[4 * g + 3][k];
            clk_add_product(&sums[0][k], &sums[1][k], a0, b0, &m);
            clk_add_product(&sums[2][k], &sums[3][k], a0, b1, &m);
            clk_add_product(&sums[2][k], &sums[3][k], a1, b0, &m);
            clk_add_product(&sums[4][k], &sums[5][k], a1, b1, &m);
        }
    }
}

void clk_scalar_fold(uint64_t *out, const uint64_t *low, const uint64_t *high, size_t n,
                     const clk_modulus *modulus) {
    const clk_modulus m = *modulus;
    for (size_t k = 0; k < n; k++) {
        out[k] = clk_reduce_wide(((clk_wide)high[k] << 52) + low[k], &m);
    }
}
