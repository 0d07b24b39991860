#ifndef CRYPTALLY_LATTICE_KERNELS_H
#define CRYPTALLY_LATTICE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "clk_secrecy.h"

#ifdef __cplusplus
extern "C" {
#endif

// Kernels over residues. All are pure functions over the caller's buffers: no allocation, no state.
//
// Every path gives the same bits. Unless said otherwise residues are fully reduced, in [0, q), on
// the way in and on the way out; n is a multiple of 8; an output may be the same buffer as an input
// of equal length, and may not overlap one otherwise. Buffers need the alignment of their type only;
// 64 bytes is faster. No branch and no address depends on a residue, except where it is said.

// A modulus 2 <= q < 2^61 with floor(2^128 / q) for Barrett reduction.
typedef struct {
    uint64_t q;
    uint64_t ratio_high;
    uint64_t ratio_low;
} clk_modulus;

// A constant w in [0, q) with floor(2^64 w / q) (Shoup's quotient).
typedef struct {
    uint64_t value;
    uint64_t quotient;
} clk_constant;

// The negacyclic transforms of n = 2^k residues, 8 <= n <= 32768, modulo a prime q = 1 mod 2n.
// Coefficients are in natural order; position i of the values holds that at psi^(2 bitrev(i) + 1).
typedef struct {
    clk_modulus modulus;
    size_t n;
    // What `transform_prepare` of the same path wrote, aligned to 64 bytes.
    const uint64_t *table;
    // NULL, or n words that are needed next: a transform may bring them into the cache meanwhile.
    const uint64_t *ahead;
} clk_transform;

// A conversion between bases of residues (Halevi, Polyakov, Shoup 2018, section 2.2) from `limbs`
// primes, at most 64, to `targets` moduli.
typedef struct {
    size_t limbs;
    const clk_modulus *sources;
    size_t targets;
    const clk_modulus *moduli;
    // weights[j * limbs + i] and products[j], residues modulo target j.
    const uint64_t *weights;
    const uint64_t *products;
} clk_conversion;

// The most terms that `inner_product` takes, and that `tensor_add` may add between two folds.
#define CLK_MAXIMUM_TERMS 1024

typedef struct {
    const char *name;

    // The table of both transforms: its size in words, a multiple of 8, and its content from psi, a
    // primitive 2n-th root of unity.
    size_t (*transform_words)(size_t n);
    void (*transform_prepare)(uint64_t *table, size_t n, const clk_modulus *modulus, uint64_t psi);

    // Values of the coefficients a.
    void (*ntt_forward)(uint64_t *out, const uint64_t *a, const clk_transform *transform);
    // Values of the centred representatives of coefficients a in [0, from), from < 2^61.
    void (*ntt_forward_centred)(uint64_t *out, const uint64_t *a, uint64_t from,
                                const clk_transform *transform);
    // `scale` times n times the coefficients of the values a: with scale = 1/n, the coefficients.
    void (*ntt_inverse)(uint64_t *out, const uint64_t *a, clk_constant scale,
                        const clk_transform *transform);

    // Pointwise, out[k] = a[k] (+, -, *) b[k] mod q.
    void (*add)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n, uint64_t q);
    void (*subtract)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n, uint64_t q);
    void (*negate)(uint64_t *out, const uint64_t *a, size_t n, uint64_t q);
    void (*multiply)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,
                     const clk_modulus *modulus);
    void (*multiply_constant)(uint64_t *out, const uint64_t *a, clk_constant w, size_t n,
                              uint64_t q);
    // out[k] = (a[k] - b[k]) w mod q.
    void (*subtract_multiply_constant)(uint64_t *out, const uint64_t *a, const uint64_t *b,
                                       clk_constant w, size_t n, uint64_t q);
    // out[k] = the centred representative of a[k] modulo `from`, modulo q.
    void (*reduce_centred)(uint64_t *out, const uint64_t *a, size_t n, uint64_t from,
                           const clk_modulus *modulus);

    // out[k] = addend[k] + the sum of terms[i][k] over i < count mod q; addend may be NULL.
    void (*sum)(uint64_t *out, const uint64_t *addend, const uint64_t *const *terms, size_t count,
                size_t n, const clk_modulus *modulus);
    // out[k] = addend[k] + the sum of a[i][k] b[i][k] over i < count mod q, count at most
    // CLK_MAXIMUM_TERMS; addend may be NULL. Reduced once.
    void (*inner_product)(uint64_t *out, const uint64_t *addend, const uint64_t *const *a,
                          const uint64_t *const *b, size_t count, size_t n,
                          const clk_modulus *modulus);

    // Lazy sums of products: sums[2 c][k] + 2^52 sums[2 c + 1][k] modulo q stands for part c of a sum
    // of products of two-part ciphertexts. For each of `pairs` pairs, whose parts a0, a1, b0, b1 stand
    // at factors[4 g] and after, adds a0 b0 to part 0, a0 b1 + a1 b0 to part 1, a1 b1 to part 2. Each
    // pair adds less than 2^53 to each word; after CLK_MAXIMUM_TERMS pairs since the words were zero
    // or folded the sums must be folded.
    void (*tensor_add)(uint64_t *const *sums, const uint64_t *const *factors, size_t pairs,
                       size_t n, const clk_modulus *modulus);
    // out[k] = low[k] + 2^52 high[k] mod q, for words below 2^64.
    void (*fold)(uint64_t *out, const uint64_t *low, const uint64_t *high, size_t n,
                 const clk_modulus *modulus);

    // out[j][k] = addends[j][k] + the sum over i of digits[i][k] weights[j][i]
    // - overflow(k) products[j], modulo target j; addends may be NULL, else addends[j] is reduced.
    // overflow(k) is floor((2^50 + the sum of f_i) / 2^51) where f_i is the fraction digits[i][k] / q_i
    // in units of 2^-51, rounded down as `clk_fraction` below says: the nearest integer to the sum of
    // the fractions, exact unless that is within limbs * 1.5 * 2^-50 of a
    // half-integer.
    // `out` may be `addends`, but shares nothing with `digits`: each target reads them again.
    void (*convert)(uint64_t *const *out, const uint64_t *const *addends,
                    const uint64_t *const *digits, const clk_conversion *conversion, size_t n);

    // out[k] = a[permutation[k]] for a permutation that takes aligned blocks of 8 to aligned blocks
    // of 8, as those of Galois automorphisms do. out and a do not overlap.
    void (*permute)(uint64_t *out, const uint64_t *a, const uint32_t *permutation, size_t n);

    // Residues as consecutive fields of `bits` bits, 1 to 61, least significant bit first: n * bits / 8
    // bytes. Unpacking returns the largest field.
    void (*pack)(uint8_t *out, const uint64_t *a, size_t n, unsigned bits);
    uint64_t (*unpack)(uint64_t *out, const uint8_t *a, size_t n, unsigned bits);

    // Centred binomial of parameter 21 from 6 bytes each, little endian: bits 0-20 count up, bits
    // 21-41 count down, the rest is ignored.
    void (*centred_binomial)(int8_t *out, const uint8_t *bytes, size_t n);
    // Uniform in {-1, 0, 1} from each byte below 255: its remainder modulo 3, less 1. Bytes of 255
    // are left out; returns how many of `count` values were written. Writes no more than `count`
    // values, the last of them perhaps without meaning.
    size_t (*ternary)(int8_t *out, const uint8_t *bytes, size_t count);
    // Uniform in [0, q) from each word cut to the bits of q - 1; those that are not below q are left
    // out. Returns how many of `count` values were written, as `ternary` does.
    size_t (*uniform)(uint64_t *out, const uint64_t *words, size_t count, uint64_t q);
    // Small signed values modulo q, |a[k]| < q.
    void (*lift_signed)(uint64_t *out, const int8_t *a, size_t n, uint64_t q);

    // out[k] = values[slots[k]] modulo q where slots[k] < count, else 0. Returns 0 if every value that
    // was read is in -(q - 1)/2 ... (q - 1)/2, q odd, else not 0.
    uint64_t (*place_slots)(uint64_t *out, const int64_t *values, size_t count,
                            const uint32_t *slots, size_t n, uint64_t q);
    // out[k] = the centred representative of a[positions[k]] modulo an odd q.
    void (*read_slots)(int64_t *out, const uint64_t *a, const uint32_t *positions, size_t n,
                       uint64_t q);
} clk_kernels;

// x / q in units of 2^-51, low by less than three, for x < q: x is brought to 52 bits and multiplied
// by floor(2^(51 + bits) / q), which has 52 bits, where `bits` is the width of q.
uint64_t clk_fraction(uint64_t x, const clk_modulus *modulus);

// The paths that this processor runs, the best first; the last is "scalar".
size_t clk_path_count(void);
const clk_kernels *clk_path(size_t index);

// The kernels in use, chosen at the first call. The environment variable CRYPTALLY_KERNEL forces a
// path by its name where the processor has it.
const clk_kernels *clk_active(void);

#ifdef __cplusplus
}
#endif

#endif
