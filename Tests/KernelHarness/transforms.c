#include "moduli.h"

#include <string.h>

// The transforms, for every degree and primes of every width. The scalar path is compared with
// values at roots, all of them up to n = 64 and some beyond; the other paths with the scalar one.

enum { LEAST_DEGREE = 8, LARGEST_DEGREE = 32768, EVERY_VALUE = 64, MOST_PATHS = 8 };

typedef struct {
    size_t n;
    uint64_t q, psi;
    clk_transform of_path[MOST_PATHS];
    uint64_t *tables[MOST_PATHS];
    uint64_t *input, *expected, *out;
} transforms;

static void prepare(transforms *t, size_t n, uint64_t q, enum alignment alignment) {
    t->n = n;
    t->q = q;
    t->psi = root_mod(n, q);
    t->input = take_words(n, alignment);
    t->expected = take_words(n, CACHE_LINE);
    t->out = take_words(n, alignment);
    const clk_modulus modulus = modulus_of(q);
    for (size_t p = 0; p < clk_path_count(); p++) {
        const clk_kernels *kernels = clk_path(p);
        describe(kernels->name, "table, n = %zu, q = %llu", n, (unsigned long long)q);
        t->tables[p] = take_words(kernels->transform_words(n), CACHE_LINE);
        kernels->transform_prepare(t->tables[p], n, &modulus, t->psi);
        t->of_path[p] = (clk_transform){modulus, n, t->tables[p], NULL};
    }
}

static void release(transforms *t) {
    for (size_t p = 0; p < clk_path_count(); p++) {
        give_memory(t->tables[p]);
    }
    give_memory(t->input);
    give_memory(t->expected);
    give_memory(t->out);
}

static size_t bit_reversed(size_t x, size_t n) {
    size_t result = 0;
    for (size_t bit = 1; bit < n; bit *= 2) {
        result = result << 1 | (x & bit ? 1 : 0);
    }
    return result;
}

// The value of the input at the point that belongs to a position, by Horner's rule.
static uint64_t value_at(const transforms *t, size_t position) {
    const uint64_t point = power_mod(t->psi, 2 * bit_reversed(position, t->n) + 1, t->q);
    uint64_t value = 0;
    for (size_t k = t->n; k-- > 0;) {
        value = (uint64_t)(((wide)value * point + t->input[k]) % t->q);
    }
    return value;
}

// Puts the input's values into `expected`.
static void expect_values(transforms *t) {
    if (t->n <= EVERY_VALUE) {
        for (size_t position = 0; position < t->n; position++) {
            t->expected[position] = value_at(t, position);
        }
        return;
    }
    const size_t scalar = clk_path_count() - 1;
    clk_path(scalar)->ntt_forward(t->expected, t->input, &t->of_path[scalar]);
    const size_t positions[] = {0, 1, t->n / 2 + 3, t->n - 1};
    for (size_t k = 0; k < 4; k++) {
        check_word("a value", t->expected[positions[k]], value_at(t, positions[k]));
    }
    for (size_t k = 0; k < t->n; k++) {
        if (t->expected[k] >= t->q) {
            check_word("not reduced", t->expected[k], t->expected[k] % t->q);
        }
    }
}

static void name_case(const transforms *t, size_t path, const char *what) {
    describe(clk_path(path)->name, "%s, n = %zu, q = %llu", what, t->n, (unsigned long long)t->q);
}

// Forward and back, out of place and in place, the way back with a factor.
static void check_round_trip(transforms *t, generator *g) {
    const uint64_t factors[] = {1, 0, t->q - 1, next_below(g, t->q)};
    const uint64_t factor = factors[next_below(g, 4)];
    const uint64_t degree_inverse = inverse_mod(t->n % t->q, t->q);
    const clk_constant scale = constant_of(multiply_mod(degree_inverse, factor, t->q), t->q);
    expect_values(t);
    uint64_t *scaled = take_words(t->n, CACHE_LINE);
    for (size_t k = 0; k < t->n; k++) {
        scaled[k] = multiply_mod(t->input[k], factor, t->q);
    }
    for (size_t p = 0; p < clk_path_count(); p++) {
        const clk_kernels *kernels = clk_path(p);
        clk_transform transform = t->of_path[p];
        // With a hint, which changes nothing.
        transform.ahead = p % 2 == 0 ? t->input : NULL;
        name_case(t, p, "forward");
        forget(t->out);
        kernels->ntt_forward(t->out, t->input, &transform);
        check_words("value", t->out, t->expected, t->n);
        name_case(t, p, "inverse in place");
        kernels->ntt_inverse(t->out, t->out, scale, &transform);
        check_words("coefficient", t->out, scaled, t->n);
        name_case(t, p, "forward in place");
        memcpy(t->out, t->input, t->n * sizeof *t->out);
        kernels->ntt_forward(t->out, t->out, &transform);
        check_words("value", t->out, t->expected, t->n);
        name_case(t, p, "inverse");
        forget(t->out);
        kernels->ntt_inverse(t->out, t->expected, scale, &transform);
        check_words("coefficient", t->out, scaled, t->n);
    }
    give_memory(scaled);
}

// The pattern as values: what comes back is the same on all paths, and has these values.
static void check_inverse(transforms *t) {
    const clk_constant scale = constant_of(inverse_mod(t->n % t->q, t->q), t->q);
    for (size_t p = clk_path_count(); p-- > 0;) {
        const clk_kernels *kernels = clk_path(p);
        name_case(t, p, "inverse of a pattern");
        kernels->ntt_inverse(t->out, t->input, scale, &t->of_path[p]);
        if (p + 1 == clk_path_count()) {
            memcpy(t->expected, t->out, t->n * sizeof *t->out);
        }
        check_words("coefficient", t->out, t->expected, t->n);
        kernels->ntt_forward(t->out, t->out, &t->of_path[p]);
        check_words("value", t->out, t->input, t->n);
    }
}

static void check_centred(transforms *t, uint64_t from, generator *g) {
    const uint64_t edges[] = {0, from - 1, from / 2, from / 2 + 1 < from ? from / 2 + 1 : 0};
    uint64_t *residues = take_words(t->n, CACHE_LINE);
    fill(residues, t->n, from, RANDOM, g);
    memcpy(residues, edges, sizeof edges);
    for (size_t k = 0; k < t->n; k++) {
        t->input[k] = centred_mod(residues[k], from, t->q);
    }
    const size_t scalar = clk_path_count() - 1;
    clk_path(scalar)->ntt_forward(t->expected, t->input, &t->of_path[scalar]);
    for (size_t p = 0; p < clk_path_count(); p++) {
        describe(clk_path(p)->name, "forward centred from %llu, n = %zu, q = %llu",
                 (unsigned long long)from, t->n, (unsigned long long)t->q);
        forget(t->out);
        clk_path(p)->ntt_forward_centred(t->out, residues, from, &t->of_path[p]);
        check_words("value", t->out, t->expected, t->n);
        memcpy(t->out, residues, t->n * sizeof *t->out);
        clk_path(p)->ntt_forward_centred(t->out, t->out, from, &t->of_path[p]);
        check_words("value in place", t->out, t->expected, t->n);
    }
    give_memory(residues);
}

static void check_prime(size_t n, uint64_t q, size_t turn, generator *g) {
    static const enum pattern some[] = {LARGEST, EDGES, RANDOM};
    const uint64_t most = ((uint64_t)1 << 61) - 1;
    const uint64_t froms[] = {2, 3, 65536, ((uint64_t)1 << 45) - 55, (uint64_t)1 << 52, most,
                              q - 1, q, q < most ? q + 1 : q, q <= most / 2 ? 2 * q - 1 : q};
    const size_t from_count = sizeof froms / sizeof *froms;
    transforms t;
    prepare(&t, n, q, turn % 2 == 0 ? CACHE_LINE : ELEMENT);
    const size_t count = n <= 2048 ? PATTERNS : sizeof some / sizeof *some;
    for (size_t k = 0; k < count; k++) {
        fill(t.input, n, q, n <= 2048 ? (enum pattern)k : some[k], g);
        check_round_trip(&t, g);
        fill(t.input, n, q, n <= 2048 ? (enum pattern)k : some[k], g);
        check_inverse(&t);
    }
    // Large degrees take two of them each, so that all are taken.
    for (size_t k = 0; k < (n <= 512 ? from_count : 2); k++) {
        check_centred(&t, froms[n <= 512 ? k : (2 * turn + k) % from_count], g);
    }
    release(&t);
}

void test_transforms(void) {
    generator g = {1};
    size_t turn = 0;
    for (size_t n = LEAST_DEGREE; n <= LARGEST_DEGREE; n *= 2) {
        for (size_t k = 0; k < WIDTHS; k++) {
            const uint64_t primes[] = {largest_prime(widths[k], n), smallest_prime(widths[k], n)};
            for (size_t i = 0; i < 2; i++, turn++) {
                // Large degrees have no such prime of few bits, or one only.
                if (primes[i] != 0 && (i == 0 || primes[1] != primes[0])) {
                    check_prime(n, primes[i], turn, &g);
                }
            }
        }
    }
}
