#include "CBigIntegerKernels.h"
#include "naturals.h"

#include <stdio.h>
#include <string.h>

// The kernels on eight numbers at a time, where a set has them, by their definition: z R = x y
// modulo m^2 for pairs z0 + z1 m, whose parts are below 2 m and whose digits are below 2^52.

enum { LANES = CRYPTALLY_LANES, DIGIT_BITS = 52, MOST_DIGITS = 24, MOST_LIMBS = MOST_DIGITS };

typedef struct {
    size_t digits, limbs;
    uint64_t m[MOST_LIMBS], square[2 * MOST_LIMBS], r[2 * MOST_LIMBS];
    cryptally_limb modulus[MOST_DIGITS], cover[MOST_DIGITS], one[2 * MOST_DIGITS];
    cryptally_lane_modulus lanes;
} ring;

static void to_digits(cryptally_limb *digits, size_t count, const uint64_t *a, size_t limbs) {
    for (size_t j = 0; j < count; j++) {
        digits[j] = 0;
        for (size_t bit = 0; bit < DIGIT_BITS; bit++) {
            const size_t place = j * DIGIT_BITS + bit;
            if (place / 64 < limbs) {
                digits[j] |= (cryptally_limb)(a[place / 64] >> place % 64 & 1) << bit;
            }
        }
    }
}

static void from_lane(uint64_t *a, size_t limbs, const cryptally_limb *lanes, size_t digits,
                      size_t lane) {
    memset(a, 0, limbs * sizeof *a);
    for (size_t place = 0; place < 64 * limbs && place / DIGIT_BITS < digits; place++) {
        const uint64_t digit = lanes[LANES * (place / DIGIT_BITS) + lane];
        a[place / 64] |= (digit >> place % DIGIT_BITS & 1) << place % 64;
    }
}

// m odd, with 16 m <= R = 2^(52 h); `is_largest` takes the largest such number.
static void make_ring(ring *t, size_t digits, int is_largest, generator *g) {
    const size_t bits = DIGIT_BITS * digits - 4;
    t->digits = digits;
    t->limbs = (DIGIT_BITS * digits + 63) / 64;
    for (size_t k = 0; k < t->limbs; k++) {
        t->m[k] = is_largest ? ~(uint64_t)0 : next_bits(g);
        const size_t above = 64 * (k + 1) > bits ? 64 * (k + 1) - bits : 0;
        t->m[k] = above >= 64 ? 0 : t->m[k] << above >> above;
    }
    t->m[0] |= 1;
    multiply_naturals(t->square, t->m, t->limbs, t->m, t->limbs);
    uint64_t power[2 * MOST_LIMBS + 1] = {0};
    power[DIGIT_BITS * digits / 64] = (uint64_t)1 << DIGIT_BITS * digits % 64;
    reduce_natural(t->r, power, 2 * t->limbs, t->square, 2 * t->limbs);
    to_digits(t->modulus, digits, t->m, t->limbs);

    // C in words from 2^52 - 1 up and below 2^53 is R - 1 and up to m more, added digit by digit:
    // R - 1 + (m - (R - 1) mod m), a multiple of m.
    uint64_t rest[MOST_LIMBS], all[MOST_LIMBS], missing[MOST_LIMBS];
    for (size_t k = 0; k < t->limbs; k++) {
        const size_t above =
            64 * (k + 1) > DIGIT_BITS * digits ? 64 * (k + 1) - DIGIT_BITS * digits : 0;
        all[k] = ~(uint64_t)0 << above >> above;
    }
    reduce_natural(rest, all, t->limbs, t->m, t->limbs);
    uint64_t borrow = 0;
    for (size_t k = 0; k < t->limbs; k++) {
        const wide difference = (wide)t->m[k] - rest[k] - borrow;
        missing[k] = (uint64_t)difference;
        borrow = (uint64_t)(difference >> 64) & 1;
    }
    to_digits(t->cover, digits, missing, t->limbs);
    for (size_t j = 0; j < digits; j++) {
        t->cover[j] += ((cryptally_limb)1 << DIGIT_BITS) - 1;
    }
    // 1 in Montgomery form: R mod m^2 as remainder and quotient by m.
    uint64_t low[MOST_LIMBS], high[2 * MOST_LIMBS];
    divide_natural(high, low, t->r, 2 * t->limbs, t->m, t->limbs);
    to_digits(t->one, digits, low, t->limbs);
    to_digits(t->one + digits, digits, high, 2 * t->limbs);
    t->lanes = (cryptally_lane_modulus){digits, t->modulus, t->cover, t->one,
                                        negated_inverse(t->m[0]) << 12 >> 12};
}

// The number modulo m^2 that a lane's pair stands for; the pair's form is checked on the way.
static void number_of(uint64_t *result, const ring *t, const cryptally_limb *pair, size_t lane) {
    uint64_t parts[2][MOST_LIMBS], product[2 * MOST_LIMBS + 1] = {0}, twice[MOST_LIMBS];
    memcpy(twice, t->m, t->limbs * sizeof *twice);
    add_naturals(twice, t->m, t->limbs);
    for (size_t part = 0; part < 2; part++) {
        const cryptally_limb *digits = pair + LANES * t->digits * part;
        for (size_t j = 0; j < t->digits; j++) {
            check_word("digit is below 2^52", digits[LANES * j + lane] >> DIGIT_BITS, 0);
        }
        from_lane(parts[part], t->limbs, digits, t->digits, lane);
        check_word("part is below 2 m", compare(parts[part], twice, t->limbs) < 0, 1);
    }
    multiply_naturals(product, parts[1], t->limbs, t->m, t->limbs);
    uint64_t first[2 * MOST_LIMBS + 1] = {0};
    memcpy(first, parts[0], t->limbs * sizeof *first);
    add_naturals(product, first, 2 * t->limbs + 1);
    reduce_natural(result, product, 2 * t->limbs + 1, t->square, 2 * t->limbs);
}

static void multiply_modulo(uint64_t *result, const ring *t, const uint64_t *a, const uint64_t *b) {
    uint64_t product[4 * MOST_LIMBS];
    multiply_naturals(product, a, 2 * t->limbs, b, 2 * t->limbs);
    reduce_natural(result, product, 4 * t->limbs, t->square, 2 * t->limbs);
}

// Pairs with parts below m, or the largest below 2 m.
static void fill_pairs(cryptally_limb *pairs, const ring *t, int is_largest, generator *g) {
    for (size_t part = 0; part < 2; part++) {
        for (size_t lane = 0; lane < LANES; lane++) {
            uint64_t any[MOST_LIMBS], number[MOST_LIMBS];
            random_natural(any, t->limbs, g);
            reduce_natural(number, any, t->limbs, t->m, t->limbs);
            if (is_largest) {
                memcpy(number, t->m, t->limbs * sizeof *number);
                add_naturals(number, t->m, t->limbs);
                number[0] -= 1;
            }
            cryptally_limb digits[MOST_DIGITS];
            to_digits(digits, t->digits, number, t->limbs);
            for (size_t j = 0; j < t->digits; j++) {
                pairs[LANES * (t->digits * part + j) + lane] = digits[j];
            }
        }
    }
}

static void check_products(const cryptally_integer_kernels *kernels, const ring *t, generator *g,
                           int is_largest) {
    const size_t bytes = 2 * LANES * t->digits * sizeof(cryptally_limb);
    cryptally_limb *x = take_memory(bytes, CACHE_LINE), *y = take_memory(bytes, CACHE_LINE);
    cryptally_limb *z = take_memory(bytes, CACHE_LINE);
    cryptally_limb *scratch = take_memory(
        cryptally_lanes_scratch_limbs(t->digits) * sizeof *scratch, CACHE_LINE);
    fill_pairs(x, t, is_largest, g);
    fill_pairs(y, t, is_largest, g);
    for (int is_square = 0; is_square < 2; is_square++) {
        describe(cryptally_integer_kernels_name(kernels), "%s, %zu digits",
                 is_square ? "lanes_square" : "lanes_multiply", t->digits);
        if (is_square) {
            cryptally_lanes_square(kernels, z, x, &t->lanes, scratch);
        } else {
            cryptally_lanes_multiply(kernels, z, x, y, &t->lanes, scratch);
        }
        for (size_t lane = 0; lane < LANES; lane++) {
            uint64_t a[2 * MOST_LIMBS], b[2 * MOST_LIMBS], c[2 * MOST_LIMBS];
            uint64_t expected[2 * MOST_LIMBS], found[2 * MOST_LIMBS];
            number_of(a, t, x, lane);
            number_of(b, t, is_square ? x : y, lane);
            number_of(c, t, z, lane);
            multiply_modulo(expected, t, a, b);
            multiply_modulo(found, t, c, t->r);
            check_words("product", found, expected, 2 * t->limbs);
        }
    }
    give_memory(x);
    give_memory(y);
    give_memory(z);
    give_memory(scratch);
}

static void check_split(const cryptally_integer_kernels *kernels, const ring *t, generator *g) {
    const size_t bytes = 2 * LANES * t->digits * sizeof(cryptally_limb);
    cryptally_limb *c = take_memory(bytes, CACHE_LINE), *z = take_memory(bytes, CACHE_LINE);
    cryptally_limb *scratch = take_memory(
        cryptally_lanes_scratch_limbs(t->digits) * sizeof *scratch, CACHE_LINE);
    // Below m R: a number below m, h digits up, and any h digits below it.
    fill_pairs(c, t, 0, g);
    describe(cryptally_integer_kernels_name(kernels), "lanes_split, %zu digits", t->digits);
    cryptally_lanes_split(kernels, z, c, &t->lanes, scratch);
    for (size_t lane = 0; lane < LANES; lane++) {
        uint64_t number[2 * MOST_LIMBS], expected[2 * MOST_LIMBS], pair[2 * MOST_LIMBS];
        uint64_t found[2 * MOST_LIMBS];
        from_lane(number, 2 * t->limbs, c, 2 * t->digits, lane);
        reduce_natural(expected, number, 2 * t->limbs, t->square, 2 * t->limbs);
        number_of(pair, t, z, lane);
        multiply_modulo(found, t, pair, t->r);
        check_words("number", found, expected, 2 * t->limbs);
    }
    give_memory(c);
    give_memory(z);
    give_memory(scratch);
}

static void check_power(const cryptally_integer_kernels *kernels, const ring *t, size_t bits,
                        generator *g) {
    const size_t bytes = 2 * LANES * t->digits * sizeof(cryptally_limb), words = (bits + 63) / 64;
    cryptally_limb *x = take_memory(bytes, CACHE_LINE), *z = take_memory(bytes, CACHE_LINE);
    cryptally_limb *exponents = take_memory(LANES * words * sizeof *exponents, ELEMENT);
    cryptally_limb *scratch = take_memory(
        cryptally_lanes_power_scratch_limbs(t->digits) * sizeof *scratch, CACHE_LINE);
    fill_pairs(x, t, 0, g);
    for (size_t k = 0; k < LANES * words; k++) {
        exponents[k] = next_bits(g);
    }
    describe(cryptally_integer_kernels_name(kernels), "lanes_power, %zu digits, %zu bits",
             t->digits, bits);
    cryptally_lanes_power(kernels, z, x, exponents, bits, &t->lanes, scratch);
    for (size_t lane = 0; lane < LANES; lane++) {
        // In Montgomery form, x = a R and z = a^e R: z R^(e - 1) = x^e, or z = R for e = 0. With
        // powers both of x and of R going up side by side: z R^e = x^e R.
        uint64_t base[2 * MOST_LIMBS], left[2 * MOST_LIMBS], right[2 * MOST_LIMBS];
        number_of(base, t, x, lane);
        number_of(left, t, z, lane);
        memcpy(right, t->r, 2 * t->limbs * sizeof *right);
        uint64_t radix[2 * MOST_LIMBS];
        memcpy(radix, t->r, 2 * t->limbs * sizeof *radix);
        for (size_t bit = 0; bit < bits; bit++) {
            if (exponents[lane * words + bit / 64] >> bit % 64 & 1) {
                multiply_modulo(left, t, left, radix);
                multiply_modulo(right, t, right, base);
            }
            multiply_modulo(radix, t, radix, radix);
            multiply_modulo(base, t, base, base);
        }
        check_words("power", left, right, 2 * t->limbs);
    }
    give_memory(x);
    give_memory(z);
    give_memory(exponents);
    give_memory(scratch);
}

static void check_selection(const cryptally_integer_kernels *kernels, generator *g) {
    enum { ENTRIES = 32, DIGITS = 8 };
    cryptally_limb *row = take_memory(2 * DIGITS * ENTRIES * sizeof *row, CACHE_LINE);
    cryptally_limb *out = take_memory(2 * DIGITS * LANES * sizeof *out, CACHE_LINE);
    cryptally_limb *expected = take_memory(2 * DIGITS * LANES * sizeof *expected, CACHE_LINE);
    for (size_t k = 0; k < 2 * DIGITS * ENTRIES; k++) {
        row[k] = next_bits(g) >> 12;
    }
    const cryptally_limb indices[LANES] = {0, 1, 15, 16, 31, 32, ~(cryptally_limb)0, 7};
    for (size_t j = 0; j < 2 * DIGITS; j++) {
        for (size_t lane = 0; lane < LANES; lane++) {
            expected[LANES * j + lane] =
                indices[lane] < ENTRIES ? row[ENTRIES * j + indices[lane]] : 0;
        }
    }
    describe(cryptally_integer_kernels_name(kernels), "lanes_select_shared");
    cryptally_lanes_select_shared(kernels, out, row, ENTRIES, DIGITS, indices);
    check_bytes("byte", out, expected, 2 * DIGITS * LANES * sizeof *out);
    give_memory(row);
    give_memory(out);
    give_memory(expected);
}

void test_lanes(void) {
    generator g = {9};
    for (size_t path = 0; path < cryptally_integer_kernels_count(); path++) {
        const cryptally_integer_kernels *kernels = cryptally_integer_kernels_at(path);
        if (!cryptally_integer_kernels_has_lanes(kernels)) {
            continue;
        }
        for (size_t digits = 4; digits <= MOST_DIGITS; digits += 4) {
            for (int is_largest = 0; is_largest < 2; is_largest++) {
                ring t;
                make_ring(&t, digits, is_largest, &g);
                check_products(kernels, &t, &g, 0);
                check_products(kernels, &t, &g, 1);
                check_split(kernels, &t, &g);
                check_power(kernels, &t, digits > 8 ? 7 : 70, &g);
                check_power(kernels, &t, 5, &g);
            }
        }
        check_selection(kernels, &g);
    }
}
