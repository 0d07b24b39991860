#ifndef KERNEL_HARNESS_H
#define KERNEL_HARNESS_H

#include <stddef.h>
#include <stdint.h>

// Runs every kernel on every path that the processor has and compares what it gives, bit for bit,
// with plain arithmetic and with the other paths. In plain C, so that it builds for any processor
// and with any sanitizer.

typedef unsigned __int128 wide;

// Bits of a seeded generator (Steele, Lea, Flood 2014, "SplitMix"): the same in every run.
typedef struct {
    uint64_t state;
} generator;

uint64_t next_bits(generator *g);
// In [0, bound), with a bias that does not matter here.
uint64_t next_below(generator *g, uint64_t bound);

// Memory with marks on both sides, which the address sanitizer watches and `check_marks` looks at.
// Words begin at a multiple of 64 bytes, or 8 past one.
enum alignment { CACHE_LINE, ELEMENT };
void *take_memory(size_t bytes, enum alignment alignment);
void give_memory(void *memory);
uint64_t *take_words(size_t count, enum alignment alignment);
// Fills it with what no kernel writes, so that what it leaves out is seen.
void forget(void *memory);

// What is being tested: a kernel on a path, with its parameters, for messages.
void describe(const char *path, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Compare, count, and end the program at the first difference with what is being tested and where.
// Memory's marks are looked at too.
void check_words(const char *what, const uint64_t *found, const uint64_t *expected, size_t count);
void check_bytes(const char *what, const void *found, const void *expected, size_t count);
void check_word(const char *what, uint64_t found, uint64_t expected);

// Opens a group of tests; the counts of the one before are printed.
void begin_group(const char *name);
void end_groups(void);

// The groups of tests.
void test_transforms(void);
void test_pointwise(void);
void test_sums(void);
void test_conversions(void);
void test_data(void);
void test_samplers(void);
void test_slots(void);
void test_montgomery(void);
void test_lanes(void);
void test_limbs(void);
void test_vectors(void);

#endif
