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

void clk_ifma_tensor_add(uint64_t *const *sums, const uint64_t *const *factors, size_t pairs,
                         size_t n, const clk_modulus *modulus) {
    if (!clk_ifma_holds(modulus->q)) {
        clk_scalar_tensor_add(sums, factors, pairs, n, modulus);
        return;
    }
    for (size_t k = 0; k < n; k += 8) {
        clk_vec low0 = clk_load(sums[0] + k), high0 = clk_load(sums[1] + k);
        clk_vec low1 = clk_load(sums[2] + k), high1 = clk_load(sums[3] + k);
        clk_vec low2 = clk_load(sums[4] + k), high2 = clk_load(sums[5] + k);
        for (size_t g = 0; g < pairs; g++) {
            clk_vec a0 = clk_load(factors[4 * g] + k), a1 = clk_load(factors[4 * g + 1] + k);
            clk_vec b0 = clk_load(factors[4 * g + 2] + k), b1 = clk_load(factors[4 * g + 3] + k);
            low0 = clk_low(low0, a0, b0);
            high0 = clk_high(high0, a0, b0);
            low1 = clk_low(clk_low(low1, a0, b1), a1, b0);
            high1 = clk_high(clk_high(high1, a0, b1), a1, b0);
            low2 = clk_low(low2, a1, b1);
            high2 = clk_high(high2, a1, b1);
        }
        clk_store(sums[0] + k, low0);
        clk_store(sums[1] + k, high0);
        clk_store(sums[2] + k, low1);
        clk_store(sums[3] + k, high1);
        clk_store(sums[4] + k, low2);
        clk_store(sums[5] + k, high2);
    }
}

CLK_IFMA_END

#endif
