#include "naturals.h"

#include <string.h>

int compare(const uint64_t *a, const uint64_t *b, size_t limbs) {
    for (size_t k = limbs; k-- > 0;) {
        if (a[k] != b[k]) {
            return a[k] < b[k] ? -1 : 1;
        }
    }
    return 0;
}

void multiply_naturals(uint64_t *result, const uint64_t *a, size_t a_limbs, const uint64_t *b,
                       size_t b_limbs) {
    memset(result, 0, (a_limbs + b_limbs) * sizeof *result);
    for (size_t i = 0; i < a_limbs; i++) {
        uint64_t carry = 0;
        for (size_t j = 0; j < b_limbs; j++) {
            const wide sum = (wide)a[i] * b[j] + result[i + j] + carry;
            result[i + j] = (uint64_t)sum;
            carry = (uint64_t)(sum >> 64);
        }
        result[i + b_limbs] = carry;
    }
}

uint64_t add_naturals(uint64_t *a, const uint64_t *b, size_t limbs) {
    uint64_t carry = 0;
    for (size_t k = 0; k < limbs; k++) {
        const wide sum = (wide)a[k] + b[k] + carry;
        a[k] = (uint64_t)sum;
        carry = (uint64_t)(sum >> 64);
    }
    return carry;
}

static void subtract(uint64_t *a, const uint64_t *b, size_t limbs) {
    uint64_t borrow = 0;
    for (size_t k = 0; k < limbs; k++) {
        const wide difference = (wide)a[k] - b[k] - borrow;
        a[k] = (uint64_t)difference;
        borrow = (uint64_t)(difference >> 64) & 1;
    }
}

void divide_natural(uint64_t *quotient, uint64_t *rest, const uint64_t *a, size_t a_limbs,
                    const uint64_t *m, size_t limbs) {
    memset(rest, 0, limbs * sizeof *rest);
    if (quotient != NULL) {
        memset(quotient, 0, a_limbs * sizeof *quotient);
    }
    for (size_t bit = 64 * a_limbs; bit-- > 0;) {
        const uint64_t top = rest[limbs - 1] >> 63;
        for (size_t k = limbs; k-- > 0;) {
            rest[k] = rest[k] << 1 | (k > 0 ? rest[k - 1] >> 63 : a[bit / 64] >> bit % 64 & 1);
        }
        if (top || compare(rest, m, limbs) >= 0) {
            subtract(rest, m, limbs);
            if (quotient != NULL) {
                quotient[bit / 64] |= (uint64_t)1 << bit % 64;
            }
        }
    }
}

void reduce_natural(uint64_t *result, const uint64_t *a, size_t a_limbs, const uint64_t *m,
                    size_t limbs) {
    divide_natural(NULL, result, a, a_limbs, m, limbs);
}

void random_natural(uint64_t *a, size_t limbs, generator *g) {
    for (size_t k = 0; k < limbs; k++) {
        a[k] = next_bits(g);
    }
}

uint64_t negated_inverse(uint64_t m) {
    // Each step doubles the bits that are right; m is its own inverse modulo 8.
    uint64_t inverse = m;
    for (unsigned bits = 3; bits < 64; bits *= 2) {
        inverse *= 2 - m * inverse;
    }
    return 0 - inverse;
}
