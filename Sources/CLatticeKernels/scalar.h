#ifndef CRYPTALLY_LATTICE_SCALAR_H
#define CRYPTALLY_LATTICE_SCALAR_H

#include "CLatticeKernels.h"

void clk_scalar_ntt_forward(uint64_t *a, size_t n, uint64_t q, const clk_constant *roots);
void clk_scalar_ntt_inverse(uint64_t *a, size_t n, uint64_t q, const clk_constant *inverse_roots,
                            clk_constant inverse_degree);
void clk_scalar_add(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n, uint64_t q);
void clk_scalar_subtract(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n, uint64_t q);
void clk_scalar_negate(uint64_t *out, const uint64_t *a, size_t n, uint64_t q);
void clk_scalar_multiply(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,
                         const clk_modulus *modulus);
void clk_scalar_multiply_add(uint64_t *out, const uint64_t *accumulator, const uint64_t *a,
                             const uint64_t *b, size_t n, const clk_modulus *modulus);
void clk_scalar_multiply_constant(uint64_t *out, const uint64_t *a, clk_constant w, size_t n,
                                  uint64_t q);
void clk_scalar_subtract_multiply_constant(uint64_t *out, const uint64_t *a, const uint64_t *b,
                                           clk_constant w, size_t n, uint64_t q);
void clk_scalar_reduce_centred(uint64_t *out, const uint64_t *a, size_t n, uint64_t from,
                               const clk_modulus *modulus);
void clk_scalar_convert_limb(uint64_t *out, const uint64_t *digits, size_t limbs, size_t stride,
                             const uint64_t *weights, const uint64_t *overflow, uint64_t product,
                             size_t n, const clk_modulus *modulus);
void clk_scalar_overflow(uint64_t *overflow, const uint64_t *digits, size_t limbs, size_t stride,
                         const clk_modulus *moduli, size_t n);
void clk_scalar_permute(uint64_t *out, const uint64_t *a, const uint32_t *permutation, size_t n);
void clk_scalar_pack(uint8_t *out, const uint64_t *a, size_t n, unsigned bits);
void clk_scalar_unpack(uint64_t *out, const uint8_t *a, size_t n, unsigned bits);
uint64_t clk_scalar_maximum(const uint64_t *a, size_t n);
void clk_scalar_centred_binomial(int8_t *out, const uint8_t *bytes, size_t n);
void clk_scalar_lift_signed(uint64_t *out, const int8_t *a, size_t n, uint64_t q);

#endif
