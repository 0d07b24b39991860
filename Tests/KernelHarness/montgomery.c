#include "CBigIntegerKernels.h"
#include "naturals.h"

#include <string.h>

// Montgomery products by their definition: result 2^(64 limbs) = a b modulo m, and result < m.

enum { MOST_LIMBS = 40 };

static void as_limbs(cryptally_limb *out, const uint64_t *a, size_t limbs) {
    for (size_t k = 0; k < limbs; k++) {
        out[k] = a[k];
    }
}

static void check_product(const uint64_t *result, const uint64_t *a, const uint64_t *b,
                          const uint64_t *m, size_t limbs) {
    uint64_t product[2 * MOST_LIMBS], shifted[2 * MOST_LIMBS] = {0};
    uint64_t expected[MOST_LIMBS], found[MOST_LIMBS];
    multiply_naturals(product, a, limbs, b, limbs);
    reduce_natural(expected, product, 2 * limbs, m, limbs);
    memcpy(shifted + limbs, result, limbs * sizeof *result);
    reduce_natural(found, shifted, 2 * limbs, m, limbs);
    check_words("product by definition", found, expected, limbs);
    check_word("is below the modulus", compare(result, m, limbs) < 0, 1);
}

static void check(const uint64_t *a, const uint64_t *b, const uint64_t *m, size_t limbs,
                  int by_definition) {
    cryptally_limb *result = take_memory(limbs * sizeof *result, ELEMENT);
    cryptally_limb *left = take_memory(limbs * sizeof *left, ELEMENT);
    cryptally_limb *right = take_memory(limbs * sizeof *right, CACHE_LINE);
    cryptally_limb *modulus = take_memory(limbs * sizeof *modulus, CACHE_LINE);
    cryptally_limb *scratch = take_memory(2 * limbs * sizeof *scratch, CACHE_LINE);
    uint64_t first[MOST_LIMBS], found[MOST_LIMBS];
    as_limbs(modulus, m, limbs);
    for (size_t path = cryptally_integer_kernels_count(); path-- > 0;) {
        const cryptally_integer_kernels *kernels = cryptally_integer_kernels_at(path);
        const int is_first = path + 1 == cryptally_integer_kernels_count();
        for (int in_place = 0; in_place < 3; in_place++) {
            describe(cryptally_integer_kernels_name(kernels), "montgomery_multiply, %zu limbs, %s",
                     limbs, in_place == 0 ? "apart" : in_place == 1 ? "onto a" : "onto b");
            as_limbs(left, a, limbs);
            as_limbs(right, b, limbs);
            forget(result);
            forget(scratch);
            cryptally_limb *out = in_place == 0 ? result : in_place == 1 ? left : right;
            cryptally_montgomery_multiply(kernels, out, left, right, modulus,
                                          negated_inverse(m[0]), limbs, scratch);
            memcpy(found, out, limbs * sizeof *found);
            if (is_first && in_place == 0) {
                memcpy(first, found, limbs * sizeof *first);
                if (by_definition) {
                    check_product(found, a, b, m, limbs);
                }
            }
            check_words("limb", found, first, limbs);
        }
    }
    give_memory(result);
    give_memory(left);
    give_memory(right);
    give_memory(modulus);
    give_memory(scratch);
}

void test_montgomery(void) {
    generator g = {8};
    for (size_t limbs = 1; limbs <= MOST_LIMBS; limbs++) {
        uint64_t m[MOST_LIMBS], a[MOST_LIMBS], b[MOST_LIMBS];
        for (int kind = 0; kind < 4; kind++) {
            // Any modulus, the largest, the smallest of so many whole limbs, one with a small top.
            random_natural(m, limbs, &g);
            if (kind == 1) {
                memset(m, 0xff, limbs * sizeof *m);
            } else if (kind == 2) {
                memset(m, 0, limbs * sizeof *m);
                m[limbs - 1] = (uint64_t)1 << 63;
            } else if (kind == 3) {
                m[limbs - 1] = 3;
            }
            m[0] |= 1;
            for (int pair = 0; pair < 4; pair++) {
                uint64_t any[MOST_LIMBS];
                random_natural(any, limbs, &g);
                reduce_natural(a, any, limbs, m, limbs);
                // One factor need not be below the modulus.
                random_natural(b, limbs, &g);
                if (pair == 1) {
                    memcpy(a, m, limbs * sizeof *a);
                    a[0] -= 1;
                    memset(b, 0xff, limbs * sizeof *b);
                } else if (pair == 2) {
                    memset(a, 0, limbs * sizeof *a);
                }
                check(a, b, m, limbs, pair == 1 || limbs <= 17);
            }
        }
    }
}
