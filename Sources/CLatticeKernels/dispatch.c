#include "CLatticeKernels.h"
#include "scalar.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const clk_kernels clk_scalar = {
    .name = "scalar",
    .ntt_forward = clk_scalar_ntt_forward,
    .ntt_inverse = clk_scalar_ntt_inverse,
    .add = clk_scalar_add,
    .subtract = clk_scalar_subtract,
    .negate = clk_scalar_negate,
    .multiply = clk_scalar_multiply,
    .multiply_add = clk_scalar_multiply_add,
    .multiply_constant = clk_scalar_multiply_constant,
    .subtract_multiply_constant = clk_scalar_subtract_multiply_constant,
    .reduce_centred = clk_scalar_reduce_centred,
    .convert_limb = clk_scalar_convert_limb,
    .overflow = clk_scalar_overflow,
    .permute = clk_scalar_permute,
    .pack = clk_scalar_pack,
    .unpack = clk_scalar_unpack,
    .maximum = clk_scalar_maximum,
    .centred_binomial = clk_scalar_centred_binomial,
    .lift_signed = clk_scalar_lift_signed,
};

// The paths that this processor runs, best first. Wider instruction sets join here.
static const clk_kernels *const clk_paths[] = {&clk_scalar};

static const clk_kernels *clk_choose(void) {
    const char *forced = getenv("CRYPTALLY_KERNEL");
    if (forced != NULL) {
        for (size_t k = 0; k < sizeof clk_paths / sizeof clk_paths[0]; k++) {
            if (strcmp(forced, clk_paths[k]->name) == 0) {
                return clk_paths[k];
            }
        }
    }
    return clk_paths[0];
}

const clk_kernels *clk_active(void) {
    static _Atomic(const clk_kernels *) active = NULL;
    const clk_kernels *kernels = atomic_load_explicit(&active, memory_order_acquire);
    if (kernels == NULL) {
        // Every thread that comes here chooses the same, so a race is harmless.
        kernels = clk_choose();
        atomic_store_explicit(&active, kernels, memory_order_release);
    }
    return kernels;
}
