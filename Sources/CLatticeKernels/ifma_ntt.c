#include "ifma_backward.h"
#include "ifma_forward.h"

#if defined(__x86_64__)

size_t clk_ifma_transform_words(size_t n) {
    size_t words = n >= CLK_SMALLEST ? 2 * clk_direction_words(n) + n : 0;
    size_t scalar = clk_scalar_transform_words(n);
    return words > scalar ? words : scalar;
}

static uint64_t *clk_write_pair(uint64_t *table, uint64_t w, const clk_modulus *modulus) {
    clk_constant constant = clk_constant_of(w, modulus);
    *table++ = constant.value;
    *table++ = constant.quotient >> 12;
    return table;
}

// The root at a position of the canonical order, or its inverse: -psi^(n - e) stands for psi^-e, and
// within a level of 2^l positions the exponents e and n - e are mirrored.
static uint64_t clk_root(const uint64_t *roots, size_t position, int inverse, uint64_t q) {
    if (!inverse || position == 0) {
        return roots[position];
    }
    size_t level = (size_t)1 << (63 - __builtin_clzll(position));
    return q - roots[3 * level - 1 - position];
}

static void clk_write_direction(uint64_t *table, size_t n, const clk_modulus *modulus,
                                const uint64_t *roots, int inverse) {
    const uint64_t q = modulus->q;
    const uint8_t *passes = clk_pass_layers[__builtin_ctzll(n) - 6];
    uint64_t *blocks = table + clk_pass_words(n);
    size_t groups = 1;
    for (size_t pass = 0; pass < CLK_PASSES && passes[pass] > 0; pass++) {
        for (size_t group = 0; group < groups; group++) {
            for (size_t layer = 0; layer < passes[pass]; layer++) {
                for (size_t i = 0; i < (size_t)1 << layer; i++) {
                    size_t position = ((groups + group) << layer) + i;
                    table = clk_write_pair(table, clk_root(roots, position, inverse, q), modulus);
                }
            }
            table += 2;
        }
        groups <<= passes[pass];
    }
    for (size_t block = 0; block < n / 64; block++, blocks += CLK_BLOCK_WORDS) {
        uint64_t *pairs = blocks;
        for (size_t layer = 0; layer < 3; layer++) {
            for (size_t i = 0; i < (size_t)1 << layer; i++) {
                size_t position = ((n / 64 + block) << layer) + i;
                pairs = clk_write_pair(pairs, clk_root(roots, position, inverse, q), modulus);
            }
        }
        uint64_t *vectors = blocks + 16;
        for (size_t layer = 0; layer < 3; layer++) {
            for (size_t i = 0; i < (size_t)1 << layer; i++, vectors += 16) {
                for (size_t lane = 0; lane < 8; lane++) {
                    size_t position = ((n / 8 + 8 * block + lane) << layer) + i;
                    clk_constant w =
                        clk_constant_of(clk_root(roots, position, inverse, q), modulus);
                    vectors[lane] = w.value;
                    vectors[8 + lane] = w.quotient >> 12;
                }
            }
        }
    }
}

void clk_ifma_transform_prepare(uint64_t *table, size_t n, const clk_modulus *modulus,
                                uint64_t psi) {
    if (!clk_is_vectorized(n, modulus->q)) {
        clk_scalar_transform_prepare(table, n, modulus, psi);
        return;
    }
    const size_t direction = clk_direction_words(n);
    uint64_t *roots = table + 2 * direction;
    // The inverses are written where the forward table will be.
    clk_root_powers(roots, table, n, modulus, psi);
    clk_write_direction(table, n, modulus, roots, 0);
    clk_write_direction(table + direction, n, modulus, roots, 1);
}

CLK_IFMA_BEGIN

void clk_ifma_ntt_forward(uint64_t *out, const uint64_t *a, const clk_transform *transform) {
    if (!clk_is_vectorized(transform->n, transform->modulus.q)) {
        clk_scalar_ntt_forward(out, a, transform);
    } else if (transform->modulus.q >> CLK_NARROW_BITS == 0) {
        clk_forward(out, a, transform, 0, NULL);
    } else {
        clk_forward(out, a, transform, 1, NULL);
    }
}

void clk_ifma_ntt_forward_centred(uint64_t *out, const uint64_t *a, uint64_t from,
                                  const clk_transform *transform) {
    const uint64_t q = transform->modulus.q;
    if (!clk_is_vectorized(transform->n, q) || from > 2 * q) {
        clk_ifma_reduce_centred(out, a, transform->n, from, &transform->modulus);
        clk_ifma_ntt_forward(out, out, transform);
        return;
    }
    // Up to half of `from` a residue stands for itself and is at most q; above, it stands for itself
    // less `from`, and q - from brings that into (0, q].
    const clk_centring centring = {clk_all(from / 2), clk_all(q - from)};
    if (q >> CLK_NARROW_BITS == 0) {
        clk_forward(out, a, transform, 0, &centring);
    } else {
        clk_forward(out, a, transform, 1, &centring);
    }
}

void clk_ifma_ntt_inverse(uint64_t *out, const uint64_t *a, clk_constant scale,
                          const clk_transform *transform) {
    if (!clk_is_vectorized(transform->n, transform->modulus.q)) {
        clk_scalar_ntt_inverse(out, a, scale, transform);
    } else if (transform->modulus.q >> CLK_NARROW_BITS == 0) {
        clk_backward(out, a, scale, transform, 0);
    } else {
        clk_backward(out, a, scale, transform, 1);
    }
}

CLK_IFMA_END

#endif
