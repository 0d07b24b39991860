#include "ifma.h"

#if defined(__x86_64__)

// Transforms by the 52-bit multiply-add (AVX-512-IFMA).
//
// The layers but the last six go in passes of up to four over the whole array, sixteen vectors in
// registers at a time; the last six within blocks of 64, three before and three after a transpose. So
// n = 8192 makes three trips through the cache.
//
// Two classes of primes:
// - narrow, q < 2^46: no value is reduced inside the forward transform. With `offset` = 2 log2(n) q
//   added once, layer l leaves values in [offset - 2 l q, offset + (1 + 2 l) q], within [0, 61 q] for
//   n = 2^15, below 2^52. The way back lets sums grow: see `clk_backward`.
// - wide, q < 2^50: values below 4q forward and below 2q back, as Harvey 2014 has it.

enum { CLK_NARROW_BITS = 46, CLK_SMALLEST = 128, CLK_PASSES = 3 };

// How the layers before the blocks are split into passes, for log2(n) - 6 from 1 to 9. At most eight
// streams of a first pass lie at a power of two of each other from n = 4096 on: more would evict each
// other from the first-level cache.
static const uint8_t clk_pass_layers[10][CLK_PASSES] = {
    {0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 0, 0}, {4, 0, 0},
    {2, 3, 0}, {3, 3, 0}, {3, 4, 0}, {4, 4, 0}, {3, 3, 3},
};

// The table, for each direction: for each pass and each of its groups 2^layers pairs (w, quotient) in
// the order of the layers, the last unused; then for each block of 64 seven pairs for three layers,
// two unused words, and (1 + 2 + 4) pairs of vectors for the layers after the transpose. After both
// directions n words of roots, from which the rest is made.
enum { CLK_BLOCK_WORDS = 128 };

CLK_INLINE size_t clk_pass_words(size_t n) { return (n / 64) * 4; }
CLK_INLINE size_t clk_direction_words(size_t n) {
    return clk_pass_words(n) + n / 64 * CLK_BLOCK_WORDS;
}

CLK_INLINE int clk_is_vectorized(size_t n, uint64_t q) {
    return n >= CLK_SMALLEST && clk_ifma_holds(q);
}

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

typedef struct {
    clk_reducer r;
    // Keeps differences positive: on the way forward added once, on the way back at each layer.
    clk_vec offset;
    // floor(2^52 / q).
    clk_vec inverse;
} clk_layer;

CLK_INLINE clk_layer clk_layer_of(const clk_modulus *m, uint64_t offset) {
    return (clk_layer){
        .r = clk_reducer_of(m),
        .offset = clk_all(offset),
        .inverse = clk_all(((uint64_t)1 << 52) / m->q),
    };
}

// 8 x 8 words: lane i of vector j becomes lane j of vector i.
CLK_INLINE void clk_transpose(clk_vec x[8]) {
    clk_vec pairs[8], quads[8];
    CLK_UNROLL for (int i = 0; i < 8; i += 2) {
        pairs[i] = _mm512_unpacklo_epi64(x[i], x[i + 1]);
        pairs[i + 1] = _mm512_unpackhi_epi64(x[i], x[i + 1]);
    }
    CLK_UNROLL for (int i = 0; i < 8; i += 4) {
        CLK_UNROLL for (int k = 0; k < 2; k++) {
            quads[i + k] = _mm512_shuffle_i64x2(pairs[i + k], pairs[i + k + 2], 0x88);
            quads[i + k + 2] = _mm512_shuffle_i64x2(pairs[i + k], pairs[i + k + 2], 0xdd);
        }
    }
    CLK_UNROLL for (int i = 0; i < 4; i++) {
        x[i] = _mm512_shuffle_i64x2(quads[i], quads[i + 4], 0x88);
        x[i + 4] = _mm512_shuffle_i64x2(quads[i], quads[i + 4], 0xdd);
    }
}

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

// x < 2^52, unmasked, to [0, 2q), unmasked: the estimate of x / q is low by less than 2.
CLK_INLINE clk_vec clk_shrink(clk_vec x, const clk_layer *k) {
    return clk_low(x, clk_high(clk_zero(), x, k->inverse), k->r.negative);
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
            clk_forward_block(out + start + block, blocks, &k, wide);
            blocks += 2 * CLK_BLOCK_WORDS;
        }
    }
}

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
