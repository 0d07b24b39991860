#ifndef CRYPTALLY_CLK_SECRECY_H
#define CRYPTALLY_CLK_SECRECY_H

#include <stdint.h>

// For the check of constant time (A. Langley, "ctgrind", 2010), in which a secret is memory that
// nobody has written yet: what may be known although it was calculated from secrets. Built without the
// check's definition, the function does nothing.

#if defined(CRYPTALLY_CONSTANT_TIME_CHECK)

#include <valgrind/memcheck.h>

// The word, which may be known from here on.
static inline uint64_t clk_published(uint64_t word) {
    (void)VALGRIND_MAKE_MEM_DEFINED(&word, sizeof word);
    return word;
}

#else

static inline uint64_t clk_published(uint64_t word) { return word; }

#endif

#endif
