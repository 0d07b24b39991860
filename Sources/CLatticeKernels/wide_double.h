// Arithmetic modulo q in double precision: the part of the avx2, avx512 and neon paths that does
// not depend on the width of a vector. The including file has defined
//   clk_real, clk_word   vectors of CLK_LANES doubles and of as many 64-bit words, and
//   the operations on them (avx2.c lists them with their meaning).
//
// Integers below 2^53 in size are exact in a double, and a fused multiply-add rounds once. So for
// integers a, b with |a b| < 2^106 the rounded product h = fl(a b) and h - a b, a fused operation,
// are together exact (Dekker 1971; Ogita, Rump, Oishi 2005, "TwoProductFMA"), and with b ~ a b / q
// an integer, h - b q is exact as soon as it is below 2^53. All roundings here are to nearest.
//
// Moduli are from 2^14 to 2^48. In the bounds below u = 2^-53.

#if defined(__FAST_MATH__)
#error "these kernels need IEEE arithmetic"
#endif

enum { CLK_WIDE_BITS = 48, CLK_WIDE_SMALLEST = 14 };

CLK_INLINE int clk_wide_holds(uint64_t q) {
    return q >> CLK_WIDE_BITS == 0 && q >> CLK_WIDE_SMALLEST != 0;
}

typedef struct {
    clk_real q;
    // fl(1 / q).
    clk_real inverse;
    // 1.5 * 2^52: the sum with it is rounded to an integer, for summands up to 2^51 in size.
    clk_real rounder;
} clk_real_modulus;

CLK_INLINE clk_real_modulus clk_real_modulus_of(uint64_t q) {
    return (clk_real_modulus){
        .q = clk_all_real((double)q),
        .inverse = clk_all_real(1.0 / (double)q),
        .rounder = clk_all_real(0x1.8p52),
    };
}

// A constant w, |w| <= q / 2, with fl(w / q).
typedef struct {
    clk_real value;
    clk_real quotient;
} clk_real_factor;

// w in [0, q) as the number of least size that stands for it.
CLK_INLINE double clk_centred(uint64_t w, uint64_t q) {
    return (double)(int64_t)(w - (q & (0 - ((q / 2 - w) >> 63))));
}

CLK_INLINE clk_real_factor clk_real_factor_of(uint64_t w, uint64_t q) {
    double value = clk_centred(w, q);
    return (clk_real_factor){clk_all_real(value), clk_all_real(value / (double)q)};
}

// The integer nearest to the exact a b, for |a b| <= 2^51.
CLK_INLINE clk_real clk_round_product(clk_real a, clk_real b, const clk_real_modulus *m) {
    return clk_minus(clk_plus_product(m->rounder, a, b), m->rounder);
}

// y w modulo q for integers |y| < 2^52. The quotient is off by at most 2^-55 (|w / q| <= 1/2), so
//   |result| <= (1/2 + |y| 2^-55) q.
// Exact: h - y w is below 2^46 and the result below q, so h - b q is below 2^49.
CLK_INLINE clk_real clk_times_constant(clk_real y, clk_real w, clk_real quotient,
                                       const clk_real_modulus *m) {
    clk_real h = clk_times(y, w);
    clk_real b = clk_round_product(y, quotient, m);
    clk_real error = clk_minus_product(h, y, w);
    return clk_minus(clk_minus_product(h, b, m->q), error);
}

// a b modulo q for |a|, |b| <= q. fl(a b) / q is below 2^48 and off by 2u of itself, 1/16, so
//   |result| <= 5/8 q.
CLK_INLINE clk_real clk_times_residue(clk_real a, clk_real b, const clk_real_modulus *m) {
    clk_real h = clk_times(a, b);
    clk_real quotient = clk_round_product(h, m->inverse, m);
    clk_real error = clk_minus_product(h, a, b);
    return clk_minus(clk_minus_product(h, quotient, m->q), error);
}

// x modulo q for x that is exact and below 2^51 q in size: |result| <= (1/2 + |x / q| u) q.
CLK_INLINE clk_real clk_reduce_real(clk_real x, const clk_real_modulus *m) {
    return clk_minus_product(x, clk_round_product(x, m->inverse, m), m->q);
}

// x in (-q, q) as a residue in [0, q).
CLK_INLINE clk_word clk_settle_real(clk_real x, const clk_real_modulus *m) {
    return clk_to_word(clk_add_if_negative(x, m->q));
}

// What takes x in [0, from), from < 2^52, to its centred representative, reduced.
typedef struct {
    clk_real half;
    clk_real from;
} clk_real_centring;

CLK_INLINE clk_real_centring clk_real_centring_of(uint64_t from) {
    return (clk_real_centring){clk_all_real((double)(from / 2)), clk_all_real((double)from)};
}

CLK_INLINE clk_real clk_centre_real(clk_real x, const clk_real_centring *c,
                                    const clk_real_modulus *m) {
    return clk_reduce_real(clk_subtract_if_above(x, c->half, c->from), m);
}

// Any words modulo q, below 2^48 in size: the upper half, 2^50 q at most, is exact and reduced
// below 5/8 q; the lower half is below 2^32.
CLK_INLINE clk_real clk_reduce_words(clk_word x, const clk_real_modulus *m) {
    return clk_plus(clk_reduce_real(clk_high_half(x), m), clk_low_half(x));
}

// Sums of products, unreduced. `high` starts at 1.5 * 2^100 and takes each product rounded to a
// multiple of 2^48; `low` takes what is left, below 2^47 for each. With at most eight terms, and
// their sum below 2^50 q < 2^98, `high` stays in its binade, `low` below 2^51, and both are exact.
typedef struct {
    clk_real high;
    clk_real low;
} clk_real_sum;

CLK_INLINE clk_real_sum clk_real_sum_from(clk_real low) {
    return (clk_real_sum){clk_all_real(0x1.8p100), low};
}

CLK_INLINE void clk_add_real_product(clk_real_sum *sum, clk_real a, clk_real b) {
    clk_real high = clk_plus_product(sum->high, a, b);
    clk_real step = clk_minus(high, sum->high);
    sum->high = high;
    sum->low = clk_minus(sum->low, clk_minus_product(step, a, b));
}

// The sum modulo q. Its quotient is below 2^50 and off by 2u of itself, at most 1/4 and a trifle: so
// |result| < 0.76 q.
CLK_INLINE clk_real clk_reduce_sum(const clk_real_sum *sum, const clk_real_modulus *m) {
    clk_real high = clk_minus(sum->high, clk_all_real(0x1.8p100));
    clk_real b = clk_round_product(clk_plus(high, sum->low), m->inverse, m);
    return clk_plus(clk_minus_product(high, b, m->q), sum->low);
}
