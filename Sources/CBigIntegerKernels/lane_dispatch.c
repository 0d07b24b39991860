// Kernels on eight numbers at a time, of the set that was chosen.

#include "kernels.h"

size_t cryptally_lanes_scratch_limbs(size_t digits) {
  // The two chains' quotients.
  return 2 * CRYPTALLY_LANES * digits;
}

size_t cryptally_lanes_power_scratch_limbs(size_t digits) {
  // The table and the entry looked up, in pairs.
  return (CRYPTALLY_WINDOW_ENTRIES + 1) * 2 * CRYPTALLY_LANES * digits +
         cryptally_lanes_scratch_limbs(digits);
}

void cryptally_lanes_multiply(const cryptally_integer_kernels *kernels, cryptally_limb *z,
                              const cryptally_limb *x, const cryptally_limb *y,
                              const cryptally_lane_modulus *modulus, cryptally_limb *scratch) {
  kernels->lanes->multiply(z, x, y, modulus, scratch);
}

void cryptally_lanes_square(const cryptally_integer_kernels *kernels, cryptally_limb *z,
                            const cryptally_limb *x, const cryptally_lane_modulus *modulus,
                            cryptally_limb *scratch) {
  kernels->lanes->square(z, x, modulus, scratch);
}

void cryptally_lanes_split(const cryptally_integer_kernels *kernels, cryptally_limb *z,
                           const cryptally_limb *c, const cryptally_lane_modulus *modulus,
                           cryptally_limb *scratch) {
  kernels->lanes->split(z, c, modulus, scratch);
}

void cryptally_lanes_power(const cryptally_integer_kernels *kernels, cryptally_limb *z,
                           const cryptally_limb *x, const cryptally_limb *exponents,
                           size_t exponent_bits, const cryptally_lane_modulus *modulus,
                           cryptally_limb *scratch) {
  kernels->lanes->power(z, x, exponents, exponent_bits, modulus, scratch);
}

void cryptally_lanes_select_shared(const cryptally_integer_kernels *kernels, cryptally_limb *result,
                                   const cryptally_limb *row, size_t entries, size_t digits,
                                   const cryptally_limb *indices) {
  kernels->lanes->select_shared(result, row, entries, digits, indices);
}
