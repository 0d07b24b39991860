#include "CBigIntegerKernels.h"
#include "naturals.h"

#include <string.h>

// What the kernels on big integers share on every processor: digits, selection, division.

enum { LANES = CRYPTALLY_LANES };

static void *take_limbs(size_t count) {
    return take_memory(count * sizeof(cryptally_limb), ELEMENT);
}

static void check_digits(size_t limbs, size_t digits, generator *g) {
    cryptally_limb *numbers = take_limbs(LANES * limbs), *back = take_limbs(LANES * limbs);
    cryptally_limb *lanes = take_limbs(LANES * digits), *expected = take_limbs(LANES * digits);
    for (size_t k = 0; k < LANES * limbs; k++) {
        numbers[k] = k % 5 == 0 ? ~(cryptally_limb)0 : next_bits(g);
    }
    memset(expected, 0, LANES * digits * sizeof *expected);
    for (size_t lane = 0; lane < LANES; lane++) {
        for (size_t bit = 0; bit < 64 * limbs && bit / 52 < digits; bit++) {
            const cryptally_limb value = numbers[lane * limbs + bit / 64] >> bit % 64 & 1;
            expected[LANES * (bit / 52) + lane] |= value << bit % 52;
        }
    }
    describe("all", "lanes_load, %zu limbs, %zu digits", limbs, digits);
    forget(lanes);
    cryptally_lanes_load(lanes, digits, numbers, limbs);
    check_bytes("byte", lanes, expected, LANES * digits * sizeof *lanes);
    // Bits past the digits were dropped.
    for (size_t lane = 0; lane < LANES; lane++) {
        for (size_t bit = 52 * digits; bit < 64 * limbs; bit++) {
            numbers[lane * limbs + bit / 64] &= ~((cryptally_limb)1 << bit % 64);
        }
    }
    describe("all", "lanes_store, %zu limbs, %zu digits", limbs, digits);
    forget(back);
    cryptally_lanes_store(back, limbs, lanes, digits);
    check_bytes("byte", back, numbers, LANES * limbs * sizeof *back);
    give_memory(numbers);
    give_memory(back);
    give_memory(lanes);
    give_memory(expected);
}

static void check_places(size_t digits, generator *g) {
    enum { NUMBERS = 20 };
    cryptally_limb *numbers = take_limbs(NUMBERS * digits);
    cryptally_limb *scattered = take_limbs(NUMBERS * digits);
    cryptally_limb *lanes = take_limbs(LANES * digits), *expected = take_limbs(LANES * digits);
    // Of equal places the last one stays.
    const size_t places[LANES] = {3, 0, 19, 7, 7, 11, 3, 1};
    for (size_t k = 0; k < NUMBERS * digits; k++) {
        numbers[k] = next_bits(g);
    }
    for (size_t j = 0; j < digits; j++) {
        for (size_t lane = 0; lane < LANES; lane++) {
            expected[LANES * j + lane] = numbers[places[lane] * digits + j];
        }
    }
    describe("all", "lanes_gather, %zu digits", digits);
    forget(lanes);
    cryptally_lanes_gather(lanes, digits, numbers, places);
    check_bytes("byte", lanes, expected, LANES * digits * sizeof *lanes);
    for (size_t k = 0; k < LANES * digits; k++) {
        lanes[k] = next_bits(g);
    }
    memcpy(scattered, numbers, NUMBERS * digits * sizeof *scattered);
    for (size_t lane = 0; lane < LANES; lane++) {
        for (size_t j = 0; j < digits; j++) {
            numbers[places[lane] * digits + j] = lanes[LANES * j + lane];
        }
    }
    describe("all", "lanes_scatter, %zu digits", digits);
    cryptally_lanes_scatter(scattered, places, lanes, digits);
    check_bytes("byte", scattered, numbers, NUMBERS * digits * sizeof *scattered);
    give_memory(numbers);
    give_memory(scattered);
    give_memory(lanes);
    give_memory(expected);
}

static void check_selection(size_t limbs, size_t entries, generator *g) {
    cryptally_limb *table = take_limbs(entries * limbs), *out = take_limbs(limbs);
    cryptally_limb *zeros = take_limbs(limbs);
    memset(zeros, 0, limbs * sizeof *zeros);
    for (size_t k = 0; k < entries * limbs; k++) {
        table[k] = next_bits(g);
    }
    const cryptally_limb indices[] = {0, entries - 1, entries / 2, entries, ~(cryptally_limb)0,
                                      (cryptally_limb)1 << 63};
    for (size_t k = 0; k < sizeof indices / sizeof *indices; k++) {
        describe("all", "select, entry %lu of %zu, %zu limbs", indices[k], entries, limbs);
        forget(out);
        cryptally_select(out, table, limbs, entries, indices[k]);
        check_bytes("byte", out, indices[k] < entries ? table + indices[k] * limbs : zeros,
                    limbs * sizeof *out);
    }
    give_memory(table);
    give_memory(out);
    give_memory(zeros);
}

static void check_reciprocal(uint64_t high) {
    describe("all", "reciprocal of %llx", (unsigned long long)high);
    check_word("word", cryptally_reciprocal(high), (uint64_t)(~(wide)0 / high));
}

// The quotient's estimate is the quotient or one more, by a divisor of three limbs.
static void check_quotient(const uint64_t *divisor, uint64_t quotient, generator *g) {
    // divisor · quotient + a remainder below the divisor.
    uint64_t whole[4], any[3], rest[4] = {0};
    random_natural(any, 3, g);
    reduce_natural(rest, any, 3, divisor, 3);
    multiply_naturals(whole, divisor, 3, &quotient, 1);
    add_naturals(whole, rest, 4);
    const cryptally_limb dividend[3] = {whole[1], whole[2], whole[3]};
    const uint64_t estimate = cryptally_quotient(dividend, divisor[2], divisor[1],
                                                 cryptally_reciprocal(divisor[2]));
    describe("all", "quotient %llx of a divisor that begins with %llx",
             (unsigned long long)quotient, (unsigned long long)divisor[2]);
    check_word("is the quotient or one more", estimate - quotient <= 1 && estimate >= quotient, 1);
}

static void test_division(generator *g) {
    const uint64_t top = (uint64_t)1 << 63, most = ~(uint64_t)0;
    const uint64_t edges[] = {top, top + 1, most, most - 1, top | 0xffffffff};
    for (size_t k = 0; k < 2000; k++) {
        check_reciprocal(k < 5 ? edges[k] : next_bits(g) | top);
        uint64_t divisor[3];
        random_natural(divisor, 3, g);
        divisor[2] = k % 3 == 0 ? edges[k % 5] : divisor[2] | top;
        divisor[1] = k % 4 == 0 ? 0 : k % 4 == 1 ? most : divisor[1];
        const uint64_t quotients[] = {0, 1, most, most - 1, next_bits(g)};
        for (size_t i = 0; i < 5; i++) {
            check_quotient(divisor, quotients[i], g);
        }
    }
    for (size_t i = 0; i < 7; i++) {
        for (size_t j = 0; j < 7; j++) {
            const uint64_t values[] = {0, 1, top - 1, top, top + 1, most, next_bits(g)};
            describe("all", "borrow");
            check_word("bit", cryptally_borrow(values[i], values[j]), values[i] < values[j]);
        }
    }
}

void test_limbs(void) {
    generator g = {10};
    for (size_t limbs = 1; limbs <= 40; limbs++) {
        const size_t needed = (64 * limbs + 51) / 52;
        for (size_t digits = needed > 2 ? needed - 2 : 1; digits <= needed + 3; digits++) {
            check_digits(limbs, digits, &g);
        }
        check_selection(limbs, 1 + limbs % 17, &g);
    }
    for (size_t digits = 1; digits <= 80; digits += 13) {
        check_places(digits, &g);
    }
    test_division(&g);
    uint8_t *memory = take_memory(77, ELEMENT);
    const uint8_t zeros[77] = {0};
    describe("all", "wipe");
    cryptally_wipe(memory, 0);
    cryptally_wipe(memory, 77);
    check_bytes("byte", memory, zeros, 77);
    give_memory(memory);
}
