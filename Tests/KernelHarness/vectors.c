#include "moduli.h"

#include <string.h>

// Every path against the package's own test vectors, which write_vectors.py turns into tables.

typedef struct {
    size_t n;
    uint64_t q, psi;
    // Residues that are repeated, then single coefficients.
    size_t repeated;
    const uint64_t *residues;
    size_t terms;
    const uint64_t *exponents, *coefficients;
    // Some of the values.
    size_t samples;
    const uint64_t *positions, *values;
} transform_vector;

typedef struct {
    clk_modulus modulus;
    clk_constant w;
    size_t count;
    const uint64_t *a, *b, *c;
    const uint64_t *sum, *difference, *negation, *product, *product_added, *constant_product,
        *difference_product;
} arithmetic_vector;

typedef struct {
    uint64_t q, from;
    size_t count;
    const uint64_t *residues, *centred;
} centring_vector;

typedef struct {
    unsigned bits;
    size_t n;
    const uint64_t *fields;
    const uint8_t *bytes;
} packing_vector;

typedef struct {
    size_t n, byte_count;
    const uint8_t *bytes;
    const int8_t *values;
} ternary_vector, binomial_vector;

typedef struct {
    uint64_t q;
    size_t n, word_count;
    const uint64_t *words, *residues;
} uniform_vector;

typedef struct {
    size_t n, limbs, targets;
    const uint64_t *sources, *moduli, *weights, *products, *digits, *converted;
} conversion_vector;

#include "vectors.h"

static void check_transform(const transform_vector *v) {
    uint64_t *input = take_words(v->n, CACHE_LINE), *out = take_words(v->n, CACHE_LINE);
    memset(input, 0, v->n * sizeof *input);
    for (size_t k = 0; k < v->n && v->repeated > 0; k++) {
        input[k] = v->residues[k % v->repeated];
    }
    for (size_t k = 0; k < v->terms; k++) {
        input[v->exponents[k]] = v->coefficients[k];
    }
    const clk_modulus modulus = modulus_of(v->q);
    const clk_constant scale = constant_of(inverse_mod(v->n % v->q, v->q), v->q);
    for (size_t path = 0; path < clk_path_count(); path++) {
        const clk_kernels *kernels = clk_path(path);
        describe(kernels->name, "transform, n = %zu, q = %llu", v->n, (unsigned long long)v->q);
        uint64_t *table = take_words(kernels->transform_words(v->n), CACHE_LINE);
        kernels->transform_prepare(table, v->n, &modulus, v->psi);
        const clk_transform transform = {modulus, v->n, table, NULL};
        kernels->ntt_forward(out, input, &transform);
        for (size_t k = 0; k < v->samples; k++) {
            check_word("value", out[v->positions[k]], v->values[k]);
        }
        kernels->ntt_inverse(out, out, scale, &transform);
        check_words("coefficient", out, input, v->n);
        give_memory(table);
    }
    give_memory(input);
    give_memory(out);
}

static void check_arithmetic(const arithmetic_vector *v) {
    const size_t n = v->count;
    const uint64_t q = v->modulus.q;
    uint64_t *out = take_words(n, ELEMENT);
    for (size_t path = 0; path < clk_path_count(); path++) {
        const clk_kernels *kernels = clk_path(path);
        describe(kernels->name, "arithmetic modulo %llu", (unsigned long long)q);
        kernels->add(out, v->a, v->b, n, q);
        check_words("sum", out, v->sum, n);
        kernels->subtract(out, v->a, v->b, n, q);
        check_words("difference", out, v->difference, n);
        kernels->negate(out, v->a, n, q);
        check_words("negation", out, v->negation, n);
        kernels->multiply(out, v->a, v->b, n, &v->modulus);
        check_words("product", out, v->product, n);
        kernels->inner_product(out, v->c, &v->a, &v->b, 1, n, &v->modulus);
        check_words("product added", out, v->product_added, n);
        kernels->multiply_constant(out, v->a, v->w, n, q);
        check_words("constant product", out, v->constant_product, n);
        kernels->subtract_multiply_constant(out, v->a, v->b, v->w, n, q);
        check_words("difference product", out, v->difference_product, n);
    }
    give_memory(out);
}

static void check_centring(const centring_vector *v) {
    const clk_modulus modulus = modulus_of(v->q);
    uint64_t *out = take_words(v->count, CACHE_LINE);
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "centred, from %llu to %llu", (unsigned long long)v->from,
                 (unsigned long long)v->q);
        clk_path(path)->reduce_centred(out, v->residues, v->count, v->from, &modulus);
        check_words("residue", out, v->centred, v->count);
    }
    give_memory(out);
}

static void check_packing(const packing_vector *v) {
    const size_t bytes = v->n / 8 * v->bits;
    uint64_t *fields = take_words(v->n, CACHE_LINE);
    uint8_t *out = take_memory(bytes, CACHE_LINE);
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "fields of %u bits", v->bits);
        clk_path(path)->pack(out, v->fields, v->n, v->bits);
        check_bytes("byte", out, v->bytes, bytes);
        clk_path(path)->unpack(fields, v->bytes, v->n, v->bits);
        check_words("field", fields, v->fields, v->n);
    }
    give_memory(fields);
    give_memory(out);
}

static void check_ternary(const ternary_vector *v) {
    int8_t *out = take_memory(v->byte_count, CACHE_LINE);
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "ternary of %zu bytes", v->byte_count);
        check_word("enough", clk_path(path)->ternary(out, v->bytes, v->byte_count) >= v->n, 1);
        check_bytes("value", out, v->values, v->n);
    }
    give_memory(out);
}

static void check_binomial(const binomial_vector *v) {
    int8_t *out = take_memory(v->n, CACHE_LINE);
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "centred binomial of %zu bytes", v->byte_count);
        clk_path(path)->centred_binomial(out, v->bytes, v->n);
        check_bytes("value", out, v->values, v->n);
    }
    give_memory(out);
}

static void check_uniform(const uniform_vector *v) {
    uint64_t *out = take_words(v->word_count, CACHE_LINE);
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "uniform, q = %llu", (unsigned long long)v->q);
        check_word("written", clk_path(path)->uniform(out, v->words, v->word_count, v->q), v->n);
        check_words("residue", out, v->residues, v->n);
    }
    give_memory(out);
}

static void check_conversion(const conversion_vector *v) {
    enum { MOST = 64 };
    clk_modulus sources[MOST], moduli[MOST];
    const uint64_t *digits[MOST];
    uint64_t *out[MOST];
    for (size_t i = 0; i < v->limbs; i++) {
        sources[i] = modulus_of(v->sources[i]);
        digits[i] = v->digits + i * v->n;
    }
    for (size_t j = 0; j < v->targets; j++) {
        moduli[j] = modulus_of(v->moduli[j]);
        out[j] = take_words(v->n, CACHE_LINE);
    }
    const clk_conversion plan = {v->limbs, sources, v->targets, moduli, v->weights, v->products};
    for (size_t path = 0; path < clk_path_count(); path++) {
        describe(clk_path(path)->name, "conversion of %zu limbs", v->limbs);
        clk_path(path)->convert(out, NULL, digits, &plan, v->n);
        for (size_t j = 0; j < v->targets; j++) {
            check_words("residue", out[j], v->converted + j * v->n, v->n);
        }
    }
    for (size_t j = 0; j < v->targets; j++) {
        give_memory(out[j]);
    }
}

#define FOR_EACH(vectors, check)                                    \
    for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++) { \
        check(&vectors[k]);                                         \
    }

void test_vectors(void) {
    FOR_EACH(transform_vectors, check_transform)
    FOR_EACH(arithmetic_vectors, check_arithmetic)
    FOR_EACH(centring_vectors, check_centring)
    FOR_EACH(packing_vectors, check_packing)
    FOR_EACH(ternary_vectors, check_ternary)
    FOR_EACH(binomial_vectors, check_binomial)
    FOR_EACH(uniform_vectors, check_uniform)
    FOR_EACH(conversion_vectors, check_conversion)
}
