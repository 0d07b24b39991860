// Pointwise operations. Sums and differences are of integers, for any modulus.

void CLK_NAME(add)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n, uint64_t q) {
    const clk_word limit = clk_all_word(q);
    for (size_t k = 0; k < n; k += CLK_LANES) {
        clk_store(out + k, clk_once_word(clk_word_plus(clk_load(a + k), clk_load(b + k)), limit));
    }
}

void CLK_NAME(subtract)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,
                        uint64_t q) {
    const clk_word limit = clk_all_word(q);
    for (size_t k = 0; k < n; k += CLK_LANES) {
        clk_word x = clk_word_plus(clk_load(a + k), limit);
        clk_store(out + k, clk_once_word(clk_word_minus(x, clk_load(b + k)), limit));
    }
}

void CLK_NAME(negate)(uint64_t *out, const uint64_t *a, size_t n, uint64_t q) {
    const clk_word limit = clk_all_word(q);
    for (size_t k = 0; k < n; k += CLK_LANES) {
        clk_store(out + k, clk_once_word(clk_word_minus(limit, clk_load(a + k)), limit));
    }
}

void CLK_NAME(multiply)(uint64_t *out, const uint64_t *a, const uint64_t *b, size_t n,
                        const clk_modulus *modulus) {
    if (!clk_wide_holds(modulus->q)) {
        clk_scalar_multiply(out, a, b, n, modulus);
        return;
    }
    const clk_real_modulus m = clk_real_modulus_of(modulus->q);
    for (size_t k = 0; k < n; k += CLK_LANES) {
        clk_real product =
            clk_times_residue(clk_to_real(clk_load(a + k)), clk_to_real(clk_load(b + k)), &m);
        clk_store(out + k, clk_settle_real(product, &m));
    }
}

void CLK_NAME(multiply_constant)(uint64_t *out, const uint64_t *a, clk_constant w, size_t n,
                                 uint64_t q) {
    if (!clk_wide_holds(q)) {
        clk_scalar_multiply_constant(out, a, w, n, q);
        return;
    }
    const clk_real_modulus m = clk_real_modulus_of(q);
    const clk_real_factor factor = clk_real_factor_of(w.value, q);
    for (size_t k = 0; k < n; k += CLK_LANES) {
        clk_real x = clk_to_real(clk_load(a + k));
        x = clk_times_constant(x, factor.value, factor.quotient, &m);
        clk_store(out + k, clk_settle_real(x, &m));
    }
}

void CLK_NAME(subtract_multiply_constant)(uint64_t *out, const uint64_t *a, const uint64_t *b,
                                          clk_constant w, size_t n, uint64_t q) {
    if (!clk_wide_holds(q)) {
        clk_scalar_subtract_multiply_constant(out, a, b, w, n, q);
        return;
    }
    const clk_real_modulus m = clk_real_modulus_of(q);
    const clk_real_factor factor = clk_real_factor_of(w.value, q);
    for (size_t k = 0; k < n; k += CLK_LANES) {
        clk_real x = clk_minus(clk_to_real(clk_load(a + k)), clk_to_real(clk_load(b + k)));
        x = clk_times_constant(x, factor.value, factor.quotient, &m);
        clk_store(out + k, clk_settle_real(x, &m));
    }
}

void CLK_NAME(reduce_centred)(uint64_t *out, const uint64_t *a, size_t n, uint64_t from,
                              const clk_modulus *modulus) {
    if (!clk_wide_holds(modulus->q) || from >> 52 != 0) {
        clk_scalar_reduce_centred(out, a, n, from, modulus);
        return;
    }
    const clk_real_modulus m = clk_real_modulus_of(modulus->q);
    const clk_real_centring centring = clk_real_centring_of(from);
    for (size_t k = 0; k < n; k += CLK_LANES) {
        clk_real x = clk_centre_real(clk_to_real(clk_load(a + k)), &centring, &m);
        clk_store(out + k, clk_settle_real(x, &m));
    }
}
