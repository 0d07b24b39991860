#ifndef KERNEL_HARNESS_MODULI_H
#define KERNEL_HARNESS_MODULI_H

#include "CLatticeKernels.h"
#include "harness.h"

// Arithmetic modulo q by plain division of 128 bits, with which kernels are compared.

clk_modulus modulus_of(uint64_t q);
clk_constant constant_of(uint64_t w, uint64_t q);
uint64_t multiply_mod(uint64_t a, uint64_t b, uint64_t q);
uint64_t add_mod(uint64_t a, uint64_t b, uint64_t q);
uint64_t power_mod(uint64_t base, uint64_t exponent, uint64_t q);
// Modulo a prime.
uint64_t inverse_mod(uint64_t a, uint64_t q);
// The centred representative of a in [0, from), modulo q.
uint64_t centred_mod(uint64_t a, uint64_t from, uint64_t q);

// The largest and the smallest prime of so many bits that is 1 modulo 2 n; 0 if there is none.
uint64_t largest_prime(unsigned bits, size_t n);
uint64_t smallest_prime(unsigned bits, size_t n);
// The largest prime of so many bits below another number; 0 if there is none.
uint64_t prime_below(uint64_t bound, unsigned bits, size_t n);
// Some psi with psi^n = -1.
uint64_t root_mod(size_t n, uint64_t q);

// Widths on both sides of what a path may take for itself.
enum { WIDTHS = 15 };
extern const unsigned widths[WIDTHS];

// Moduli of every size for kernels that take any: primes, powers of two and their neighbours, the
// smallest and the largest.
enum { MODULI = 2 * WIDTHS + 49 };
extern uint64_t any_moduli[MODULI];
void find_moduli(void);

// Residues in which reductions go wrong, and random ones.
enum pattern { ZEROS, ONES, LARGEST, ALTERNATING, EXTREMES, EDGES, RANDOM, PATTERNS };
void fill(uint64_t *residues, size_t count, uint64_t q, enum pattern pattern, generator *g);

#endif
