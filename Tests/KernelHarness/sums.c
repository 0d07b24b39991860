#include "moduli.h"

#include <string.h>

// Sums of many operands and lazy sums of products, by definition.

typedef struct {
    size_t count, n;
    uint64_t *rows[CLK_MAXIMUM_TERMS];
    const uint64_t *pointers[CLK_MAXIMUM_TERMS];
} table;

static void take_rows(table *t, size_t count, size_t n, uint64_t q, enum pattern pattern,
                      enum alignment alignment, generator *g) {
    t->count = count;
    t->n = n;
    for (size_t i = 0; i < count; i++) {
        t->pointers[i] = t->rows[i] = take_words(n, alignment);
        fill(t->rows[i], n, q, pattern, g);
    }
}

static void give_rows(table *t) {
    for (size_t i = 0; i < t->count; i++) {
        give_memory(t->rows[i]);
    }
}

// Either the sum of a's rows or that of their products with b's.
static void run(const clk_kernels *kernels, uint64_t *out, const uint64_t *addend, const table *a,
                const table *b, const clk_modulus *modulus) {
    if (b == NULL) {
        kernels->sum(out, addend, a->pointers, a->count, a->n, modulus);
    } else {
        kernels->inner_product(out, addend, a->pointers, b->pointers, a->count, a->n, modulus);
    }
}

static void check_sum(const table *a, const table *b, uint64_t q, generator *g) {
    const size_t n = a->n;
    const clk_modulus modulus = modulus_of(q);
    uint64_t *addend = take_words(n, CACHE_LINE), *out = take_words(n, CACHE_LINE);
    uint64_t *plain = take_words(n, CACHE_LINE), *added = take_words(n, CACHE_LINE);
    fill(addend, n, q, EDGES, g);
    for (size_t k = 0; k < n; k++) {
        plain[k] = 0;
        for (size_t i = 0; i < a->count; i++) {
            const uint64_t term = a->rows[i][k];
            plain[k] = add_mod(plain[k], b ? multiply_mod(term, b->rows[i][k], q) : term, q);
        }
        added[k] = add_mod(plain[k], addend[k], q);
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        const clk_kernels *kernels = clk_path(path);
        describe(kernels->name, "%s of %zu, n = %zu, q = %llu", b ? "inner product" : "sum",
                 a->count, n, (unsigned long long)q);
        forget(out);
        run(kernels, out, NULL, a, b, &modulus);
        check_words("residue", out, plain, n);
        forget(out);
        run(kernels, out, addend, a, b, &modulus);
        check_words("residue with addend", out, added, n);
        memcpy(out, addend, n * sizeof *out);
        run(kernels, out, out, a, b, &modulus);
        check_words("residue onto addend", out, added, n);
    }
    give_memory(addend);
    give_memory(out);
    give_memory(plain);
    give_memory(added);
}

static void test_many_operands(generator *g) {
    static const size_t counts[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 40, CLK_MAXIMUM_TERMS};
    static const enum pattern patterns[] = {LARGEST, EXTREMES, RANDOM};
    static const size_t lengths[] = {8, 24, 16, 40, 520};
    static table a, b;
    for (size_t m = 0; m < MODULI; m++) {
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            const size_t turn = m + c, count = counts[c];
            // Short rows for many terms; for few also some past what a path adds up at a stretch.
            const size_t n = count > 13 ? lengths[turn % 2] : lengths[turn % 5];
            const enum pattern pattern = count > 40 ? LARGEST : patterns[turn % 3];
            const uint64_t q = any_moduli[m];
            take_rows(&a, count, n, q, pattern, turn % 2 == 0 ? CACHE_LINE : ELEMENT, g);
            take_rows(&b, count, n, q, pattern, CACHE_LINE, g);
            check_sum(&a, NULL, q, g);
            check_sum(&a, &b, q, g);
            give_rows(&a);
            give_rows(&b);
        }
    }
}

enum { TENSOR_LENGTH = 24, PAIRS = 3 };

// What the words of one part stand for after `calls` calls with all pairs.
static uint64_t expected_part(const table *factors, size_t part, size_t k, size_t calls,
                              uint64_t start, uint64_t q) {
    uint64_t sum = 0;
    for (size_t g = 0; g < PAIRS; g++) {
        const uint64_t a0 = factors->rows[4 * g][k], a1 = factors->rows[4 * g + 1][k];
        const uint64_t b0 = factors->rows[4 * g + 2][k], b1 = factors->rows[4 * g + 3][k];
        const uint64_t products[] = {
            multiply_mod(a0, b0, q),
            add_mod(multiply_mod(a0, b1, q), multiply_mod(a1, b0, q), q),
            multiply_mod(a1, b1, q),
        };
        sum = add_mod(sum, products[part], q);
    }
    return add_mod(start, multiply_mod(sum, calls % q, q), q);
}

static void check_tensor(uint64_t q, enum pattern pattern, size_t calls, enum alignment alignment,
                         generator *g) {
    static table factors;
    const clk_modulus modulus = modulus_of(q);
    take_rows(&factors, 4 * PAIRS, TENSOR_LENGTH, q, pattern, alignment, g);
    uint64_t *sums[6], *start = take_words(TENSOR_LENGTH, CACHE_LINE);
    uint64_t *expected = take_words(TENSOR_LENGTH, CACHE_LINE);
    uint64_t *out = take_words(TENSOR_LENGTH, CACHE_LINE);
    fill(start, TENSOR_LENGTH, q, pattern, g);
    for (size_t word = 0; word < 6; word++) {
        sums[word] = take_words(TENSOR_LENGTH, alignment);
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        const clk_kernels *kernels = clk_path(path);
        for (size_t word = 0; word < 6; word++) {
            for (size_t k = 0; k < TENSOR_LENGTH; k++) {
                sums[word][k] = word % 2 == 0 ? start[k] : 0;
            }
        }
        describe(kernels->name, "tensor_add, %zu calls, q = %llu", calls, (unsigned long long)q);
        for (size_t call = 0; call < calls; call++) {
            kernels->tensor_add(sums, factors.pointers, PAIRS, TENSOR_LENGTH, &modulus);
        }
        kernels->tensor_add(sums, factors.pointers, 0, TENSOR_LENGTH, &modulus);
        for (size_t part = 0; part < 3; part++) {
            for (size_t k = 0; k < TENSOR_LENGTH; k++) {
                expected[k] = expected_part(&factors, part, k, calls, start[k], q);
            }
            forget(out);
            kernels->fold(out, sums[2 * part], sums[2 * part + 1], TENSOR_LENGTH, &modulus);
            check_words("folded", out, expected, TENSOR_LENGTH);
        }
    }
    for (size_t word = 0; word < 6; word++) {
        give_memory(sums[word]);
    }
    give_memory(start);
    give_memory(expected);
    give_memory(out);
    give_rows(&factors);
}

// Words of any size.
static void check_fold(uint64_t q, generator *g) {
    enum { N = 24 };
    const clk_modulus modulus = modulus_of(q);
    uint64_t *low = take_words(N, CACHE_LINE), *high = take_words(N, ELEMENT);
    uint64_t *expected = take_words(N, CACHE_LINE), *out = take_words(N, CACHE_LINE);
    for (size_t k = 0; k < N; k++) {
        low[k] = k % 3 == 0 ? ~(uint64_t)0 : next_bits(g);
        high[k] = k % 4 == 0 ? ~(uint64_t)0 : next_bits(g);
        expected[k] = (uint64_t)((((wide)high[k] << 52) + low[k]) % q);
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "fold, q = %llu", (unsigned long long)q);
        forget(out);
        clk_path(path)->fold(out, low, high, N, &modulus);
        check_words("residue", out, expected, N);
        memcpy(out, low, N * sizeof *out);
        clk_path(path)->fold(out, out, high, N, &modulus);
        check_words("residue onto the low words", out, expected, N);
    }
    give_memory(low);
    give_memory(high);
    give_memory(expected);
    give_memory(out);
}

void test_sums(void) {
    generator g = {3};
    test_many_operands(&g);
    for (size_t m = 0; m < MODULI; m++) {
        const enum alignment alignment = m % 2 == 0 ? CACHE_LINE : ELEMENT;
        check_tensor(any_moduli[m], LARGEST, CLK_MAXIMUM_TERMS / PAIRS, alignment, &g);
        check_tensor(any_moduli[m], EDGES, 2, alignment, &g);
        check_tensor(any_moduli[m], RANDOM, 1, alignment, &g);
        check_fold(any_moduli[m], &g);
    }
}
