#ifndef CRYPTALLY_ALLOCATION_COUNTER_H
#define CRYPTALLY_ALLOCATION_COUNTER_H

#include <stddef.h>
#include <stdint.h>

// Counts what a thread allocates, by standing in front of the C library's allocator: a definition in
// an executable goes before those of all libraries. Linked into tests only.

// Whether allocations are counted: with glibc, and not where a sanitizer has the allocator.
int cac_is_counting(void);

// From here on, looks at what the calling thread frees: a block of at least so many words of which more
// than half as many are not zero is counted. 0 ends it.
void cac_watch_frees(size_t words);
uint64_t cac_dirty_free_count(void);

// How often the calling thread has allocated or resized memory so far.
uint64_t cac_allocation_count(void);

#endif
