// Small values: sampling and lifting.

// popcount(up) - popcount(down) = popcount(up, not down) - 21.
void CLK_NAME(centred_binomial)(int8_t *out, const uint8_t *bytes, size_t n) {
    const uint64_t mask = ((uint64_t)1 << 42) - 1, down = mask >> 21 << 21;
    // A word of eight bytes is read for each value but the last, which has only six left.
    for (size_t k = 0; k + 1 < n; k++) {
        uint64_t word;
        __builtin_memcpy(&word, bytes + 6 * k, sizeof word);
        out[k] = (int8_t)(__builtin_popcountll((word & mask) ^ down) - 21);
    }
    if (n > 0) {
        clk_scalar_centred_binomial(out + n - 1, bytes + 6 * (n - 1), 1);
    }
}

void CLK_NAME(lift_signed)(uint64_t *out, const int8_t *a, size_t n, uint64_t q) {
    const clk_word limit = clk_all_word(q);
    for (size_t k = 0; k < n; k += CLK_LANES) {
        clk_store(out + k, clk_add_word_if_negative(clk_load_bytes(a + k), limit));
    }
}
