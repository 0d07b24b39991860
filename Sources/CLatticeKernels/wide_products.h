// Sums, and sums of products. Long ones go block by block over all terms, so that partial sums stay
// in the first-level cache and every operand is read in stretches of a page.

enum { CLK_STRETCH = 512 };

// Sums below 2^48 of so many terms stay below 2^64.
enum { CLK_WORD_TERMS = 65535 };

// sums[k] += terms[0][first + k] + ... for `count` terms, one to four.
CLK_INLINE void clk_add_terms(uint64_t *sums, const uint64_t *const *terms, const int count,
                              size_t first, size_t length) {
    for (size_t k = 0; k < length; k += CLK_LANES) {
        clk_word sum = clk_load(sums + k);
        CLK_UNROLL for (int i = 0; i < count; i++) {
            sum = clk_word_plus(sum, clk_load(terms[i] + first + k));
        }
        clk_store(sums + k, sum);
    }
}

CLK_INLINE void clk_settle_words(uint64_t *out, const uint64_t *words, size_t length,
                                 const clk_real_modulus *m) {
    for (size_t k = 0; k < length; k += CLK_LANES) {
        clk_real x = clk_reduce_real(clk_reduce_words(clk_load(words + k), m), m);
        clk_store(out + k, clk_settle_real(x, m));
    }
}

void CLK_NAME(sum)(uint64_t *out, const uint64_t *addend, const uint64_t *const *terms,
                   size_t count, size_t n, const clk_modulus *modulus) {
    if (!clk_wide_holds(modulus->q)) {
        clk_scalar_sum(out, addend, terms, count, n, modulus);
        return;
    }
    const clk_real_modulus m = clk_real_modulus_of(modulus->q);
    uint64_t sums[CLK_STRETCH];
    for (size_t first = 0; first < n; first += CLK_STRETCH) {
        const size_t length = n - first < CLK_STRETCH ? n - first : CLK_STRETCH;
        if (addend != NULL) {
            __builtin_memcpy(sums, addend + first, length * sizeof *sums);
        } else {
            __builtin_memset(sums, 0, length * sizeof *sums);
        }
        // A reduced partial sum counts as one term.
        size_t room = CLK_WORD_TERMS;
        for (size_t i = 0; i < count;) {
            const size_t some = count - i < 4 ? 1 : 4;
            if (room < some) {
                clk_settle_words(sums, sums, length, &m);
                room = CLK_WORD_TERMS;
            }
            if (some == 4) {
                clk_add_terms(sums, terms + i, 4, first, length);
            } else {
                clk_add_terms(sums, terms + i, 1, first, length);
            }
            room -= some;
            i += some;
        }
        clk_settle_words(out + first, sums, length, &m);
    }
}

// sums[k] + a[0][first + k] b[0][first + k] + ... for `count` terms, at most eight, modulo q.
CLK_INLINE void clk_add_products(uint64_t *sums, const uint64_t *const *a,
                                 const uint64_t *const *b, const size_t count, size_t first,
                                 size_t length, const clk_real_modulus *m) {
    for (size_t k = 0; k < length; k += CLK_LANES) {
        clk_real_sum sum = clk_real_sum_from(clk_load_real(sums + k));
        for (size_t i = 0; i < count; i++) {
            clk_add_real_product(&sum, clk_to_real(clk_load(a[i] + first + k)),
                                 clk_to_real(clk_load(b[i] + first + k)));
        }
        clk_store_real(sums + k, clk_reduce_sum(&sum, m));
    }
}

void CLK_NAME(inner_product)(uint64_t *out, const uint64_t *addend, const uint64_t *const *a,
                             const uint64_t *const *b, size_t count, size_t n,
                             const clk_modulus *modulus) {
    if (!clk_wide_holds(modulus->q)) {
        clk_scalar_inner_product(out, addend, a, b, count, n, modulus);
        return;
    }
    const clk_real_modulus m = clk_real_modulus_of(modulus->q);
    // So many products, and a reduced addend, are below 2^50 q.
    const size_t group = modulus->q >> 47 == 0 ? 8 : 4;
    uint64_t sums[CLK_STRETCH];
    for (size_t first = 0; first < n; first += CLK_STRETCH) {
        const size_t length = n - first < CLK_STRETCH ? n - first : CLK_STRETCH;
        for (size_t k = 0; k < length; k += CLK_LANES) {
            clk_real x = addend != NULL ? clk_to_real(clk_load(addend + first + k))
                                        : clk_all_real(0);
            clk_store_real(sums + k, x);
        }
        size_t i = 0;
        // Counts that the compiler knows, so that it unrolls: four is common, and eight the most.
        for (; group == 8 && count - i >= 8; i += 8) {
            clk_add_products(sums, a + i, b + i, 8, first, length, &m);
        }
        for (; count - i >= 4; i += 4) {
            clk_add_products(sums, a + i, b + i, 4, first, length, &m);
        }
        if (i < count) {
            clk_add_products(sums, a + i, b + i, count - i, first, length, &m);
        }
        for (size_t k = 0; k < length; k += CLK_LANES) {
            clk_store(out + first + k, clk_settle_real(clk_load_real(sums + k), &m));
        }
    }
}

// The products are reduced to (-q, q) before they are added: the words of weight 2^52 stay as they
// are.
void CLK_NAME(tensor_add)(uint64_t *const *sums, const uint64_t *const *factors, size_t pairs,
                          size_t n, const clk_modulus *modulus) {
    if (!clk_wide_holds(modulus->q)) {
        clk_scalar_tensor_add(sums, factors, pairs, n, modulus);
        return;
    }
    const clk_real_modulus m = clk_real_modulus_of(modulus->q);
    const clk_real twice = clk_plus(m.q, m.q);
    uint64_t *const part0 = sums[0], *const part1 = sums[2], *const part2 = sums[4];
    for (size_t g = 0; g < pairs; g++) {
        const uint64_t *const a0 = factors[4 * g], *const a1 = factors[4 * g + 1];
        const uint64_t *const b0 = factors[4 * g + 2], *const b1 = factors[4 * g + 3];
        for (size_t k = 0; k < n; k += CLK_LANES) {
            const clk_real x0 = clk_to_real(clk_load(a0 + k)), x1 = clk_to_real(clk_load(a1 + k));
            const clk_real y0 = clk_to_real(clk_load(b0 + k)), y1 = clk_to_real(clk_load(b1 + k));
            const clk_real outer = clk_plus(clk_times_residue(x0, y0, &m), m.q);
            const clk_real cross =
                clk_plus(clk_times_residue(x0, y1, &m), clk_times_residue(x1, y0, &m));
            const clk_real inner = clk_plus(clk_times_residue(x1, y1, &m), m.q);
            clk_store(part0 + k, clk_word_plus(clk_load(part0 + k), clk_to_word(outer)));
            clk_store(part1 + k,
                      clk_word_plus(clk_load(part1 + k), clk_to_word(clk_plus(cross, twice))));
            clk_store(part2 + k, clk_word_plus(clk_load(part2 + k), clk_to_word(inner)));
        }
    }
}

void CLK_NAME(fold)(uint64_t *out, const uint64_t *low, const uint64_t *high, size_t n,
                    const clk_modulus *modulus) {
    if (!clk_wide_holds(modulus->q)) {
        clk_scalar_fold(out, low, high, n, modulus);
        return;
    }
    const uint64_t q = modulus->q;
    const clk_real_modulus m = clk_real_modulus_of(q);
    const clk_real_factor weight = clk_real_factor_of(((uint64_t)1 << 52) % q, q);
    for (size_t k = 0; k < n; k += CLK_LANES) {
        // Below 2^49, as a constant's factor has to be below 2^52.
        clk_real x = clk_reduce_words(clk_load(high + k), &m);
        x = clk_times_constant(x, weight.value, weight.quotient, &m);
        x = clk_plus(x, clk_reduce_words(clk_load(low + k), &m));
        clk_store(out + k, clk_settle_real(clk_reduce_real(x, &m), &m));
    }
}
