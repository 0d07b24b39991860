#include "arithmetic.h"
#include "scalar.h"

// Harvey, "Faster arithmetic for number-theoretic transforms" (2014), algorithms 4 and 3: values stay
// in [0, 4q) on the way forward and in [0, 2q) on the way back, and are reduced once at the end.

void clk_scalar_ntt_forward(uint64_t *a, size_t n, uint64_t q, const clk_constant *roots) {
    const uint64_t twice = 2 * q;
    size_t span = n / 2;
    for (size_t blocks = 1; blocks < n; blocks *= 2, span /= 2) {
        for (size_t block = 0; block < blocks; block++) {
            const clk_constant w = roots[blocks + block];
            uint64_t *x = a + 2 * block * span;
            uint64_t *y = x + span;
            for (size_t k = 0; k < span; k++) {
                uint64_t u = clk_reduce_once(x[k], twice);
                uint64_t v = clk_multiply_lazy(y[k], w, q);
                x[k] = u + v;
                y[k] = u + twice - v;
            }
        }
    }
    for (size_t k = 0; k < n; k++) {
        a[k] = clk_reduce_once(clk_reduce_once(a[k], twice), q);
    }
}

void clk_scalar_ntt_inverse(uint64_t *a, size_t n, uint64_t q, const clk_constant *inverse_roots,
                            clk_constant inverse_degree) {
    const uint64_t twice = 2 * q;
    size_t span = 1;
    for (size_t blocks = n / 2; blocks >= 1; blocks /= 2, span *= 2) {
        for (size_t block = 0; block < blocks; block++) {
            const clk_constant w = inverse_roots[blocks + block];
            uint64_t *x = a + 2 * block * span;
            uint64_t *y = x + span;
            for (size_t k = 0; k < span; k++) {
                uint64_t u = x[k];
                uint64_t v = y[k];
                x[k] = clk_reduce_once(u + v, twice);
                y[k] = clk_multiply_lazy(u + twice - v, w, q);
            }
        }
    }
    for (size_t k = 0; k < n; k++) {
        a[k] = clk_reduce_once(clk_multiply_lazy(a[k], inverse_degree, q), q);
    }
}
