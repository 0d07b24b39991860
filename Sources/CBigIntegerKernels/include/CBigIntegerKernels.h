#ifndef C_BIGINTEGER_KERNELS_H
#define C_BIGINTEGER_KERNELS_H

#include <stdint.h>
#include <stddef.h>

#include "cryptally_secrecy.h"

#ifdef __cplusplus
extern "C" {
#endif

/// One digit of a number: 64 bits, least significant digit first, the same as GMP's limb.
typedef unsigned long cryptally_limb;

/// A set of kernels that this processor can run. All sets give identical results.
typedef struct cryptally_integer_kernels cryptally_integer_kernels;

/// How many kernel sets this processor can run; the scalar set is always the last.
size_t cryptally_integer_kernels_count(void);

/// The kernel set at `index`, fastest first; NULL when there is none.
const cryptally_integer_kernels *cryptally_integer_kernels_at(size_t index);

/// The set that the library uses: the fastest, or the one that the environment variable
/// CRYPTALLY_KERNEL names if this processor can run it; avx512, avx2 and neon, which are lattice
/// kernels, stand for the fastest without lanes. Chosen once.
const cryptally_integer_kernels *cryptally_integer_kernels_chosen(void);

/// The set's name, as CRYPTALLY_KERNEL spells it.
const char *cryptally_integer_kernels_name(const cryptally_integer_kernels *kernels);

/// result = a * b / 2^(64 * limbs) modulo the odd `modulus`, fully reduced.
///
/// `a * b` must be below `modulus * 2^(64 * limbs)`, which holds when one of them is below the
/// modulus. `negated_inverse` is -1 / modulus modulo 2^64. `scratch` has 2 * limbs limbs; it and
/// `result` may be anything before. `result` may be `a` or `b`; `scratch` overlaps nothing. No
/// branch and no address depends on the values of `a` and `b`.
void cryptally_montgomery_multiply(const cryptally_integer_kernels *kernels, cryptally_limb *result,
                                   const cryptally_limb *a, const cryptally_limb *b,
                                   const cryptally_limb *modulus, cryptally_limb negated_inverse,
                                   size_t limbs, cryptally_limb *scratch);

/// How many numbers the lane kernels work on side by side. Digit j of lane k stands at word
/// CRYPTALLY_LANES * j + k.
enum { CRYPTALLY_LANES = 8 };

/// An odd number m >= 3 for arithmetic modulo m^2, eight numbers at a time, in digits of 52 bits.
///
/// With h digits and R = 2^(52 h), a residue modulo m^2 is a pair (x0, x1) for x0 + x1 m: h digits
/// of each, x0's first, every digit below 2^52. Kernels take and give parts below 2 m. So a
/// Montgomery product needs 5 h^2 digit products where one number of 2 h digits needs 8 h^2: with
/// u = -x0 y0 / m modulo R and r = (x0 y0 + u m) / R,
/// x0 y0 / R = r - m (u / R) modulo m^2.
typedef struct {
  /// h, a multiple of 4 from 4 to 80, with 16 m <= R.
  size_t digits;
  /// m's h digits.
  const cryptally_limb *modulus;
  /// C, a multiple of m up to R - 1 + m in h words of at least 2^52 - 1 and below 2^53, so that
  /// C - u needs no borrow.
  const cryptally_limb *cover;
  /// The pair of R modulo m^2 (1 in Montgomery form), 2 h digits.
  const cryptally_limb *one;
  /// -1 / m modulo 2^52.
  cryptally_limb negated_inverse;
} cryptally_lane_modulus;

/// Nonzero when the set has the lane kernels. Those that take `kernels` may be called with such a
/// set only. Neither branches nor addresses depend on numbers, digits, exponents, indices or the
/// modulus, only on counts.
int cryptally_integer_kernels_has_lanes(const cryptally_integer_kernels *kernels);

/// The limbs of scratch memory for multiplying, squaring and splitting with h = `digits`. It may be
/// anything before, overlaps nothing, and holds parts of the operands afterwards.
size_t cryptally_lanes_scratch_limbs(size_t digits);

/// The same for a power.
size_t cryptally_lanes_power_scratch_limbs(size_t digits);

/// z = x y / R modulo m^2, in pairs of eight lanes (16 h words). `z` may be `x` or `y`.
///
/// With 16 m <= R: z0 = (x0 y0 + u m) / R < (4 m^2 + R m) / R <= 5/4 m, and
/// z1 = (x0 y1 + x1 y0 + C - u + u' m) / R < (8 m^2 + R + R m) / R <= 3/2 m + 1 < 2 m.
void cryptally_lanes_multiply(const cryptally_integer_kernels *kernels, cryptally_limb *z,
                              const cryptally_limb *x, const cryptally_limb *y,
                              const cryptally_lane_modulus *modulus, cryptally_limb *scratch);

/// z = x^2 / R modulo m^2, as by cryptally_lanes_multiply. `z` may be `x`.
void cryptally_lanes_square(const cryptally_integer_kernels *kernels, cryptally_limb *z,
                            const cryptally_limb *x, const cryptally_lane_modulus *modulus,
                            cryptally_limb *scratch);

/// z = the pairs of c / R modulo m^2, for eight numbers c below m R in 2 h digits (16 h words).
/// `z` is not `c`.
///
/// z0 = (c + u m) / R < 2 m, and z1 = (C - u + u' m) / R < (R + R m) / R = m + 1.
void cryptally_lanes_split(const cryptally_integer_kernels *kernels, cryptally_limb *z,
                           const cryptally_limb *c, const cryptally_lane_modulus *modulus,
                           cryptally_limb *scratch);

/// z = x to the power of each lane's exponent, in Montgomery form. `z` may be `x`.
///
/// `exponents` holds eight lanes of 64-bit words, as many as `exponent_bits` need; bits past
/// `exponent_bits` are ignored. Fixed windows of five bits, each looked up by reading the whole
/// table.
void cryptally_lanes_power(const cryptally_integer_kernels *kernels, cryptally_limb *z,
                           const cryptally_limb *x, const cryptally_limb *exponents,
                           size_t exponent_bits, const cryptally_lane_modulus *modulus,
                           cryptally_limb *scratch);

/// result = for each lane the pair of its own index out of one row that all lanes share.
///
/// The row holds `entries` pairs, a multiple of 16, digit by digit: digit j of entry e, for j below
/// 2 h, stands at word entries * j + e. `indices` are eight words; one past the end gives zero. The
/// whole row is read.
void cryptally_lanes_select_shared(const cryptally_integer_kernels *kernels, cryptally_limb *result,
                                   const cryptally_limb *row, size_t entries, size_t digits,
                                   const cryptally_limb *indices);

/// Cuts eight numbers of `limbs` limbs each, one after another, into `digits` digits of 52 bits.
/// Bits past the digits are dropped.
void cryptally_lanes_load(cryptally_limb *lanes, size_t digits, const cryptally_limb *numbers,
                          size_t limbs);

/// The reverse: eight numbers of `limbs` limbs each. Bits past the limbs are dropped.
void cryptally_lanes_store(cryptally_limb *numbers, size_t limbs, const cryptally_limb *lanes,
                           size_t digits);

/// Lane k = number `places[k]` of numbers that stand one after another in `digits` digits each.
/// Places are public.
void cryptally_lanes_gather(cryptally_limb *lanes, size_t digits, const cryptally_limb *numbers,
                            const size_t *places);

/// The reverse: number `places[k]` = lane k. Of lanes with the same place the last one stays.
void cryptally_lanes_scatter(cryptally_limb *numbers, const size_t *places,
                             const cryptally_limb *lanes, size_t digits);

/// Copies entry `index` of a table of `entries` numbers of `limbs` limbs each. Reads the whole
/// table, so that no address depends on `index`. An index past the end gives zero.
void cryptally_select(cryptally_limb *result, const cryptally_limb *table, size_t limbs,
                      size_t entries, cryptally_limb index);

/// floor((2^128 - 1) / high) - 2^64 for a limb whose highest bit is set (N. Moeller, T. Granlund,
/// "Improved Division by Invariant Integers", 2011), without a branch on it or a table.
cryptally_limb cryptally_reciprocal(cryptally_limb high);

/// An estimate of the quotient of `dividend`, three limbs, by the divisor of many limbs whose highest
/// two are `high`, with its highest bit set, and `low`; `reciprocal` is that of `high`.
///
/// It is the quotient or 1 more, and 2^64 - 1 at most, if the dividend's whole is below 2^64 times the
/// divisor (D. Knuth, "The Art of Computer Programming", volume 2, section 4.3.1, step D3). No branch
/// and no address depends on any of the arguments.
cryptally_limb cryptally_quotient(const cryptally_limb *dividend, cryptally_limb high,
                                  cryptally_limb low, cryptally_limb reciprocal);

/// 1 when a is below b, otherwise 0, without a branch.
cryptally_limb cryptally_borrow(cryptally_limb a, cryptally_limb b);

/// Writes zeros that the compiler may not leave out.
void cryptally_wipe(void *memory, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
