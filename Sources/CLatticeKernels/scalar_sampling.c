#include "arithmetic.h"
#include "scalar.h"

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

void clk_scalar_lift_signed(uint64_t *out, const int8_t *a, size_t n, uint64_t q) {
    for (size_t k = 0; k < n; k++) {
        int64_t value = a[k];
        out[k] = (uint64_t)value + (q & (uint64_t)(value >> 63));
    }
}
