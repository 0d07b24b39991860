#include "arithmetic.h"
#include "path.h"

// Harvey, "Faster arithmetic for number-theoretic transforms" (2014), algorithms 4 and 3: values stay
// in [0, 4q) on the way forward and in [0, 2q) on the way back, and are reduced once at the end.
//
// The table: n constants psi^i at position bitrev(i), then n constants psi^-i likewise.

size_t clk_scalar_transform_words(size_t n) { return 4 * n; }

void clk_scalar_transform_prepare(uint64_t *table, size_t n, const clk_modulus *modulus,
                                  uint64_t psi) {
    uint64_t *roots = table + 2 * n, *inverse = table + 3 * n;
    clk_root_powers(roots, inverse, n, modulus, psi);
    clk_constant *forward = (clk_constant *)table;
    for (size_t i = 0; i < n; i++) {
        forward[i] = clk_constant_of(roots[i], modulus);
    }
    // From the front: a constant is written over roots that are not needed any more, or over the
    // inverse that it is made of.
    clk_constant *backward = forward + n;
    for (size_t i = 0; i < n; i++) {
        backward[i] = clk_constant_of(inverse[i], modulus);
    }
}

static void clk_forward_layers(uint64_t *a, size_t n, uint64_t q, const clk_constant *roots) {
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

void clk_scalar_ntt_forward(uint64_t *out, const uint64_t *a, const clk_transform *transform) {
    if (out != a) {
        __builtin_memcpy(out, a, transform->n * sizeof *a);
    }
    clk_forward_layers(out, transform->n, transform->modulus.q,
                       (const clk_constant *)transform->table);
}

void clk_scalar_ntt_forward_centred(uint64_t *out, const uint64_t *a, uint64_t from,
                                    const clk_transform *transform) {
    clk_scalar_reduce_centred(out, a, transform->n, from, &transform->modulus);
    clk_forward_layers(out, transform->n, transform->modulus.q,
                       (const clk_constant *)transform->table);
}

void clk_scalar_ntt_inverse(uint64_t *out, const uint64_t *a, clk_constant scale,
                            const clk_transform *transform) {
    const size_t n = transform->n;
    const uint64_t q = transform->modulus.q;
    const uint64_t twice = 2 * q;
    const clk_constant *inverse_roots = (const clk_constant *)transform->table + n;
    if (out != a) {
        __builtin_memcpy(out, a, n * sizeof *a);
    }
    size_t span = 1;
    for (size_t blocks = n / 2; blocks >= 1; blocks /= 2, span *= 2) {
        for (size_t block = 0; block < blocks; block++) {
            const clk_constant w = inverse_roots[blocks + block];
            uint64_t *x = out + 2 * block * span;
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
        out[k] = clk_reduce_once(clk_multiply_lazy(out[k], scale, q), q);
    }
}
