#define _POSIX_C_SOURCE 200809L

#include "harness.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WATCHED
#endif

#if defined(WATCHED)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, bytes) ((void)(address), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(address, bytes) ((void)(address), (void)(bytes))
#endif

uint64_t next_bits(generator *g) {
    uint64_t x = g->state += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

uint64_t next_below(generator *g, uint64_t bound) { return next_bits(g) % bound; }

// What stands around memory and in memory that nobody has written.
enum { MARK = 0xa5, MARGIN = 64 };

// Stands at the front of each block, before the first mark.
typedef struct block {
    struct block *next, *before;
    size_t bytes;
    unsigned char *content;
} block;

static block blocks = {&blocks, &blocks, 0, NULL};

static block *block_of(void *memory) {
    for (block *b = blocks.next; b != &blocks; b = b->next) {
        if (b->content == memory) {
            return b;
        }
    }
    fprintf(stderr, "kernel harness: memory that was not taken\n");
    exit(2);
}

void *take_memory(size_t bytes, enum alignment alignment) {
    const size_t shift = alignment == ELEMENT ? sizeof(uint64_t) : 0;
    const size_t header = (sizeof(block) + 63) / 64 * 64;
    void *start = NULL;
    if (posix_memalign(&start, 64, header + MARGIN + shift + bytes + MARGIN) != 0) {
        fprintf(stderr, "kernel harness: no memory\n");
        exit(2);
    }
    block *b = start;
    *b = (block){blocks.next, &blocks, bytes, (unsigned char *)start + header + MARGIN + shift};
    blocks.next->before = b;
    blocks.next = b;
    memset(b->content - MARGIN, MARK, MARGIN + bytes + MARGIN);
    ASAN_POISON_MEMORY_REGION(b->content - MARGIN, MARGIN);
    ASAN_POISON_MEMORY_REGION(b->content + bytes, MARGIN);
    return b->content;
}

uint64_t *take_words(size_t count, enum alignment alignment) {
    return take_memory(count * sizeof(uint64_t), alignment);
}

void forget(void *memory) { memset(memory, MARK, block_of(memory)->bytes); }

static char described[512];

void describe(const char *path, const char *format, ...) {
    int length = snprintf(described, sizeof described, "%s: ", path);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(described + length, sizeof described - (size_t)length, format, arguments);
    va_end(arguments);
}

static size_t comparisons, compared;

static void fail(const char *what, const char *format, ...) {
    fprintf(stderr, "kernel harness: %s: %s", described, what);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\n");
    exit(1);
}

static void check_marks(block *b) {
    ASAN_UNPOISON_MEMORY_REGION(b->content - MARGIN, MARGIN);
    ASAN_UNPOISON_MEMORY_REGION(b->content + b->bytes, MARGIN);
    for (size_t k = 0; k < MARGIN; k++) {
        if (b->content[-1 - (ptrdiff_t)k] != MARK) {
            fail("memory", ": written %zu bytes before its start", k + 1);
        }
        if (b->content[b->bytes + k] != MARK) {
            fail("memory", ": written %zu bytes past its end", k);
        }
    }
    ASAN_POISON_MEMORY_REGION(b->content - MARGIN, MARGIN);
    ASAN_POISON_MEMORY_REGION(b->content + b->bytes, MARGIN);
}

void give_memory(void *memory) {
    block *b = block_of(memory);
    check_marks(b);
    b->next->before = b->before;
    b->before->next = b->next;
    ASAN_UNPOISON_MEMORY_REGION(b->content - MARGIN, MARGIN);
    ASAN_UNPOISON_MEMORY_REGION(b->content + b->bytes, MARGIN);
    free(b);
}

void check_words(const char *what, const uint64_t *found, const uint64_t *expected, size_t count) {
    comparisons++;
    compared += count;
    if (memcmp(found, expected, count * sizeof *found) == 0) {
        return;
    }
    for (size_t k = 0; k < count; k++) {
        if (found[k] != expected[k]) {
            fail(what, "[%zu]: expected %llx, found %llx", k, (unsigned long long)expected[k],
                 (unsigned long long)found[k]);
        }
    }
}

void check_bytes(const char *what, const void *found, const void *expected, size_t count) {
    const unsigned char *f = found, *e = expected;
    comparisons++;
    compared += count;
    for (size_t k = 0; k < count; k++) {
        if (f[k] != e[k]) {
            fail(what, "[%zu]: expected %02x, found %02x", k, e[k], f[k]);
        }
    }
}

void check_word(const char *what, uint64_t found, uint64_t expected) {
    comparisons++;
    compared++;
    if (found != expected) {
        fail(what, ": expected %llx, found %llx", (unsigned long long)expected,
             (unsigned long long)found);
    }
}

static const char *group;
static size_t all_comparisons, all_compared;

static void print_counts(const char *name, size_t count, size_t values) {
    printf("%-12s %10zu comparisons %12zu values\n", name, count, values);
    fflush(stdout);
}

void begin_group(const char *name) {
    if (group != NULL) {
        print_counts(group, comparisons, compared);
    }
    all_comparisons += comparisons;
    all_compared += compared;
    comparisons = compared = 0;
    group = name;
}

void end_groups(void) {
    begin_group(NULL);
    print_counts("all", all_comparisons, all_compared);
}
