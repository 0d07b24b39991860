#include "CAllocationCounter.h"

#include <errno.h>
#if defined(__GLIBC__) || defined(__linux__)
#include <malloc.h>
#endif
#include <stddef.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer) || \
    __has_feature(memory_sanitizer)
#define CAC_SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(CAC_SANITIZED)

// The C library's own functions under the names that are not replaced.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

// In the executable's own block, as the usual access to a thread's variables may allocate.
static _Thread_local __attribute__((tls_model("initial-exec"))) uint64_t cac_allocations;

void *malloc(size_t size) {
    cac_allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    cac_allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    cac_allocations++;
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
    cac_allocations++;
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    cac_allocations++;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) {
        return EINVAL;
    }
    cac_allocations++;
    void *result = __libc_memalign(alignment, size);
    if (result == NULL) {
        return ENOMEM;
    }
    *memory = result;
    return 0;
}

static _Thread_local __attribute__((tls_model("initial-exec"))) size_t cac_watched_words;
static _Thread_local __attribute__((tls_model("initial-exec"))) uint64_t cac_dirty_frees;

extern void __libc_free(void *memory);

void free(void *memory) {
    if (memory != NULL && cac_watched_words > 0) {
        const uint64_t *words = memory;
        size_t count = malloc_usable_size(memory) / sizeof(uint64_t), set = 0;
        for (size_t i = 0; count >= cac_watched_words && i < count; i++) {
            set += words[i] != 0;
        }
        cac_dirty_frees += set > cac_watched_words / 2;
    }
    __libc_free(memory);
}

void cac_watch_frees(size_t words) {
    cac_watched_words = words;
    cac_dirty_frees = 0;
}
uint64_t cac_dirty_free_count(void) { return cac_dirty_frees; }

int cac_is_counting(void) { return 1; }
uint64_t cac_allocation_count(void) { return cac_allocations; }

#else

void cac_watch_frees(size_t words) {}
uint64_t cac_dirty_free_count(void) { return 0; }

int cac_is_counting(void) { return 0; }
uint64_t cac_allocation_count(void) { return 0; }

#endif
