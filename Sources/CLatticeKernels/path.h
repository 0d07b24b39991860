#ifndef CRYPTALLY_LATTICE_PATH_H
#define CRYPTALLY_LATTICE_PATH_H

#include "CLatticeKernels.h"

// The functions of one path; CLatticeKernels.h says what each does. A path that has no better one takes
// another path's function into its table.
#define CLK_DECLARE_PATH(path)                                                                     \
    size_t clk_##path##_transform_words(size_t n);                                                 \
    void clk_##path##_transform_prepare(uint64_t *table, size_t n, const clk_modulus *modulus,     \
                                        uint64_t psi);                                             \
    void clk_##path##_ntt_forward(uint64_t *out, const uint64_t *a,                                \
                                  const clk_transform *transform);                                 \
    void clk_##path##_ntt_forward_centred(uint64_t *out, const uint64_t *a, uint64_t from,         \
                                          const clk_transform *transform);                         \
    void clk_##path##_ntt_inverse(uint64_t *out, const uint64_t *a, clk_constant scale,            \
                                  const clk_transform *transform);                                 \
    void clk_##path##_add(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,           \
                          uint64_t q);                                                             \
    void clk_##path##_subtract(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,      \
                               uint64_t q);                                                        \
    void clk_##path##_negate(uint64_t *out, const uint64_t *a, size_t n, uint64_t q);              \
    void clk_##path##_multiply(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,      \
                               const clk_modulus *modulus);                                        \
    void clk_##path##_multiply_constant(uint64_t *out, const uint64_t *a, clk_constant w,          \
                                        size_t n, uint64_t q);                                     \
    void clk_##path##_subtract_multiply_constant(uint64_t *out, const uint64_t *a,                 \
                                                 const uint64_t *b, clk_constant w, size_t n,      \
                                                 uint64_t q);                                      \
    void clk_##path##_reduce_centred(uint64_t *out, const uint64_t *a, size_t n, uint64_t from,    \
                                     const clk_modulus *modulus);                                  \
    void clk_##path##_sum(uint64_t *out, const uint64_t *addend, const uint64_t *const *terms,     \
                          size_t count, size_t n, const clk_modulus *modulus);                     \
    void clk_##path##_inner_product(uint64_t *out, const uint64_t *addend,                         \
                                    const uint64_t *const *a, const uint64_t *const *b,            \
                                    size_t count, size_t n, const clk_modulus *modulus);           \
    void clk_##path##_tensor_add(uint64_t *const *sums, const uint64_t *const *factors,            \
                                 size_t pairs, size_t n, const clk_modulus *modulus);              \
    void clk_##path##_fold(uint64_t *out, const uint64_t *low, const uint64_t *high, size_t n,     \
                           const clk_modulus *modulus);                                            \
    void clk_##path##_convert(uint64_t *const *out, const uint64_t *const *addends,                \
                              const uint64_t *const *digits, const clk_conversion *conversion,     \
                              size_t n);                                                           \
    void clk_##path##_permute(uint64_t *out, const uint64_t *a, const uint32_t *permutation,       \
                              size_t n);                                                           \
    void clk_##path##_pack(uint8_t *out, const uint64_t *a, size_t n, unsigned bits);              \
    uint64_t clk_##path##_unpack(uint64_t *out, const uint8_t *a, size_t n, unsigned bits);        \
    void clk_##path##_centred_binomial(int8_t *out, const uint8_t *bytes, size_t n);               \
    size_t clk_##path##_ternary(int8_t *out, const uint8_t *bytes, size_t count);                  \
    size_t clk_##path##_uniform(uint64_t *out, const uint64_t *words, size_t count, uint64_t q);   \
    void clk_##path##_lift_signed(uint64_t *out, const int8_t *a, size_t n, uint64_t q);           \
    uint64_t clk_##path##_place_slots(uint64_t *out, const int64_t *values, size_t count,          \
                                      const uint32_t *slots, size_t n, uint64_t q);                \
    void clk_##path##_read_slots(int64_t *out, const uint64_t *a, const uint32_t *positions,       \
                                 size_t n, uint64_t q);                                            \
    extern const clk_kernels clk_##path##_kernels

CLK_DECLARE_PATH(scalar);

#endif
