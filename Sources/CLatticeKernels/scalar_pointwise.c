#include "arithmetic.h"
#include "path.h"

void clk_scalar_add(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n, uint64_t q) {
    for (size_t k = 0; k < n; k++) {
        out[k] = clk_reduce_once(a[k] + b[k], q);
    }
}

void clk_scalar_subtract(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,
                         uint64_t q) {
    for (size_t k = 0; k < n; k++) {
        out[k] = clk_reduce_once(a[k] + q - b[k], q);
    }
}

void clk_scalar_negate(uint64_t *out, const uint64_t *a, size_t n, uint64_t q) {
    for (size_t k = 0; k < n; k++) {
        out[k] = clk_reduce_once(q - a[k], q);
    }
}

void clk_scalar_multiply(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,
                         const clk_modulus *modulus) {
    const clk_modulus m = *modulus;
    for (size_t k = 0; k < n; k++) {
        out[k] = clk_multiply_mod(a[k], b[k], &m);
    }
}

void clk_scalar_multiply_constant(uint64_t *out, const uint64_t *a, clk_constant w, size_t n,
                                  uint64_t q) {
    for (size_t k = 0; k < n; k++) {
        out[k] = clk_reduce_once(clk_multiply_lazy(a[k], w, q), q);
    }
}

void clk_scalar_subtract_multiply_constant(uint64_t *out, const uint64_t *a, const uint64_t *b,
                                           clk_constant w, size_t n, uint64_t q) {
    for (size_t k = 0; k < n; k++) {
        out[k] = clk_reduce_once(clk_multiply_lazy(a[k] + q - b[k], w, q), q);
    }
}

void clk_scalar_reduce_centred(uint64_t *out, const uint64_t *a, size_t n, uint64_t from,
                               const clk_modulus *modulus) {
    const clk_modulus m = *modulus;
    const uint64_t half = from / 2;
    // A representative above the middle stands for itself minus `from`.
    const uint64_t shift = clk_centring_shift(from, &m);
    for (size_t k = 0; k < n; k++) {
        uint64_t above = 0 - ((half - a[k]) >> 63);
        out[k] = clk_reduce_wide((clk_wide)a[k] + (shift & above), &m);
    }
}

void clk_scalar_permute(uint64_t *out, const uint64_t *a, const uint32_t *permutation, size_t n) {
    for (size_t k = 0; k < n; k++) {
        out[k] = a[permutation[k]];
    }
}
