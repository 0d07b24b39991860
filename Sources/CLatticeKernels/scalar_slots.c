#include "path.h"

uint64_t clk_scalar_place_slots(uint64_t *out, const int64_t *values, size_t count,
                                const uint32_t *slots, size_t n, uint64_t q) {
    const uint64_t limit = (q - 1) / 2;
    uint64_t outside = 0;
    for (size_t k = 0; k < n; k++) {
        // Which slots are filled is public; their values are not.
        int64_t value = slots[k] < count ? values[slots[k]] : 0;
        out[k] = (uint64_t)value + (q & (uint64_t)(value >> 63));
        // Above 2 limit after the shift, as an unsigned number, exactly when it is out of range.
        outside |= (2 * limit - ((uint64_t)value + limit)) >> 63 |
                   ((uint64_t)value + limit) >> 63;
    }
    // That a value is out of range is told: it is refused.
    return clk_published(outside);
}

void clk_scalar_read_slots(int64_t *out, const uint64_t *a, const uint32_t *positions, size_t n,
                           uint64_t q) {
    for (size_t k = 0; k < n; k++) {
        uint64_t x = a[positions[k]];
        out[k] = (int64_t)(x - (q & (0 - ((q / 2 - x) >> 63))));
    }
}
