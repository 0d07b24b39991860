#ifndef KERNEL_HARNESS_NATURALS_H
#define KERNEL_HARNESS_NATURALS_H

#include "harness.h"

// Numbers of many limbs, least significant first, by the plainest rules.

int compare(const uint64_t *a, const uint64_t *b, size_t limbs);
// result has a_limbs + b_limbs limbs and overlaps nothing.
void multiply_naturals(uint64_t *result, const uint64_t *a, size_t a_limbs, const uint64_t *b,
                       size_t b_limbs);
// Adds, and gives the carry.
uint64_t add_naturals(uint64_t *a, const uint64_t *b, size_t limbs);
// a divided by m, a bit at a time. `rest` has m's limbs; `quotient`, if not NULL, those of a.
void divide_natural(uint64_t *quotient, uint64_t *rest, const uint64_t *a, size_t a_limbs,
                    const uint64_t *m, size_t limbs);
void reduce_natural(uint64_t *result, const uint64_t *a, size_t a_limbs, const uint64_t *m,
                    size_t limbs);
void random_natural(uint64_t *a, size_t limbs, generator *g);
// -1 / m modulo 2^64 for an odd m.
uint64_t negated_inverse(uint64_t m);

#endif
