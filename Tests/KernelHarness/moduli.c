#include "moduli.h"

#include <stdio.h>
#include <stdlib.h>

clk_modulus modulus_of(uint64_t q) {
    // 2^128 - 1 has the same quotient unless q divides 2^128.
    const wide ratio = ~(wide)0 / q + ((q & (q - 1)) == 0);
    return (clk_modulus){q, (uint64_t)(ratio >> 64), (uint64_t)ratio};
}

clk_constant constant_of(uint64_t w, uint64_t q) {
    return (clk_constant){w, (uint64_t)(((wide)w << 64) / q)};
}

uint64_t multiply_mod(uint64_t a, uint64_t b, uint64_t q) { return (uint64_t)((wide)a * b % q); }

uint64_t add_mod(uint64_t a, uint64_t b, uint64_t q) { return (uint64_t)(((wide)a + b) % q); }

uint64_t power_mod(uint64_t base, uint64_t exponent, uint64_t q) {
    uint64_t result = 1 % q;
    for (base %= q; exponent > 0; exponent >>= 1) {
        if (exponent & 1) {
            result = multiply_mod(result, base, q);
        }
        base = multiply_mod(base, base, q);
    }
    return result;
}

uint64_t inverse_mod(uint64_t a, uint64_t q) { return power_mod(a, q - 2, q); }

uint64_t centred_mod(uint64_t a, uint64_t from, uint64_t q) {
    return a > from / 2 ? (q - (from - a) % q) % q : a % q;
}

// Miller and Rabin's test with the bases that decide every number of 64 bits (Sorenson and Webster
// 2015).
static int is_prime(uint64_t n) {
    static const uint64_t bases[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
    const size_t count = sizeof bases / sizeof *bases;
    for (size_t k = 0; k < count; k++) {
        if (n % bases[k] == 0) {
            return n == bases[k];
        }
    }
    const unsigned twos = (unsigned)__builtin_ctzll(n - 1);
    for (size_t k = 0; k < count; k++) {
        uint64_t x = power_mod(bases[k], (n - 1) >> twos, n);
        int passes = x == 1 || x == n - 1;
        for (unsigned i = 1; i < twos && !passes; i++) {
            x = multiply_mod(x, x, n);
            passes = x == n - 1;
        }
        if (!passes) {
            return 0;
        }
    }
    return n > 1;
}

uint64_t prime_below(uint64_t bound, unsigned bits, size_t n) {
    const uint64_t step = 2 * n, least = (uint64_t)1 << (bits - 1);
    for (uint64_t q = (bound - 2) / step * step + 1; q > least; q -= step) {
        if (is_prime(q)) {
            return q;
        }
    }
    return 0;
}

uint64_t largest_prime(unsigned bits, size_t n) {
    return prime_below((uint64_t)1 << bits, bits, n);
}

uint64_t smallest_prime(unsigned bits, size_t n) {
    const uint64_t step = 2 * n, least = (uint64_t)1 << (bits - 1);
    for (uint64_t q = (least + step - 1) / step * step + 1; q >> bits == 0; q += step) {
        if (is_prime(q)) {
            return q;
        }
    }
    return 0;
}

uint64_t root_mod(size_t n, uint64_t q) {
    uint64_t root = 0;
    for (uint64_t x = 2; root == 0 || power_mod(root, n, q) != q - 1; x++) {
        root = power_mod(x, (q - 1) / (2 * n), q);
    }
    return root;
}

const unsigned widths[WIDTHS] = {20, 30, 36, 42, 44, 45, 46, 47, 48, 49, 50, 51, 52, 60, 61};

uint64_t any_moduli[MODULI];

void find_moduli(void) {
    static const uint64_t small[] = {2,   3,   4,   5,   7,   8,    17,   127,
                                     128, 129, 255, 256, 257, 1000, 65537};
    static const unsigned powers[] = {14, 31, 32, 33, 46, 47, 49, 50, 51, 52, 60};
    size_t count = 0;
    for (size_t k = 0; k < WIDTHS; k++) {
        any_moduli[count++] = largest_prime(widths[k], 8);
        any_moduli[count++] = smallest_prime(widths[k], 32768 >> (widths[k] < 30 ? 5 : 0));
    }
    for (size_t k = 0; k < sizeof small / sizeof *small; k++) {
        any_moduli[count++] = small[k];
    }
    for (size_t k = 0; k < sizeof powers / sizeof *powers; k++) {
        const uint64_t power = (uint64_t)1 << powers[k];
        any_moduli[count++] = power - 1;
        any_moduli[count++] = power;
        any_moduli[count++] = power + 1;
    }
    any_moduli[count++] = ((uint64_t)1 << 61) - 1;
    for (size_t k = 0; k < MODULI; k++) {
        if (count != MODULI || any_moduli[k] < 2) {
            fprintf(stderr, "kernel harness: modulus %zu was not found\n", k);
            exit(2);
        }
    }
}

void fill(uint64_t *residues, size_t count, uint64_t q, enum pattern pattern, generator *g) {
    const uint64_t edges[] = {0, 1 % q, q / 2, (q / 2 + 1) % q, q - 1};
    for (size_t k = 0; k < count; k++) {
        switch (pattern) {
        case ZEROS: residues[k] = 0; break;
        case ONES: residues[k] = 1 % q; break;
        case LARGEST: residues[k] = q - 1; break;
        case ALTERNATING: residues[k] = k % 2 == 0 ? 0 : q - 1; break;
        case EXTREMES: residues[k] = next_bits(g) & 1 ? q - 1 : 0; break;
        case EDGES: residues[k] = edges[next_below(g, 5)]; break;
        default: residues[k] = next_below(g, q); break;
        }
    }
}
