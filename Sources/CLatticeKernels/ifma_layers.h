#ifndef CRYPTALLY_LATTICE_IFMA_LAYERS_H
#define CRYPTALLY_LATTICE_IFMA_LAYERS_H

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
    {2, 3, 0}, {3, 3, 0}, {3, 4, 0}, {2, 3, 3}, {3, 3, 3},
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

// x < 2^52, unmasked, to [0, 2q), unmasked: the estimate of x / q is low by less than 2.
CLK_INLINE clk_vec clk_shrink(clk_vec x, const clk_layer *k) {
    return clk_low(x, clk_high(clk_zero(), x, k->inverse), k->r.negative);
}

CLK_IFMA_END

#endif
#endif
