#include "ifma.h"

#if defined(__x86_64__)

const clk_kernels clk_ifma_kernels = {
    .name = "avx512ifma",
    .transform_words = clk_ifma_transform_words,
    .transform_prepare = clk_ifma_transform_prepare,
    .ntt_forward = clk_ifma_ntt_forward,
    .ntt_forward_centred = clk_ifma_ntt_forward_centred,
    .ntt_inverse = clk_ifma_ntt_inverse,
    .add = clk_ifma_add,
    .subtract = clk_ifma_subtract,
    .negate = clk_ifma_negate,
    .multiply = clk_ifma_multiply,
    .multiply_constant = clk_ifma_multiply_constant,
    .subtract_multiply_constant = clk_ifma_subtract_multiply_constant,
    .reduce_centred = clk_ifma_reduce_centred,
    .sum = clk_ifma_sum,
    .inner_product = clk_ifma_inner_product,
    .tensor_add = clk_ifma_tensor_add,
    .fold = clk_ifma_fold,
    .convert = clk_ifma_convert,
    .permute = clk_ifma_permute,
    .pack = clk_ifma_pack,
    .unpack = clk_ifma_unpack,
    .centred_binomial = clk_ifma_centred_binomial,
    .ternary = clk_scalar_ternary,
    .uniform = clk_ifma_uniform,
    .lift_signed = clk_ifma_lift_signed,
    .place_slots = clk_ifma_place_slots,
    .read_slots = clk_ifma_read_slots,
};

#endif
