#include "ifma.h"

#if defined(__x86_64__)

CLK_IFMA_BEGIN

// low + 2^52 high modulo q for any words: two powers of 2^52 more than clk_reduce_pair bears.
typedef struct {
    clk_factor one;
    clk_factor word;
    clk_factor square;
} clk_folder;

CLK_INLINE clk_folder clk_folder_of(const clk_modulus *m) {
    uint64_t word = clk_reduce_wide((clk_wide)1 << 52, m);
    return (clk_folder){
        .one = clk_factor_of(clk_constant_of(1 % m->q, m)),
        .word = clk_factor_of(clk_constant_of(word, m)),
        .square = clk_factor_of(clk_constant_of(clk_multiply_mod(word, word, m), m)),
    };
}

CLK_INLINE clk_vec clk_fold_words(clk_vec low, clk_vec high, const clk_folder *f,
                                  const clk_reducer *r) {
    high = clk_plus(high, clk_right(low, 52));
    // Each is in [0, 2q) and 4q <= 2^52.
    clk_vec sum = clk_plus(
        clk_mask52(clk_lazy_product(low, f->one.value, f->one.quotient, r->negative)),
        clk_mask52(clk_lazy_product(high, f->word.value, f->word.quotient, r->negative)));
    clk_vec top = clk_mask52(clk_lazy_product(clk_right(high, 52), f->square.value,
                                              f->square.quotient, r->negative));
    return clk_settle(clk_plus(clk_once(sum, r->twice), top), r);
}

void clk_ifma_fold(uint64_t *out, const uint64_t *low, const uint64_t *high, size_t n,
                   const clk_modulus *modulus) {
    if (!clk_ifma_holds(modulus->q)) {
        clk_scalar_fold(out, low, high, n, modulus);
        return;
    }
    const clk_reducer r = clk_reducer_of(modulus);
    const clk_folder f = clk_folder_of(modulus);
    for (size_t k = 0; k < n; k += 8) {
        // The carry out of `low` must not wrap `high`, which may be any word.
        clk_vec x = clk_load(high + k);
        clk_vec top = clk_mask52(clk_lazy_product(clk_right(x, 52), f.square.value,
                                                  f.square.quotient, r.negative));
        clk_vec sum = clk_fold_words(clk_load(low + k), clk_mask52(x), &f, &r);
        clk_store(out + k, clk_once(clk_once(clk_plus(sum, top), r.twice), r.q));
    }
}

void clk_ifma_sum(uint64_t *out, const uint64_t *addend, const uint64_t *const *terms,
                  size_t count, size_t n, const clk_modulus *modulus) {
    // Residues below 2^50 add up to a word.
    if (!clk_ifma_holds(modulus->q) || count >> (63 - CLK_IFMA_BITS) != 0) {
        clk_scalar_sum(out, addend, terms, count, n, modulus);
        return;
    }
    const clk_reducer r = clk_reducer_of(modulus);
    for (size_t k = 0; k < n; k += 8) {
        clk_vec sum = addend != NULL ? clk_load(addend + k) : clk_zero();
        for (size_t i = 0; i < count; i++) {
            sum = clk_plus(sum, clk_load(terms[i] + k));
        }
        clk_store(out + k, clk_reduce_word(sum, &r));
    }
}

void clk_ifma_inner_product(uint64_t *out, const uint64_t *addend, const uint64_t *const *a,
                            const uint64_t *const *b, size_t count, size_t n,
                            const clk_modulus *modulus) {
    if (!clk_ifma_holds(modulus->q) || count > CLK_MAXIMUM_TERMS) {
        clk_scalar_inner_product(out, addend, a, b, count, n, modulus);
        return;
    }
    const clk_reducer r = clk_reducer_of(modulus);
    const clk_folder f = clk_folder_of(modulus);
    const int is_light = count < clk_pair_terms(r.bits);
    for (size_t k = 0; k < n; k += 8) {
        clk_vec low = addend != NULL ? clk_load(addend + k) : clk_zero(), high = clk_zero();
        for (size_t i = 0; i < count; i++) {
            clk_vec x = clk_load(a[i] + k), y = clk_load(b[i] + k);
            low = clk_low(low, x, y);
            high = clk_high(high, x, y);
        }
        clk_store(out + k,
                  is_light ? clk_reduce_pair(low, high, &r) : clk_fold_words(low, high, &f, &r));
    }
}

void clk_ifma_tensor_add(uint64_t *const *sums, const uint64_t *a0, const uint64_t *a1,
                         const uint64_t *b0, const uint64_t *b1, size_t n,
                         const clk_modulus *modulus) {
    if (!clk_ifma_holds(modulus->q)) {
        clk_scalar_tensor_add(sums, a0, a1, b0, b1, n, modulus);
        return;
    }
    uint64_t *low0 = sums[0], *high0 = sums[1], *low1 = sums[2], *high1 = sums[3];
    uint64_t *low2 = sums[4], *high2 = sums[5];
    for (size_t k = 0; k < n; k += 8) {
        clk_vec x0 = clk_load(a0 + k), x1 = clk_load(a1 + k);
        clk_vec y0 = clk_load(b0 + k), y1 = clk_load(b1 + k);
        clk_store(low0 + k, clk_low(clk_load(low0 + k), x0, y0));
        clk_store(high0 + k, clk_high(clk_load(high0 + k), x0, y0));
        clk_store(low1 + k, clk_low(clk_low(clk_load(low1 + k), x0, y1), x1, y0));
        clk_store(high1 + k, clk_high(clk_high(clk_load(high1 + k), x0, y1), x1, y0));
        clk_store(low2 + k, clk_low(clk_load(low2 + k), x1, y1));
        clk_store(high2 + k, clk_high(clk_load(high2 + k), x1, y1));
    }
}

CLK_IFMA_END

#endif
