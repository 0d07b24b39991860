#include "moduli.h"

#include <string.h>

// Samplers, by their definition, for any bytes; and small numbers as residues.

static void check_binomial(size_t n, enum alignment alignment, generator *g) {
    uint8_t *bytes = take_memory(6 * n, alignment);
    int8_t *out = take_memory(n, alignment), *expected = take_memory(n, CACHE_LINE);
    const uint64_t ones = ((uint64_t)1 << 21) - 1;
    const uint64_t edges[] = {0,          ones, ones << 21, ones | ones << 21, (uint64_t)63 << 42,
                              ~(uint64_t)0};
    for (size_t k = 0; k < n; k++) {
        const uint64_t word = k < 6 ? edges[k] : k < 54 ? (uint64_t)1 << (k - 6) : next_bits(g);
        for (size_t i = 0; i < 6; i++) {
            bytes[6 * k + i] = (uint8_t)(word >> 8 * i);
        }
        int value = 0;
        for (unsigned bit = 0; bit < 21; bit++) {
            value += (int)(word >> bit & 1) - (int)(word >> (21 + bit) & 1);
        }
        expected[k] = (int8_t)value;
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "centred_binomial, n = %zu", n);
        forget(out);
        clk_path(path)->centred_binomial(out, bytes, n);
        check_bytes("value", out, expected, n);
    }
    give_memory(bytes);
    give_memory(out);
    give_memory(expected);
}

// `refused` of 256 bytes are 255, beside those that are so by chance.
static void check_ternary(size_t count, unsigned refused, generator *g) {
    uint8_t *bytes = take_memory(count, ELEMENT);
    int8_t *out = take_memory(count, CACHE_LINE), *expected = take_memory(count, CACHE_LINE);
    size_t written = 0;
    for (size_t k = 0; k < count; k++) {
        bytes[k] = next_below(g, 256) < refused ? 255 : (uint8_t)next_bits(g);
        if (bytes[k] != 255) {
            expected[written++] = (int8_t)(bytes[k] % 3 - 1);
        }
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "ternary of %zu bytes", count);
        forget(out);
        check_word("written", clk_path(path)->ternary(out, bytes, count), written);
        check_bytes("value", out, expected, written);
    }
    give_memory(bytes);
    give_memory(out);
    give_memory(expected);
}

static void check_uniform(size_t count, uint64_t q, enum alignment alignment, generator *g) {
    uint64_t *words = take_words(count, alignment), *out = take_words(count, alignment);
    uint64_t *expected = take_words(count, CACHE_LINE);
    const uint64_t mask = ~(uint64_t)0 >> __builtin_clzll(q - 1);
    const uint64_t edges[] = {q - 1, q, ~(uint64_t)0, 0, q - 1 + (mask + 1)};
    size_t written = 0;
    for (size_t k = 0; k < count; k++) {
        words[k] = next_below(g, 4) == 0 ? edges[next_below(g, 5)] : next_bits(g);
        if ((words[k] & mask) < q) {
            expected[written++] = words[k] & mask;
        }
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "uniform of %zu words, q = %llu", count,
                 (unsigned long long)q);
        forget(out);
        check_word("written", clk_path(path)->uniform(out, words, count, q), written);
        check_words("residue", out, expected, written);
        memcpy(out, words, count * sizeof *out);
        check_word("written in place", clk_path(path)->uniform(out, out, count, q), written);
        check_words("residue in place", out, expected, written);
    }
    give_memory(words);
    give_memory(out);
    give_memory(expected);
}

static void check_lift(uint64_t q, size_t n, generator *g) {
    int8_t *a = take_memory(n, ELEMENT);
    uint64_t *out = take_words(n, CACHE_LINE), *expected = take_words(n, CACHE_LINE);
    const int limit = q > 128 ? 128 : (int)q - 1;
    for (size_t k = 0; k < n; k++) {
        const int edges[] = {-limit, limit > 127 ? 127 : limit, 0};
        const int any = (int)next_below(g, 2 * (uint64_t)limit) - limit;
        a[k] = (int8_t)(k < 3 ? edges[k] : any);
        expected[k] = a[k] < 0 ? q - (uint64_t)-a[k] : (uint64_t)a[k];
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "lift_signed, q = %llu", (unsigned long long)q);
        forget(out);
        clk_path(path)->lift_signed(out, a, n, q);
        check_words("residue", out, expected, n);
    }
    give_memory(a);
    give_memory(out);
    give_memory(expected);
}

void test_samplers(void) {
    static const unsigned refused[] = {0, 1, 64, 250, 256};
    generator g = {6};
    for (size_t n = 8; n <= 32768; n *= 2) {
        check_binomial(n, n % 3 == 1 ? CACHE_LINE : ELEMENT, &g);
        check_binomial(n + 8, CACHE_LINE, &g);
    }
    // Every count, so that every rest of every register's width is met.
    for (size_t count = 1; count <= 200; count++) {
        for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
            check_ternary(count, refused[k], &g);
        }
        for (size_t k = 0; k < 4; k++) {
            check_uniform(count, any_moduli[(7 * count + k) % MODULI],
                          k % 2 == 0 ? CACHE_LINE : ELEMENT, &g);
        }
    }
    check_ternary(32768, 0, &g);
    for (size_t m = 0; m < MODULI; m++) {
        check_uniform(1024, any_moduli[m], CACHE_LINE, &g);
        check_lift(any_moduli[m], 8 * (m % 9 + 1), &g);
    }
}
