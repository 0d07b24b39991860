#include "moduli.h"

#include <string.h>

// Numbers placed in slots and read again, modulo odd numbers.

enum { N = 64 };

// `outside` is where a number out of the range stands; N for nowhere.
static void check_placing(uint64_t q, size_t count, size_t outside, int64_t number, generator *g) {
    const int64_t limit = (int64_t)((q - 1) / 2);
    int64_t *values = take_memory(count * sizeof *values, ELEMENT);
    uint32_t *slots = take_memory(N * sizeof *slots, ELEMENT);
    uint64_t *out = take_words(N, CACHE_LINE), *expected = take_words(N, CACHE_LINE);
    for (size_t k = 0; k < count; k++) {
        const int64_t edges[] = {limit, -limit, 0};
        values[k] = k < 3 ? edges[k] : (int64_t)next_below(g, q) - limit;
    }
    if (outside < count) {
        values[outside] = number;
    }
    for (size_t k = 0; k < N; k++) {
        slots[k] = (uint32_t)((k * 13 + 5) % N);
        const int64_t value = slots[k] < count ? values[slots[k]] : 0;
        expected[k] = value < 0 ? q + (uint64_t)value : (uint64_t)value;
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "place_slots, %zu values, q = %llu, %lld", count,
                 (unsigned long long)q, (long long)number);
        forget(out);
        const uint64_t found = clk_path(path)->place_slots(out, values, count, slots, N, q);
        check_word("is out of range", found != 0, outside < count);
        if (outside >= count) {
            check_words("residue", out, expected, N);
        }
    }
    give_memory(values);
    give_memory(slots);
    give_memory(out);
    give_memory(expected);
}

static void check_reading(uint64_t q, generator *g) {
    uint64_t *a = take_words(N, ELEMENT);
    uint32_t *positions = take_memory(N * sizeof *positions, CACHE_LINE);
    int64_t *out = take_memory(N * sizeof *out, CACHE_LINE);
    int64_t *expected = take_memory(N * sizeof *expected, CACHE_LINE);
    fill(a, N, q, EDGES, g);
    fill(a + N / 2, N / 2, q, RANDOM, g);
    for (size_t k = 0; k < N; k++) {
        positions[k] = (uint32_t)next_below(g, N);
        const uint64_t x = a[positions[k]];
        expected[k] = x > q / 2 ? -(int64_t)(q - x) : (int64_t)x;
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "read_slots, q = %llu", (unsigned long long)q);
        forget(out);
        clk_path(path)->read_slots(out, a, positions, N, q);
        check_bytes("byte", out, expected, N * sizeof *out);
    }
    give_memory(a);
    give_memory(positions);
    give_memory(out);
    give_memory(expected);
}

void test_slots(void) {
    generator g = {7};
    for (size_t m = 0; m < MODULI; m++) {
        const uint64_t q = any_moduli[m];
        if (q % 2 == 0) {
            continue;
        }
        const int64_t limit = (int64_t)((q - 1) / 2);
        const int64_t outside[] = {limit + 1, -limit - 1, INT64_MAX, INT64_MIN};
        check_placing(q, N, N, 0, &g);
        check_placing(q, N / 2, N, 0, &g);
        check_placing(q, 1, N, 0, &g);
        for (size_t k = 0; k < 4; k++) {
            check_placing(q, N, next_below(&g, N), outside[k], &g);
        }
        check_reading(q, &g);
    }
}
