#include "CBigIntegerKernels.h"
#include "CLatticeKernels.h"
#include "moduli.h"

#include <stdio.h>
#include <string.h>

// Prints what ran and ends with 0, or with 1 at the first difference, or at once with 1 unless the
// processor has the path that is named.

static int has_path(const char *name) {
    int has = 0;
    printf("lattice paths:");
    for (size_t k = 0; k < clk_path_count(); k++) {
        printf(" %s", clk_path(k)->name);
        has |= strcmp(clk_path(k)->name, name) == 0;
    }
    printf("\ninteger paths:");
    for (size_t k = 0; k < cryptally_integer_kernels_count(); k++) {
        const cryptally_integer_kernels *kernels = cryptally_integer_kernels_at(k);
        printf(" %s", cryptally_integer_kernels_name(kernels));
        has |= strcmp(cryptally_integer_kernels_name(kernels), name) == 0;
    }
    printf("\n");
    return has;
}

int main(int count, char **arguments) {
    static const struct {
        const char *name;
        void (*run)(void);
    } groups[] = {
        {"vectors", test_vectors},   {"transforms", test_transforms},
        {"pointwise", test_pointwise}, {"sums", test_sums},
        {"conversions", test_conversions}, {"data", test_data},
        {"samplers", test_samplers}, {"slots", test_slots},
        {"montgomery", test_montgomery}, {"lanes", test_lanes},
        {"limbs", test_limbs},
    };
    const char *wanted = count > 1 ? arguments[1] : "scalar";
    if (!has_path(wanted)) {
        fprintf(stderr, "kernel harness: this processor has no path %s\n", wanted);
        return 1;
    }
    find_moduli();
    for (size_t k = 0; k < sizeof groups / sizeof *groups; k++) {
        begin_group(groups[k].name);
        groups[k].run();
    }
    end_groups();
    return 0;
}
