#ifndef CRYPTALLY_LATTICE_KERNELS_H
#define CRYPTALLY_LATTICE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Kernels over residues. All are pure functions over the caller's buffers: no allocation, no state.
// Every path gives the same bits. Unless said otherwise residues are fully reduced, in [0, q), on
// the way in and on the way out; an output may be the same buffer as an input of equal length.

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

typedef struct {
    const char *name;

    // Negacyclic transforms of n = 2^k >= 8 residues modulo a prime q = 1 mod 2n, q < 2^61.
    // Natural order of coefficients, bit-reversed order of evaluations at the odd powers of psi.
    // `roots[i]` is psi^bitrev(i), `inverse_roots[i]` its inverse.
    void (*ntt_forward)(uint64_t *a, size_t n, uint64_t q, const clk_constant *roots);
    void (*ntt_inverse)(uint64_t *a, size_t n, uint64_t q, const clk_constant *inverse_roots,
                        clk_constant inverse_degree);

    // Pointwise, out[i] = a[i] (+, -, *) b[i] mod q.
    void (*add)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n, uint64_t q);
    void (*subtract)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n, uint64_t q);
    void (*negate)(uint64_t *out, const uint64_t *a, size_t n, uint64_t q);
    void (*multiply)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,
                     const clk_modulus *modulus);
    // out[i] = accumulator[i] + a[i] b[i] mod q.
    void (*multiply_add)(uint64_t *out, const uint64_t *accumulator, const uint64_t *a,
                         const uint64_t *b, size_t n, const clk_modulus *modulus);
    void (*multiply_constant)(uint64_t *out, const uint64_t *a, clk_constant w, size_t n,
                              uint64_t q);
    // out[i] = (a[i] - b[i]) w mod q.
    void (*subtract_multiply_constant)(uint64_t *out, const uint64_t *a, const uint64_t *b,
                                       clk_constant w, size_t n, uint64_t q);
    // out[i] = the centred representative of a[i] modulo `from`, modulo q.
    void (*reduce_centred)(uint64_t *out, const uint64_t *a, size_t n, uint64_t from,
                           const clk_modulus *modulus);

    // One limb of a base conversion (Halevi, Polyakov, Shoup 2018, section 2.2):
    // out[k] = sum over i of digits[i * stride + k] * weights[i] - overflow[k] * product  mod q,
    // with digits[i * stride + k] < 2^61, weights and product in [0, q), at most 64 limbs.
    void (*convert_limb)(uint64_t *out, const uint64_t *digits, size_t limbs, size_t stride,
                         const uint64_t *weights, const uint64_t *overflow, uint64_t product,
                         size_t n, const clk_modulus *modulus);
    // overflow[k] = round(sum over i of digits[i * stride + k] / q_i), from fractions of 64 bits:
    // exact unless the sum is within limbs * 2^-63 of a half-integer.
    void (*overflow)(uint64_t *overflow, const uint64_t *digits, size_t limbs, size_t stride,
                     const clk_modulus *moduli, size_t n);

    // out[i] = a[permutation[i]]; out and a must not overlap.
    void (*permute)(uint64_t *out, const uint64_t *a, const uint32_t *permutation, size_t n);

    // Residues as consecutive fields of `bits` bits, least significant bit first; n is a multiple
    // of 8, so the packed form has n * bits / 8 bytes. Unpacking gives values below 2^bits.
    void (*pack)(uint8_t *out, const uint64_t *a, size_t n, unsigned bits);
    void (*unpack)(uint64_t *out, const uint8_t *a, size_t n, unsigned bits);
    // The largest residue.
    uint64_t (*maximum)(const uint64_t *a, size_t n);

    // Centred binomial of parameter 21 from 6 bytes each, little endian: bits 0-20 count up, bits
    // 21-41 count down, the rest is ignored. Branch-free.
    void (*centred_binomial)(int8_t *out, const uint8_t *bytes, size_t n);
    // Small signed values modulo q, |a[i]| < q. Branch-free.
    void (*lift_signed)(uint64_t *out, const int8_t *a, size_t n, uint64_t q);
} clk_kernels;

// The kernels of this processor, chosen at the first call. The environment variable
// CRYPTALLY_KERNEL forces a path by its name where the processor has it.
const clk_kernels *clk_active(void);

#ifdef __cplusplus
}
#endif

#endif
