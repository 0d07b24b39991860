// Base conversion. The digits of a few positions become doubles once, then each target takes them.
//
// The fraction of a digit x is f = floor(p / 2^52) with p = x 2^(52 - bits) ratio < 2^104, the
// product of two integers that are exact in a double (the power of two goes to the ratio). 2^104 +
// p is rounded to a multiple t of 2^52, the spacing of doubles from 2^104 to 2^105; t - p is exact,
// at most 2^51 in size; and f = t / 2^52, less 1 where t > p. The bits of 2^104 + t are those of
// 2^104 plus t / 2^52: so fractions are added up as integers.

enum { CLK_POSITIONS = 64, CLK_MOST_LIMBS = 64 };

CLK_INLINE int clk_wide_converts(const clk_conversion *conversion) {
    int holds = conversion->limbs <= CLK_MOST_LIMBS;
    for (size_t i = 0; i < conversion->limbs; i++) {
        holds &= clk_wide_holds(conversion->sources[i].q);
    }
    for (size_t j = 0; j < conversion->targets; j++) {
        holds &= clk_wide_holds(conversion->moduli[j].q);
    }
    return holds;
}

// The digits, then the overflow, of `count` positions as doubles: reals[i][k].
CLK_INLINE void clk_read_digits(uint64_t (*reals)[CLK_POSITIONS], const uint64_t *const *digits,
                                const clk_conversion *conversion, size_t first, size_t count) {
    const size_t limbs = conversion->limbs;
    const clk_real base = clk_all_real(0x1p104), zero = clk_all_real(0);
    double ratios[CLK_MOST_LIMBS];
    for (size_t i = 0; i < limbs; i++) {
        const clk_modulus *source = &conversion->sources[i];
        const uint64_t power = (uint64_t)1 << (52 - clk_bits(source->q));
        ratios[i] = (double)clk_fraction_ratio(source) * (double)power;
    }
    for (size_t k = 0; k < count; k += CLK_LANES) {
        // Half a unit, without the bits of 2^104 that come with each fraction.
        clk_word sum =
            clk_all_word(((uint64_t)1 << 50) - (uint64_t)limbs * clk_cell(0x1p104));
        for (size_t i = 0; i < limbs; i++) {
            const clk_real ratio = clk_all_real(ratios[i]);
            const clk_real x = clk_to_real(clk_load(digits[i] + first + k));
            const clk_real rounded = clk_plus_product(base, x, ratio);
            const clk_real excess = clk_minus_product(clk_minus(rounded, base), x, ratio);
            sum = clk_word_plus(sum, clk_word_of_bits(rounded));
            sum = clk_word_less_one_if_above(sum, excess, zero);
            clk_store_real(&reals[i][k], x);
        }
        clk_store_real(&reals[limbs][k], clk_to_real(clk_word_right(sum, 51)));
    }
}

// The weights of a target and minus the product, as the numbers of least size that stand for them.
CLK_INLINE void clk_read_weights(double *weights, const clk_conversion *conversion, size_t target) {
    const size_t limbs = conversion->limbs;
    const uint64_t q = conversion->moduli[target].q;
    for (size_t i = 0; i < limbs; i++) {
        weights[i] = clk_centred(conversion->weights[target * limbs + i], q);
    }
    weights[limbs] = -clk_centred(conversion->products[target], q);
}

// Eight terms are below 8 * 2^48 * q / 2 = 2^50 q; an addend below q takes no more than the
// rounding bound leaves.
CLK_INLINE void clk_convert_target(uint64_t *out, const uint64_t *addend,
                                   uint64_t (*reals)[CLK_POSITIONS], const double *weights,
                                   size_t terms, size_t count, const clk_real_modulus *m) {
    for (size_t k = 0; k < count; k += CLK_TOGETHER * CLK_LANES) {
        clk_real x[CLK_TOGETHER];
        CLK_TOGETHER_DO(c) {
            x[c] = addend != NULL ? clk_to_real(clk_load(addend + k + c * CLK_LANES))
                                  : clk_all_real(0);
        }
        for (size_t i = 0; i < terms;) {
            const size_t end = terms - i < 8 ? terms : i + 8;
            clk_real_sum sum[CLK_TOGETHER];
            CLK_TOGETHER_DO(c) sum[c] = clk_real_sum_from(x[c]);
            for (; i < end; i++) {
                const clk_real weight = clk_all_real(weights[i]);
                CLK_TOGETHER_DO(c) {
                    clk_real digit = clk_load_real(&reals[i][k + c * CLK_LANES]);
                    clk_add_real_product(&sum[c], digit, weight);
                }
            }
            CLK_TOGETHER_DO(c) x[c] = clk_reduce_sum(&sum[c], m);
        }
        CLK_TOGETHER_DO(c) clk_store(out + k + c * CLK_LANES, clk_settle_real(x[c], m));
    }
}

void CLK_NAME(convert)(uint64_t *const *out, const uint64_t *const *addends,
                       const uint64_t *const *digits, const clk_conversion *conversion, size_t n) {
    if (!clk_wide_converts(conversion) || n % (CLK_TOGETHER * CLK_LANES) != 0) {
        clk_scalar_convert(out, addends, digits, conversion, n);
        return;
    }
    const size_t limbs = conversion->limbs;
    uint64_t reals[CLK_MOST_LIMBS + 1][CLK_POSITIONS];
    double weights[CLK_MOST_LIMBS + 1];
    for (size_t first = 0; first < n; first += CLK_POSITIONS) {
        const size_t count = n - first < CLK_POSITIONS ? n - first : CLK_POSITIONS;
        clk_read_digits(reals, digits, conversion, first, count);
        for (size_t j = 0; j < conversion->targets; j++) {
            const clk_real_modulus m = clk_real_modulus_of(conversion->moduli[j].q);
            clk_read_weights(weights, conversion, j);
            clk_convert_target(out[j] + first, addends != NULL ? addends[j] + first : NULL, reals,
                               weights, limbs + 1, count, &m);
        }
    }
}
