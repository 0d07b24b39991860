#ifndef CRYPTALLY_SECRECY_H
#define CRYPTALLY_SECRECY_H

#include <stddef.h>

// Marks for the check of constant time (A. Langley, "ctgrind", 2010): to valgrind's memcheck a secret
// is memory that nobody has written yet. It follows such bits through every calculation, and reports
// each branch and each address that depends on one. Built without the check's definition, these
// functions do nothing.

#if defined(CRYPTALLY_CONSTANT_TIME_CHECK)

#include <valgrind/memcheck.h>

/// From here on the bytes are secret.
static inline void cryptally_mark_secret(void *memory, size_t bytes) {
  (void)VALGRIND_MAKE_MEM_UNDEFINED(memory, bytes);
}

/// The word, which may be known from here on.
static inline unsigned long cryptally_published(unsigned long word) {
  (void)VALGRIND_MAKE_MEM_DEFINED(&word, sizeof word);
  return word;
}

#else

static inline void cryptally_mark_secret(void *memory, size_t bytes) {
  (void)memory;
  (void)bytes;
}

static inline unsigned long cryptally_published(unsigned long word) { return word; }

#endif

#endif
