#ifndef CRYPTALLY_LATTICE_ARITHMETIC_H
#define CRYPTALLY_LATTICE_ARITHMETIC_H

#include "CLatticeKernels.h"

typedef unsigned __int128 clk_wide;

// x in [0, 2q) to [0, q), without a branch.
static inline uint64_t clk_reduce_once(uint64_t x, uint64_t q) {
    uint64_t difference = x - q;
    return difference + (q & (0 - (difference >> 63)));
}

// Any x < 2^128 modulo q (Barrett with an exact floor(x * ratio / 2^128), off by at most one).
static inline uint64_t clk_reduce_wide(clk_wide x, const clk_modulus *m) {
    uint64_t low = (uint64_t)x, high = (uint64_t)(x >> 64);
    clk_wide carry = ((clk_wide)low * m->ratio_low) >> 64;
    clk_wide a = (clk_wide)low * m->ratio_high + carry;
    clk_wide b = (clk_wide)high * m->ratio_low + (uint64_t)a;
    uint64_t quotient = high * m->ratio_high + (uint64_t)(a >> 64) + (uint64_t)(b >> 64);
    return clk_reduce_once(low - quotient * m->q, m->q);
}

static inline uint64_t clk_multiply_mod(uint64_t a, uint64_t b, const clk_modulus *m) {
    return clk_reduce_wide((clk_wide)a * b, m);
}

// a * w mod q in [0, 2q), for any 64-bit a (Harvey 2014, section 2).
static inline uint64_t clk_multiply_lazy(uint64_t a, clk_constant w, uint64_t q) {
    uint64_t quotient = (uint64_t)(((clk_wide)a * w.quotient) >> 64);
    return a * w.value - quotient * q;
}

#endif
