#include "scalar.h"

void clk_scalar_pack(uint8_t *out, const uint64_t *a, size_t n, unsigned bits) {
    unsigned __int128 pending = 0;
    unsigned filled = 0;
    for (size_t k = 0; k < n; k++) {
        pending |= (unsigned __int128)a[k] << filled;
        filled += bits;
        while (filled >= 8) {
            *out++ = (uint8_t)pending;
            pending >>= 8;
            filled -= 8;
        }
    }
}

void clk_scalar_unpack(uint64_t *out, const uint8_t *a, size_t n, unsigned bits) {
    const uint64_t mask = bits < 64 ? ((uint64_t)1 << bits) - 1 : ~(uint64_t)0;
    unsigned __int128 pending = 0;
    unsigned filled = 0;
    for (size_t k = 0; k < n; k++) {
        while (filled < bits) {
            pending |= (unsigned __int128)*a++ << filled;
            filled += 8;
        }
        out[k] = (uint64_t)pending & mask;
        pending >>= bits;
        filled -= bits;
    }
}
