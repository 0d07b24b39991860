#include "moduli.h"

#include <string.h>

// Base conversion, its overflow by definition: for every number of limbs up to 40, and 64, with
// primes of one width and of several.

enum { MOST_LIMBS = 64, TARGETS = 5 };

// What digits are: of a pattern, or such that the sum of the fractions is next to a half-integer,
// where the overflow changes.
enum { NEAR_HALF = PATTERNS, DIGIT_KINDS };

// x / q in units of 2^-51, as CLatticeKernels.h defines it.
static uint64_t fraction(uint64_t x, uint64_t q) {
    const unsigned bits = 64 - (unsigned)__builtin_clzll(q);
    const uint64_t digit = bits <= 52 ? x << (52 - bits) : x >> (bits - 52);
    return (uint64_t)((digit * (((wide)1 << (51 + bits)) / q)) >> 52);
}

typedef struct {
    size_t limbs, n;
    clk_modulus sources[MOST_LIMBS], targets[TARGETS];
    uint64_t weights[TARGETS * MOST_LIMBS], products[TARGETS];
    uint64_t *digits[MOST_LIMBS], *addends[TARGETS], *out[TARGETS];
    uint64_t *plain[TARGETS], *added[TARGETS];
} conversion;

// The largest primes of each width.
static uint64_t primes[WIDTHS][MOST_LIMBS];

static void find_primes(void) {
    for (size_t w = 0; w < WIDTHS; w++) {
        uint64_t bound = (uint64_t)1 << widths[w];
        for (size_t i = 0; i < MOST_LIMBS; i++) {
            bound = primes[w][i] = prime_below(bound, widths[w], 8);
        }
    }
}

// Primes of one width, or of each in turn where `width` is WIDTHS.
static void choose_sources(conversion *c, size_t limbs, size_t width) {
    c->limbs = limbs;
    for (size_t i = 0; i < limbs; i++) {
        c->sources[i] = modulus_of(width < WIDTHS ? primes[width][i]
                                                  : primes[i % WIDTHS][i / WIDTHS]);
    }
}

// Moduli of any size; the largest weights for the largest digits.
static void choose_targets(conversion *c, size_t turn, int is_largest, generator *g) {
    for (size_t j = 0; j < TARGETS; j++) {
        const uint64_t p = any_moduli[(5 * turn + 11 * j) % MODULI];
        const uint64_t products[] = {1 % p, 0, p - 1, next_below(g, p)};
        c->targets[j] = modulus_of(p);
        c->products[j] = products[(turn + j) % 4];
        for (size_t i = 0; i < c->limbs; i++) {
            c->weights[j * c->limbs + i] = is_largest ? p - 1 : next_below(g, p);
        }
    }
}

static void take_operands(conversion *c, size_t n, enum alignment alignment) {
    c->n = n;
    for (size_t i = 0; i < c->limbs; i++) {
        c->digits[i] = take_words(n, alignment);
    }
    for (size_t j = 0; j < TARGETS; j++) {
        c->addends[j] = take_words(n, alignment);
        c->out[j] = take_words(n, alignment);
        c->plain[j] = take_words(n, CACHE_LINE);
        c->added[j] = take_words(n, CACHE_LINE);
    }
}

static void give_operands(conversion *c) {
    for (size_t i = 0; i < c->limbs; i++) {
        give_memory(c->digits[i]);
    }
    for (size_t j = 0; j < TARGETS; j++) {
        give_memory(c->addends[j]);
        give_memory(c->out[j]);
        give_memory(c->plain[j]);
        give_memory(c->added[j]);
    }
}

static void fill_digits(conversion *c, size_t kind, generator *g) {
    for (size_t i = 0; i < c->limbs; i++) {
        const enum pattern pattern = kind == NEAR_HALF ? RANDOM : (enum pattern)kind;
        fill(c->digits[i], c->n, c->sources[i].q, pattern, g);
    }
    for (size_t k = 0; kind == NEAR_HALF && k < c->n; k++) {
        uint64_t others = 0;
        for (size_t i = 0; i + 1 < c->limbs; i++) {
            others += fraction(c->digits[i][k], c->sources[i].q);
        }
        // What is missing to a half, in units of 2^-51, then a few steps to either side.
        const uint64_t one = (uint64_t)1 << 51, last = c->sources[c->limbs - 1].q;
        const uint64_t missing = (one + one / 2 - others % one) % one;
        const uint64_t digit = (uint64_t)(((wide)missing * last) >> 51) + k % 9;
        const uint64_t shifted = digit > 4 ? digit - 4 : 0;
        c->digits[c->limbs - 1][k] = shifted < last ? shifted : last - 1;
    }
}

static void expect(conversion *c) {
    for (size_t k = 0; k < c->n; k++) {
        uint64_t overflow = (uint64_t)1 << 50;
        for (size_t i = 0; i < c->limbs; i++) {
            overflow += fraction(c->digits[i][k], c->sources[i].q);
        }
        overflow >>= 51;
        for (size_t j = 0; j < TARGETS; j++) {
            const uint64_t p = c->targets[j].q;
            uint64_t sum = multiply_mod(overflow, p - c->products[j], p);
            for (size_t i = 0; i < c->limbs; i++) {
                const uint64_t weight = c->weights[j * c->limbs + i];
                sum = add_mod(sum, multiply_mod(c->digits[i][k], weight, p), p);
            }
            c->plain[j][k] = sum;
            c->added[j][k] = add_mod(sum, c->addends[j][k], p);
        }
    }
}

static void check_targets(const conversion *c, const char *what, uint64_t *const *expected) {
    for (size_t j = 0; j < TARGETS; j++) {
        check_words(what, c->out[j], expected[j], c->n);
    }
}

static void check_paths(conversion *c, size_t kind) {
    const clk_conversion plan = {c->limbs,   c->sources, TARGETS,
                                 c->targets, c->weights, c->products};
    const uint64_t *digits[MOST_LIMBS], *addends[TARGETS], *accumulated[TARGETS];
    for (size_t i = 0; i < c->limbs; i++) {
        digits[i] = c->digits[i];
    }
    for (size_t j = 0; j < TARGETS; j++) {
        addends[j] = c->addends[j];
        accumulated[j] = c->out[j];
    }
    for (size_t path = 0; path < clk_path_count(); path++) {
        const clk_kernels *kernels = clk_path(path);
        describe(kernels->name, "convert, %zu limbs, n = %zu, first %llu, digits of kind %zu",
                 c->limbs, c->n, (unsigned long long)c->sources[0].q, kind);
        for (size_t j = 0; j < TARGETS; j++) {
            forget(c->out[j]);
        }
        kernels->convert(c->out, NULL, digits, &plan, c->n);
        check_targets(c, "residue", c->plain);
        kernels->convert(c->out, addends, digits, &plan, c->n);
        check_targets(c, "residue with addend", c->added);
        for (size_t j = 0; j < TARGETS; j++) {
            memcpy(c->out[j], c->addends[j], c->n * sizeof *c->out[j]);
        }
        kernels->convert(c->out, accumulated, digits, &plan, c->n);
        check_targets(c, "residue onto addend", c->added);
    }
}

static void check(size_t limbs, size_t width, size_t kind, size_t n, size_t turn, generator *g) {
    static conversion c;
    choose_sources(&c, limbs, width);
    choose_targets(&c, turn, kind == LARGEST, g);
    take_operands(&c, n, turn % 2 == 0 ? CACHE_LINE : ELEMENT);
    fill_digits(&c, kind, g);
    for (size_t j = 0; j < TARGETS; j++) {
        fill(c.addends[j], n, c.targets[j].q, kind == LARGEST ? LARGEST : EDGES, g);
    }
    expect(&c);
    check_paths(&c, kind);
    give_operands(&c);
}

static void check_fractions(generator *g) {
    for (size_t m = 0; m < MODULI; m++) {
        const uint64_t q = any_moduli[m];
        const clk_modulus modulus = modulus_of(q);
        for (size_t k = 0; k < 40; k++) {
            const uint64_t edges[] = {0, q / 2, q - 1};
            const uint64_t x = k < 3 ? edges[k] : next_below(g, q);
            describe("all", "clk_fraction of %llu / %llu", (unsigned long long)x,
                     (unsigned long long)q);
            check_word("units", clk_fraction(x, &modulus), fraction(x, q));
        }
    }
}

void test_conversions(void) {
    static const size_t lengths[] = {8, 24, 64, 72, 136, 200};
    static const size_t some[] = {1, 2, 5, 18, 40};
    generator g = {4};
    find_primes();
    check_fractions(&g);
    for (size_t limbs = 1; limbs <= MOST_LIMBS; limbs += limbs == 40 ? 24 : 1) {
        for (size_t kind = 0; kind < DIGIT_KINDS; kind++) {
            const size_t turn = limbs + kind;
            check(limbs, turn % (WIDTHS + 1), kind, lengths[turn % 6], turn, &g);
        }
    }
    for (size_t k = 0; k < sizeof some / sizeof *some; k++) {
        for (size_t width = 0; width <= WIDTHS; width++) {
            for (size_t kind = 0; kind < DIGIT_KINDS; kind++) {
                check(some[k], width, kind, 16 + 24 * (kind % 2), width + kind, &g);
            }
        }
    }
}
