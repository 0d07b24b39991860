#include "moduli.h"

#include <string.h>

// Operations residue by residue, for moduli of every size, by definition.

typedef struct {
    uint64_t q, from;
    clk_modulus modulus;
    clk_constant w;
} parameters;

typedef struct {
    const char *name;
    void (*run)(const clk_kernels *, uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,
                const parameters *);
    uint64_t (*value)(uint64_t a, uint64_t b, const parameters *);
    // Whether a's residues are modulo `from`, and there is no b.
    int is_centring;
} operation;

static void run_add(const clk_kernels *k, uint64_t *out, const uint64_t *a, const uint64_t *b,
                    size_t n, const parameters *p) {
    k->add(out, a, b, n, p->q);
}
static uint64_t value_add(uint64_t a, uint64_t b, const parameters *p) {
    return add_mod(a, b, p->q);
}

static void run_subtract(const clk_kernels *k, uint64_t *out, const uint64_t *a, const uint64_t *b,
                         size_t n, const parameters *p) {
    k->subtract(out, a, b, n, p->q);
}
static uint64_t value_subtract(uint64_t a, uint64_t b, const parameters *p) {
    return add_mod(a, p->q - b, p->q);
}

static void run_negate(const clk_kernels *k, uint64_t *out, const uint64_t *a, const uint64_t *b,
                       size_t n, const parameters *p) {
    (void)b;
    k->negate(out, a, n, p->q);
}
static uint64_t value_negate(uint64_t a, uint64_t b, const parameters *p) {
    (void)b;
    return (p->q - a) % p->q;
}

static void run_multiply(const clk_kernels *k, uint64_t *out, const uint64_t *a, const uint64_t *b,
                         size_t n, const parameters *p) {
    k->multiply(out, a, b, n, &p->modulus);
}
static uint64_t value_multiply(uint64_t a, uint64_t b, const parameters *p) {
    return multiply_mod(a, b, p->q);
}

static void run_constant(const clk_kernels *k, uint64_t *out, const uint64_t *a, const uint64_t *b,
                         size_t n, const parameters *p) {
    (void)b;
    k->multiply_constant(out, a, p->w, n, p->q);
}
static uint64_t value_constant(uint64_t a, uint64_t b, const parameters *p) {
    (void)b;
    return multiply_mod(a, p->w.value, p->q);
}

static void run_difference(const clk_kernels *k, uint64_t *out, const uint64_t *a,
                           const uint64_t *b, size_t n, const parameters *p) {
    k->subtract_multiply_constant(out, a, b, p->w, n, p->q);
}
static uint64_t value_difference(uint64_t a, uint64_t b, const parameters *p) {
    return multiply_mod(value_subtract(a, b, p), p->w.value, p->q);
}

static void run_centred(const clk_kernels *k, uint64_t *out, const uint64_t *a, const uint64_t *b,
                        size_t n, const parameters *p) {
    (void)b;
    k->reduce_centred(out, a, n, p->from, &p->modulus);
}
static uint64_t value_centred(uint64_t a, uint64_t b, const parameters *p) {
    (void)b;
    return centred_mod(a, p->from, p->q);
}

static const operation operations[] = {
    {"add", run_add, value_add, 0},
    {"subtract", run_subtract, value_subtract, 0},
    {"negate", run_negate, value_negate, 0},
    {"multiply", run_multiply, value_multiply, 0},
    {"multiply_constant", run_constant, value_constant, 0},
    {"subtract_multiply_constant", run_difference, value_difference, 0},
    {"reduce_centred", run_centred, value_centred, 1},
};

// Onto a third buffer, onto a, and onto b.
static void check_paths(const operation *o, const uint64_t *a, const uint64_t *b, uint64_t *out,
                        const uint64_t *expected, size_t n, const parameters *p) {
    for (size_t path = 0; path < clk_path_count(); path++) {
        const clk_kernels *kernels = clk_path(path);
        describe(kernels->name, "%s, n = %zu, q = %llu, from %llu, w = %llu", o->name, n,
                 (unsigned long long)p->q, (unsigned long long)p->from,
                 (unsigned long long)p->w.value);
        forget(out);
        o->run(kernels, out, a, b, n, p);
        check_words("residue", out, expected, n);
        memcpy(out, a, n * sizeof *out);
        o->run(kernels, out, out, b, n, p);
        check_words("residue onto a", out, expected, n);
        if (!o->is_centring) {
            memcpy(out, b, n * sizeof *out);
            o->run(kernels, out, a, out, n, p);
            check_words("residue onto b", out, expected, n);
        }
    }
}

static void check_modulus(uint64_t q, size_t turn, generator *g) {
    static const size_t lengths[] = {8, 16, 24, 40, 104, 1032};
    static const uint64_t fixed[] = {2, 3, 65536, ((uint64_t)1 << 45) - 55, (uint64_t)1 << 52,
                                     ((uint64_t)1 << 61) - 1};
    for (size_t pattern = 0; pattern < PATTERNS; pattern++, turn++) {
        const size_t n = lengths[turn % (sizeof lengths / sizeof *lengths)];
        const enum alignment alignment = turn % 2 == 0 ? CACHE_LINE : ELEMENT;
        uint64_t *a = take_words(n, alignment), *b = take_words(n, CACHE_LINE);
        uint64_t *out = take_words(n, alignment), *expected = take_words(n, CACHE_LINE);
        const uint64_t constants[] = {0, 1 % q, q - 1, next_below(g, q)};
        parameters p = {q, 0, modulus_of(q), constant_of(constants[turn % 4], q)};
        for (size_t k = 0; k < sizeof operations / sizeof *operations; k++) {
            const operation *o = &operations[k];
            p.from = turn % 7 < 6 ? fixed[turn % 7] : q;
            fill(a, n, o->is_centring ? p.from : q, (enum pattern)pattern, g);
            fill(b, n, q, pattern == LARGEST ? LARGEST : EDGES, g);
            for (size_t i = 0; i < n; i++) {
                expected[i] = o->value(a[i], b[i], &p);
            }
            check_paths(o, a, o->is_centring ? a : b, out, expected, n, &p);
        }
        give_memory(a);
        give_memory(b);
        give_memory(out);
        give_memory(expected);
    }
}

void test_pointwise(void) {
    generator g = {2};
    for (size_t k = 0; k < MODULI; k++) {
        check_modulus(any_moduli[k], k, &g);
    }
}
