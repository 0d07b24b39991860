#ifndef CRYPTALLY_LATTICE_IFMA_FORWARD_H
#define CRYPTALLY_LATTICE_IFMA_FORWARD_H

#include "ifma_layers.h"

#if defined(__x86_64__)

CLK_IFMA_BEGIN

// x, y to x + w y, x - w y.
CLK_INLINE void clk_forward_butterfly(clk_vec *x, clk_vec *y, clk_vec w, clk_vec quotient,
                                      const clk_layer *k, const int wide, const int first) {
    clk_vec product = clk_lazy_product(*y, w, quotient, k->r.negative);
    clk_vec u = *x;
    if (wide) {
        u = first ? u : clk_once(clk_mask52(u), k->r.twice);
        *y = clk_minus(clk_plus(u, k->r.twice), clk_mask52(product));
    } else {
        u = first ? clk_plus(u, k->offset) : u;
        *y = clk_minus(u, product);
    }
    *x = clk_plus(u, product);
}

// Layer number `layer` of those between 2^layers vectors, with its pairs of the table.
CLK_INLINE void clk_forward_layer(clk_vec *x, const uint64_t *table, const clk_layer *k,
                                  const int layers, const int layer, const int wide,
                                  const int first) {
    const int half = 1 << (layers - 1 - layer);
    CLK_UNROLL for (int i = 0; i < 1 << layer; i++) {
        const uint64_t *pair = table + 2 * ((1 << layer) - 1 + i);
        clk_vec w = clk_all(pair[0]), quotient = clk_all(pair[1]);
        CLK_UNROLL for (int j = 0; j < half; j++) {
            clk_forward_butterfly(&x[2 * half * i + j], &x[2 * half * i + half + j], w, quotient, k,
                                  wide, first);
        }
    }
}

CLK_INLINE void clk_forward_layers(clk_vec *x, const uint64_t *table, const clk_layer *k,
                                   const int layers, const int wide, const int first) {
    clk_forward_layer(x, table, k, layers, 0, wide, first);
    if (layers > 1) clk_forward_layer(x, table, k, layers, 1, wide, 0);
    if (layers > 2) clk_forward_layer(x, table, k, layers, 2, wide, 0);
    if (layers > 3) clk_forward_layer(x, table, k, layers, 3, wide, 0);
}

// What the first pass does to residues on the way in.
typedef struct {
    clk_vec half;
    clk_vec shift;
} clk_centring;

CLK_INLINE clk_vec clk_centre(clk_vec x, const clk_centring *c) {
    return _mm512_mask_add_epi64(x, _mm512_cmpgt_epu64_mask(x, c->half), x, c->shift);
}

CLK_INLINE void clk_forward_pass(uint64_t *out, const uint64_t *a, size_t span,
                                 const uint64_t *table, const clk_layer *k, const int layers,
                                 const int wide, const int first, const clk_centring *centring) {
    for (size_t j = 0; j < span; j += 8) {
        clk_vec x[16];
        CLK_UNROLL for (int i = 0; i < 1 << layers; i++) {
            x[i] = clk_load(a + (size_t)i * span + j);
            if (centring != NULL) x[i] = clk_centre(x[i], centring);
        }
        clk_forward_layers(x, table, k, layers, wide, first);
        CLK_UNROLL for (int i = 0; i < 1 << layers; i++) {
            clk_store(out + (size_t)i * span + j, x[i]);
        }
    }
}

// The layers after the transpose, whose factors differ from lane to lane.
CLK_INLINE void clk_forward_lanes(clk_vec x[8], const uint64_t *vectors, const clk_layer *k,
                                  const int wide) {
    CLK_UNROLL for (int layer = 0; layer < 3; layer++) {
        const int half = 4 >> layer;
        CLK_UNROLL for (int i = 0; i < 1 << layer; i++) {
            const uint64_t *pair = vectors + 16 * ((1 << layer) - 1 + i);
            clk_vec w = clk_load(pair), quotient = clk_load(pair + 8);
            CLK_UNROLL for (int j = 0; j < half; j++) {
                clk_forward_butterfly(&x[2 * half * i + j], &x[2 * half * i + half + j], w,
                                      quotient, k, wide, 0);
            }
        }
    }
}

// What the layers leave to [0, q).
CLK_INLINE clk_vec clk_finish(clk_vec x, const clk_layer *k, const int wide) {
    return wide ? clk_settle(x, &k->r) : clk_once(clk_mask52(clk_shrink(x, k)), k->r.q);
}

CLK_INLINE void clk_forward_block(uint64_t *a, const uint64_t *table, const clk_layer *k,
                                  const int wide) {
    // Two blocks at a time: one's arithmetic fills the other's latencies.
    clk_vec x[8], y[8];
    CLK_UNROLL for (int i = 0; i < 8; i++) {
        x[i] = clk_load(a + 8 * i);
        y[i] = clk_load(a + 64 + 8 * i);
    }
    clk_forward_layers(x, table, k, 3, wide, 0);
    clk_forward_layers(y, table + CLK_BLOCK_WORDS, k, 3, wide, 0);
    clk_transpose(x);
    clk_transpose(y);
    clk_forward_lanes(x, table + 16, k, wide);
    clk_forward_lanes(y, table + CLK_BLOCK_WORDS + 16, k, wide);
    CLK_UNROLL for (int i = 0; i < 8; i++) {
        x[i] = clk_finish(x[i], k, wide);
        y[i] = clk_finish(y[i], k, wide);
    }
    clk_transpose(x);
    clk_transpose(y);
    CLK_UNROLL for (int i = 0; i < 8; i++) {
        clk_store(a + 8 * i, x[i]);
        clk_store(a + 64 + 8 * i, y[i]);
    }
}

// One pass of `layers` layers over a group; the first pass of a transform has the whole array as its
// group, reads from `a` and may have any size.
CLK_INLINE void clk_forward_group(uint64_t *out, const uint64_t *a, size_t words,
                                  const uint64_t *table, const clk_layer *k, unsigned layers,
                                  const int wide, const int first,
                                  const clk_centring *centring) {
    const size_t span = words >> layers;
    if (layers == 3) {
        clk_forward_pass(out, a, span, table, k, 3, wide, first, centring);
    } else if (layers == 4) {
        clk_forward_pass(out, a, span, table, k, 4, wide, first, centring);
    } else if (first && layers == 2) {
        clk_forward_pass(out, a, span, table, k, 2, wide, first, centring);
    } else if (first) {
        clk_forward_pass(out, a, span, table, k, 1, wide, first, centring);
    }
}

CLK_INLINE void clk_forward(uint64_t *out, const uint64_t *a, const clk_transform *transform,
                            const int wide, const clk_centring *centring) {
    const size_t n = transform->n;
    const clk_modulus *m = &transform->modulus;
    const clk_layer k = clk_layer_of(m, 2 * (uint64_t)__builtin_ctzll(n) * m->q);
    const uint8_t *passes = clk_pass_layers[__builtin_ctzll(n) - 6];
    const uint64_t *table = transform->table;
    const uint64_t *blocks = table + clk_pass_words(n);
    clk_forward_group(out, a, n, table, &k, passes[0], wide, 1, centring);
    table += (size_t)2 << passes[0];
    size_t words = n >> passes[0];
    if (passes[2] > 0) {
        for (size_t start = 0; start < n; start += words) {
            clk_forward_group(out + start, out + start, words, table, &k, passes[1], wide, 0, NULL);
            table += (size_t)2 << passes[1];
        }
        words >>= passes[1];
    }
    // The last pass and the blocks of one group after the other, while the group is in the cache.
    const unsigned last = passes[2] > 0 ? passes[2] : passes[1];
    words = last > 0 ? words : n;
    for (size_t start = 0; start < n; start += words) {
        if (last > 0) {
            clk_forward_group(out + start, out + start, words, table, &k, last, wide, 0, NULL);
            table += (size_t)2 << last;
        }
        for (size_t block = 0; block < words; block += 128) {
            if (transform->ahead != NULL) {
                CLK_UNROLL for (int i = 0; i < 16; i++) {
                    _mm_prefetch((const char *)(transform->ahead + start + block + 8 * i),
                                 _MM_HINT_T1);
                }
            }
            clk_forward_block(out + start + block, blocks, &k, wide);
            blocks += 2 * CLK_BLOCK_WORDS;
        }
    }
}

CLK_IFMA_END

#endif
#endif
