#include "path.h"

#include <string.h>

// Eight fields of b bits take b bytes, so every group of eight starts at a byte.

void clk_scalar_pack(uint8_t *out, const uint64_t *a, size_t n, unsigned bits) {
    unsigned __int128 pending = 0;
    unsigned filled = 0;
    for (size_t k = 0; k < n; k++) {
        pending |= (unsigned __int128)a[k] << filled;
        filled += bits;
        if (filled >= 64) {
            uint64_t word = (uint64_t)pending;
            memcpy(out, &word, 8);
            out += 8;
            pending >>= 64;
            filled -= 64;
        }
    }
    for (; filled > 0; filled -= 8, pending >>= 8) {
        *out++ = (uint8_t)pending;
    }
}

uint64_t clk_scalar_unpack(uint64_t *out, const uint8_t *a, size_t n, unsigned bits) {
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    const size_t bytes = n / 8 * bits;
    unsigned __int128 pending = 0;
    unsigned filled = 0;
    size_t read = 0;
    uint64_t largest = 0;
    for (size_t k = 0; k < n; k++) {
        if (filled < bits) {
            uint64_t word = 0;
            size_t count = bytes - read < 8 ? bytes - read : 8;
            memcpy(&word, a + read, count);
            read += count;
            pending |= (unsigned __int128)word << filled;
            filled += 8 * (unsigned)count;
        }
        out[k] = (uint64_t)pending & mask;
        largest = out[k] > largest ? out[k] : largest;
        pending >>= bits;
        filled -= bits;
    }
    return largest;
}
