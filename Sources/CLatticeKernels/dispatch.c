#include "ifma.h"
#include "path.h"
#include "wide.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

// The paths that were compiled in, best first.
static const clk_kernels *const clk_paths[] = {
#if defined(__x86_64__)
    &clk_ifma_kernels,
    &clk_avx512_kernels,
    &clk_avx2_kernels,
#elif defined(__aarch64__)
    &clk_neon_kernels,
#endif
    &clk_scalar_kernels,
};

enum { CLK_PATHS = sizeof clk_paths / sizeof clk_paths[0] };

// Whether this processor runs the path, and the system keeps its registers: the builtin looks at
// both.
static int clk_runs(const clk_kernels *kernels) {
#if defined(__x86_64__)
    const int avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                     __builtin_cpu_supports("popcnt");
    const int avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                       __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
    if (kernels == &clk_ifma_kernels) {
        return avx512 && __builtin_cpu_supports("avx512ifma") &&
               __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vpopcntdq");
    }
    if (kernels == &clk_avx512_kernels) {
        // Takes some of the avx2 path's functions.
        return avx512 && avx2;
    }
    if (kernels == &clk_avx2_kernels) {
        return avx2;
    }
#endif
    // The others need nothing that the processors they are compiled for may lack.
    (void)kernels;
    return 1;
}

size_t clk_path_count(void) {
    size_t count = 0;
    for (size_t k = 0; k < CLK_PATHS; k++) {
        count += clk_runs(clk_paths[k]) != 0;
    }
    return count;
}

const clk_kernels *clk_path(size_t index) {
    for (size_t k = 0; k < CLK_PATHS; k++) {
        if (clk_runs(clk_paths[k])) {
            if (index == 0) {
                return clk_paths[k];
            }
            index--;
        }
    }
    return &clk_scalar_kernels;
}

static const clk_kernels *clk_choose(void) {
    const char *forced = getenv("CRYPTALLY_KERNEL");
    if (forced != NULL) {
        for (size_t k = 0; k < clk_path_count(); k++) {
            if (strcmp(forced, clk_path(k)->name) == 0) {
                return clk_path(k);
            }
        }
    }
    return clk_path(0);
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
