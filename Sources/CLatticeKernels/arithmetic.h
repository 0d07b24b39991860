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

// w in [0, q) with its quotient, without division.
static inline clk_constant clk_constant_of(uint64_t w, const clk_modulus *m) {
    // floor(w * floor(2^128 / q) / 2^64) is the quotient or one less.
    uint64_t quotient = w * m->ratio_high + (uint64_t)(((clk_wide)w * m->ratio_low) >> 64);
    uint64_t remainder = 0 - quotient * m->q;
    quotient += remainder >= m->q;
    return (clk_constant){w, quotient};
}

// The width of q.
static inline unsigned clk_bits(uint64_t q) { return 64 - (unsigned)__builtin_clzll(q); }

// floor(2^(51 + bits) / q), below 2^52 unless q is a power of two.
static inline uint64_t clk_fraction_ratio(const clk_modulus *m) {
    clk_wide ratio = (clk_wide)m->ratio_high << 64 | m->ratio_low;
    return (uint64_t)(ratio >> (77 - clk_bits(m->q)));
}

// The centred representative of a in [0, from) as what is added to it modulo q when it is above the
// middle: -from mod q.
static inline uint64_t clk_centring_shift(uint64_t from, const clk_modulus *m) {
    return clk_reduce_once(m->q - clk_reduce_wide(from, m), m->q);
}

// psi^i at bitrev(i), its inverse there in `inverse` (the inverse of psi is -psi^(n - 1)).
static inline void clk_root_powers(uint64_t *roots, uint64_t *inverse, size_t n,
                                   const clk_modulus *m, uint64_t psi) {
    uint64_t power = 1 % m->q;
    unsigned levels = (unsigned)__builtin_ctzll(n);
    for (size_t i = 0; i < n; i++) {
        size_t position = 0;
        for (unsigned bit = 0; bit < levels; bit++) {
            position |= (i >> bit & 1) << (levels - 1 - bit);
        }
        roots[position] = power;
        power = clk_multiply_mod(power, psi, m);
    }
    // psi^-i = -psi^(n - i), and n - i > 0 has the reversed bits of -i.
    inverse[0] = 1 % m->q;
    for (size_t block = 1; block < n; block *= 2) {
        for (size_t i = 0; i < block; i++) {
            // Within a level the exponents are symmetric: odd multiples of n / (2 block).
            inverse[block + i] = m->q - roots[2 * block - 1 - i];
        }
    }
}

#endif
