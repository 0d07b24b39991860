#include "arithmetic.h"
#include "path.h"

static inline int clk_count_bits(uint32_t x) {
    x = x - ((x >> 1) & 0x55555555u);
    x = (x & 0x33333333u) + ((x >> 2) & 0x33333333u);
    x = (x + (x >> 4)) & 0x0f0f0f0fu;
    return (int)((x * 0x01010101u) >> 24);
}

void clk_scalar_centred_binomial(int8_t *out, const uint8_t *bytes, size_t n) {
    const uint32_t mask = (1u << 21) - 1;
    for (size_t k = 0; k < n; k++, bytes += 6) {
        uint64_t word = (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
                        (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 |
                        (uint64_t)bytes[5] << 40;
        out[k] = (int8_t)(clk_count_bits((uint32_t)word & mask) -
                          clk_count_bits((uint32_t)(word >> 21) & mask));
    }
}

size_t clk_scalar_ternary(int8_t *out, const uint8_t *bytes, size_t count) {
    size_t written = 0;
    for (size_t k = 0; k < count; k++) {
        // floor(b / 3) = (171 b) >> 9 for b < 256: no division of a secret. A value that is left out
        // is overwritten by the next; which places were left out says nothing about the others.
        unsigned byte = bytes[k];
        unsigned third = (byte * 171) >> 9;
        out[written] = (int8_t)((int)(byte - 3 * third) - 1);
        written += clk_published(byte != 255);
    }
    return written;
}

size_t clk_scalar_uniform(uint64_t *out, const uint64_t *words, size_t count, uint64_t q) {
    const uint64_t mask = ~(uint64_t)0 >> __builtin_clzll(q - 1);
    size_t written = 0;
    for (size_t k = 0; k < count; k++) {
        uint64_t word = words[k] & mask;
        out[written] = word;
        written += word < q;
    }
    return written;
}

void clk_scalar_lift_signed(uint64_t *out, const int8_t *a, size_t n, uint64_t q) {
    for (size_t k = 0; k < n; k++) {
        int64_t value = a[k];
        out[k] = (uint64_t)value + (q & (uint64_t)(value >> 63));
    }
}
