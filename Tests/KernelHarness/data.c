#include "moduli.h"

#include <string.h>

// Permutations, and residues as fields of bits.

static size_t reversed_bits(size_t x, size_t n) {
    size_t result = 0;
    for (size_t bit = 1; bit < n; bit *= 2) {
        result = result << 1 | (x & bit ? 1 : 0);
    }
    return result;
}

// That of X to X^element on values in bit-reversed order.
static void galois(uint32_t *permutation, size_t n, size_t element) {
    for (size_t k = 0; k < n; k++) {
        const size_t exponent = (2 * reversed_bits(k, n) + 1) * element % (2 * n);
        permutation[k] = (uint32_t)reversed_bits(exponent / 2, n);
    }
}

// Any that takes blocks of eight to blocks of eight.
static void shuffle(uint32_t *permutation, size_t n, generator *g) {
    for (size_t block = 0; block < n / 8; block++) {
        permutation[8 * block] = (uint32_t)(8 * block);
    }
    for (size_t block = n / 8; block-- > 1;) {
        const size_t other = next_below(g, block + 1);
        const uint32_t kept = permutation[8 * block];
        permutation[8 * block] = permutation[8 * other];
        permutation[8 * other] = kept;
    }
    for (size_t block = 0; block < n / 8; block++) {
        uint32_t *inner = permutation + 8 * block;
        const uint32_t first = inner[0];
        for (uint32_t k = 0; k < 8; k++) {
            const size_t place = next_below(g, k + 1);
            inner[k] = inner[place];
            inner[place] = first + k;
        }
    }
}

static void check_permutation(size_t n, const uint32_t *permutation, enum alignment alignment,
                              generator *g) {
    uint64_t *a = take_words(n, alignment), *out = take_words(n, alignment);
    uint64_t *expected = take_words(n, CACHE_LINE);
    for (size_t k = 0; k < n; k++) {
        a[k] = next_bits(g);
    }
    for (size_t k = 0; k < n; k++) {
        expected[k] = a[permutation[k]];
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "permute, n = %zu", n);
        forget(out);
        clk_path(path)->permute(out, a, permutation, n);
        check_words("word", out, expected, n);
    }
    give_memory(a);
    give_memory(out);
    give_memory(expected);
}

static void test_permutations(generator *g) {
    for (size_t n = 8; n <= 32768; n *= 2) {
        uint32_t *permutation = take_memory(n * sizeof *permutation, CACHE_LINE);
        const size_t elements[] = {1, 3, 5, n + 1, 2 * n - 1, 2 * next_below(g, n) + 1};
        for (size_t k = 0; k < sizeof elements / sizeof *elements; k++) {
            galois(permutation, n, elements[k]);
            check_permutation(n, permutation, k % 2 == 0 ? CACHE_LINE : ELEMENT, g);
        }
        shuffle(permutation, n, g);
        check_permutation(n, permutation, CACHE_LINE, g);
        give_memory(permutation);
    }
}

// Bit after bit.
static void pack_bits(uint8_t *bytes, const uint64_t *fields, size_t n, unsigned bits) {
    memset(bytes, 0, n / 8 * bits);
    for (size_t k = 0; k < n; k++) {
        for (unsigned bit = 0; bit < bits; bit++) {
            const size_t place = k * bits + bit;
            bytes[place / 8] |= (uint8_t)((fields[k] >> bit & 1) << place % 8);
        }
    }
}

static void check_fields(size_t n, unsigned bits, enum pattern pattern, generator *g) {
    const uint64_t bound = (uint64_t)1 << bits;
    const size_t bytes = n / 8 * bits;
    uint64_t *fields = take_words(n, bits % 2 == 0 ? CACHE_LINE : ELEMENT);
    uint64_t *unpacked = take_words(n, CACHE_LINE);
    uint8_t *expected = take_memory(bytes, CACHE_LINE), *out = take_memory(bytes, ELEMENT);
    fill(fields, n, bound, pattern, g);
    pack_bits(expected, fields, n, bits);
    uint64_t largest = 0;
    for (size_t k = 0; k < n; k++) {
        largest = fields[k] > largest ? fields[k] : largest;
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        const clk_kernels *kernels = clk_path(path);
        describe(kernels->name, "pack and unpack, n = %zu, %u bits", n, bits);
        forget(out);
        kernels->pack(out, fields, n, bits);
        check_bytes("byte", out, expected, bytes);
        forget(unpacked);
        check_word("largest field", kernels->unpack(unpacked, out, n, bits), largest);
        check_words("field", unpacked, fields, n);
    }
    give_memory(fields);
    give_memory(unpacked);
    give_memory(expected);
    give_memory(out);
}

void test_data(void) {
    static const size_t lengths[] = {8, 16, 24, 64, 72, 200, 1024};
    generator g = {5};
    test_permutations(&g);
    for (unsigned bits = 1; bits <= 61; bits++) {
        for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
            for (size_t pattern = 0; pattern < PATTERNS; pattern++) {
                check_fields(lengths[k], bits, (enum pattern)pattern, &g);
            }
        }
    }
}
