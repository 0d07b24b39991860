#ifndef CRYPTALLY_LATTICE_IFMA_BACKWARD_H
#define CRYPTALLY_LATTICE_IFMA_BACKWARD_H

#include "ifma_layers.h"

#if defined(__x86_64__)

CLK_IFMA_BEGIN

// x, y to x + y, w (x - y).
CLK_INLINE void clk_backward_butterfly(clk_vec *x, clk_vec *y, clk_vec w, clk_vec quotient,
                                       const clk_layer *k, const int wide) {
    clk_vec difference = clk_minus(clk_plus(*x, k->offset), *y);
    clk_vec sum = clk_plus(*x, *y);
    *y = clk_lazy_product(difference, w, quotient, k->r.negative);
    *x = sum;
    if (wide) {
        *x = clk_once(sum, k->r.twice);
        *y = clk_mask52(*y);
    }
}

CLK_INLINE void clk_backward_layer(clk_vec *x, const uint64_t *table, const clk_layer *k,
                                   const int layers, const int layer, const int wide) {
    const int half = 1 << (layers - 1 - layer);
    CLK_UNROLL for (int i = 0; i < 1 << layer; i++) {
        const uint64_t *pair = table + 2 * ((1 << layer) - 1 + i);
        clk_vec w = clk_all(pair[0]), quotient = clk_all(pair[1]);
        CLK_UNROLL for (int j = 0; j < half; j++) {
            clk_backward_butterfly(&x[2 * half * i + j], &x[2 * half * i + half + j], w, quotient,
                                   k, wide);
        }
    }
}

// Layers `layers` - 1 down to `last`.
//
// Narrow: let all be at most 8q. The sums at positions that are multiples of 8 reach 64 q after three
// layers and are shrunk to 2q; position 1 and its like were products ([0, 2q)) in the first of them,
// so they reach 8q; the others less. A fourth layer doubles: position 1 reaches 16 q and is shrunk.
// So all are at most 8q again. What is subtracted is at most 32 q, the offset, and differences stay
// below 64 q < 2^52.
CLK_INLINE void clk_backward_layers(clk_vec *x, const uint64_t *table, const clk_layer *k,
                                    const int layers, const int last, const int wide) {
    if (layers > 3 && last <= 3) clk_backward_layer(x, table, k, layers, 3, wide);
    if (layers > 2 && last <= 2) clk_backward_layer(x, table, k, layers, 2, wide);
    if (layers > 1 && last <= 1) clk_backward_layer(x, table, k, layers, 1, wide);
    if (!wide && layers == 4) {
        x[0] = clk_shrink(x[0], k);
        x[8] = clk_shrink(x[8], k);
    }
    if (last == 0) {
        clk_backward_layer(x, table, k, layers, 0, wide);
        if (!wide) x[layers == 4 ? 1 : 0] = clk_shrink(x[layers == 4 ? 1 : 0], k);
    }
}

CLK_INLINE void clk_backward_pass(uint64_t *a, size_t span, const uint64_t *table,
                                  const clk_layer *k, const int layers, const int wide) {
    for (size_t j = 0; j < span; j += 8) {
        clk_vec x[16];
        CLK_UNROLL for (int i = 0; i < 1 << layers; i++) {
            x[i] = clk_load(a + (size_t)i * span + j);
        }
        clk_backward_layers(x, table, k, layers, 0, wide);
        CLK_UNROLL for (int i = 0; i < 1 << layers; i++) {
            clk_store(a + (size_t)i * span + j, x[i]);
        }
    }
}

// Passes but the last have three or four layers.
CLK_INLINE void clk_backward_group(uint64_t *a, size_t words, const uint64_t *table,
                                   const clk_layer *k, unsigned layers, const int wide) {
    if (layers == 3) {
        clk_backward_pass(a, words >> 3, table, k, 3, wide);
    } else {
        clk_backward_pass(a, words >> 4, table, k, 4, wide);
    }
}

// The last pass, whose last layer multiplies by the scale as well and is reduced.
CLK_INLINE void clk_backward_last_pass(uint64_t *a, size_t span, const uint64_t *table,
                                       const clk_layer *k, const int layers, const int wide,
                                       const clk_factor *scale, const clk_factor *scaled_root) {
    const int half = 1 << (layers - 1);
    for (size_t j = 0; j < span; j += 8) {
        clk_vec x[16];
        CLK_UNROLL for (int i = 0; i < 2 * half; i++) {
            x[i] = clk_load(a + (size_t)i * span + j);
        }
        clk_backward_layers(x, table, k, layers, 1, wide);
        CLK_UNROLL for (int i = 0; i < half; i++) {
            clk_vec sum = clk_plus(x[i], x[half + i]);
            clk_vec difference = clk_minus(clk_plus(x[i], k->offset), x[half + i]);
            sum = clk_lazy_product(sum, scale->value, scale->quotient, k->r.negative);
            difference = clk_lazy_product(difference, scaled_root->value, scaled_root->quotient,
                                          k->r.negative);
            clk_store(a + (size_t)i * span + j, clk_once(clk_mask52(sum), k->r.q));
            clk_store(a + (size_t)(half + i) * span + j,
                      clk_once(clk_mask52(difference), k->r.q));
        }
    }
}

CLK_INLINE void clk_backward_lanes(clk_vec x[8], const uint64_t *vectors, const clk_layer *k,
                                   const int wide) {
    CLK_UNROLL for (int layer = 2; layer >= 0; layer--) {
        const int half = 4 >> layer;
        CLK_UNROLL for (int i = 0; i < 1 << layer; i++) {
            const uint64_t *pair = vectors + 16 * ((1 << layer) - 1 + i);
            clk_vec w = clk_load(pair), quotient = clk_load(pair + 8);
            CLK_UNROLL for (int j = 0; j < half; j++) {
                clk_backward_butterfly(&x[2 * half * i + j], &x[2 * half * i + half + j], w,
                                       quotient, k, wide);
            }
        }
    }
}

// The first six layers. Residues come in reduced, so that the three before the transpose reach 8q.
CLK_INLINE void clk_backward_block(uint64_t *out, const uint64_t *a, const uint64_t *table,
                                   const clk_layer *k, const int wide) {
    // Ciphertexts come from memory: 4 KiB ahead is far enough, even past the end of this limb, where
    // the next one begins. A prefetch of memory that is not there does nothing.
    CLK_UNROLL for (int i = 0; i < 16; i++) {
        _mm_prefetch((const char *)(a + 512 + 8 * i), _MM_HINT_T0);
    }
    clk_vec x[8], y[8];
    CLK_UNROLL for (int i = 0; i < 8; i++) {
        x[i] = clk_load(a + 8 * i);
        y[i] = clk_load(a + 64 + 8 * i);
    }
    clk_transpose(x);
    clk_transpose(y);
    clk_backward_lanes(x, table + 16, k, wide);
    clk_backward_lanes(y, table + CLK_BLOCK_WORDS + 16, k, wide);
    clk_transpose(x);
    clk_transpose(y);
    clk_backward_layers(x, table, k, 3, 0, wide);
    clk_backward_layers(y, table + CLK_BLOCK_WORDS, k, 3, 0, wide);
    CLK_UNROLL for (int i = 0; i < 8; i++) {
        clk_store(out + 8 * i, x[i]);
        clk_store(out + 64 + 8 * i, y[i]);
    }
}

CLK_INLINE void clk_backward(uint64_t *out, const uint64_t *a, clk_constant scale,
                             const clk_transform *transform, const int wide) {
    const size_t n = transform->n;
    const clk_modulus *m = &transform->modulus;
    const clk_layer k = clk_layer_of(m, (wide ? 2 : 32) * m->q);
    const uint64_t *table = transform->table + clk_direction_words(n);
    const clk_constant root = clk_constant_of(clk_multiply_mod(table[0], scale.value, m), m);
    const clk_factor factor = clk_factor_of(scale), scaled_root = clk_factor_of(root);

    const uint8_t *passes = clk_pass_layers[__builtin_ctzll(n) - 6];
    const uint64_t *blocks = table + clk_pass_words(n);
    const size_t group = n >> passes[0];
    const size_t inner = passes[2] > 0 ? group >> passes[1] : passes[1] > 0 ? group : n;
    const uint64_t *second = table + ((size_t)2 << passes[0]);
    const uint64_t *third = second + 2 * (n / inner);
    // The blocks and the pass after them for one group after the other, while it is in the cache.
    for (size_t start = 0; start < n; start += inner) {
        for (size_t block = start; block < start + inner; block += 128) {
            clk_backward_block(out + block, a + block, blocks, &k, wide);
            blocks += 2 * CLK_BLOCK_WORDS;
        }
        if (passes[2] > 0) {
            clk_backward_group(out + start, inner, third, &k, passes[2], wide);
            third += (size_t)2 << passes[2];
        } else if (passes[1] > 0) {
            clk_backward_group(out + start, inner, second, &k, passes[1], wide);
            second += (size_t)2 << passes[1];
        }
    }
    if (passes[2] > 0) {
        for (size_t start = 0; start < n; start += group) {
            clk_backward_group(out + start, group, second, &k, passes[1], wide);
            second += (size_t)2 << passes[1];
        }
    }
    const size_t span = group;
    switch (passes[0]) {
    case 1: clk_backward_last_pass(out, span, table, &k, 1, wide, &factor, &scaled_root); break;
    case 2: clk_backward_last_pass(out, span, table, &k, 2, wide, &factor, &scaled_root); break;
    case 3: clk_backward_last_pass(out, span, table, &k, 3, wide, &factor, &scaled_root); break;
    default: clk_backward_last_pass(out, span, table, &k, 4, wide, &factor, &scaled_root); break;
    }
}

CLK_IFMA_END

#endif
#endif
