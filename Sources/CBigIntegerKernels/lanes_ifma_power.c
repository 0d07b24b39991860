#include "lanes_ifma.h"

#if defined(__x86_64__)

CRYPTALLY_IFMA_BEGIN

// For each lane the entry that its index names. A masked load could leave memory alone where the
// mask is zero, so the whole table is loaded and the mask is an operand.
static void select_own(cryptally_limb *result, const cryptally_limb *table, size_t digits,
                       cryptally_vector index) {
  const size_t stride = 2 * CRYPTALLY_LANES * digits;
  for (size_t j = 0; j < stride; j += 8 * CRYPTALLY_LANES) {
    cryptally_vector sum[8];
    CRYPTALLY_UNROLL for (int i = 0; i < 8; i++) {
      sum[i] = _mm512_setzero_si512();
    }
    for (size_t entry = 0; entry < CRYPTALLY_WINDOW_ENTRIES; entry++) {
      const __mmask8 is_wanted = _mm512_cmpeq_epi64_mask(index, cryptally_all(entry));
      const cryptally_vector mask = _mm512_maskz_set1_epi64(is_wanted, -1);
      CRYPTALLY_UNROLL for (int i = 0; i < 8; i++) {
        const cryptally_vector candidate =
            cryptally_load(table + entry * stride + j + CRYPTALLY_LANES * (size_t)i);
        // sum | (mask & candidate)
        sum[i] = _mm512_ternarylogic_epi64(sum[i], mask, candidate, 0xF8);
      }
    }
    CRYPTALLY_UNROLL for (int i = 0; i < 8; i++) {
      cryptally_store(result + j + CRYPTALLY_LANES * (size_t)i, sum[i]);
    }
  }
}

// Up to 63 bits of each lane's exponent, from bit `first` on.
static cryptally_vector exponent_bits(const cryptally_limb *exponents, size_t first, size_t count) {
  const size_t word = first / 64, offset = first % 64;
  cryptally_vector bits =
      _mm512_srl_epi64(cryptally_load(exponents + CRYPTALLY_LANES * word),
                       _mm_cvtsi64_si128((long long)offset));
  if (offset + count > 64) {
    const cryptally_vector above = cryptally_load(exponents + CRYPTALLY_LANES * (word + 1));
    bits = _mm512_or_si512(
        bits, _mm512_sll_epi64(above, _mm_cvtsi64_si128((long long)(64 - offset))));
  }
  return _mm512_and_si512(bits, cryptally_all(((cryptally_limb)1 << count) - 1));
}

static void power(cryptally_limb *z, const cryptally_limb *x, const cryptally_limb *exponents,
                  size_t bit_count, const cryptally_lane_modulus *modulus,
                  cryptally_limb *scratch) {
  const size_t digits = modulus->digits, stride = 2 * CRYPTALLY_LANES * digits;
  cryptally_limb *table = scratch;
  cryptally_limb *entry = table + CRYPTALLY_WINDOW_ENTRIES * stride;
  cryptally_limb *work = entry + stride;

  for (size_t j = 0; j < 2 * digits; j++) {
    cryptally_store(table + CRYPTALLY_LANES * j, cryptally_all(modulus->one[j]));
    cryptally_store(table + stride + CRYPTALLY_LANES * j, cryptally_load(x + CRYPTALLY_LANES * j));
  }
  for (size_t i = 2; i < CRYPTALLY_WINDOW_ENTRIES; i += 2) {
    cryptally_lanes_square_ifma(table + i * stride, table + i / 2 * stride, modulus, work);
    cryptally_lanes_multiply_ifma(table + (i + 1) * stride, table + i * stride, table + stride,
                                  modulus, work);
  }

  if (bit_count == 0) {
    select_own(z, table, digits, _mm512_setzero_si512());
    return;
  }
  // The uppermost window has what bits are left.
  size_t first = (bit_count - 1) / CRYPTALLY_WINDOW_BITS * CRYPTALLY_WINDOW_BITS;
  select_own(z, table, digits, exponent_bits(exponents, first, bit_count - first));
  while (first > 0) {
    first -= CRYPTALLY_WINDOW_BITS;
    for (int i = 0; i < CRYPTALLY_WINDOW_BITS; i++) {
      cryptally_lanes_square_ifma(z, z, modulus, work);
    }
    select_own(entry, table, digits, exponent_bits(exponents, first, CRYPTALLY_WINDOW_BITS));
    cryptally_lanes_multiply_ifma(z, z, entry, modulus, work);
  }
}

// Sixteen entries of one digit are two registers, from which one instruction picks for each lane;
// no address depends on an index.
static void select_shared(cryptally_limb *result, const cryptally_limb *row, size_t entries,
                          size_t digits, const cryptally_limb *indices) {
  const cryptally_vector index = cryptally_load(indices);
  const cryptally_vector group = _mm512_srli_epi64(index, 4);
  for (size_t j = 0; j < 2 * digits; j += 8) {
    cryptally_vector sum[8];
    CRYPTALLY_UNROLL for (int i = 0; i < 8; i++) {
      sum[i] = _mm512_setzero_si512();
    }
    for (size_t entry = 0; entry < entries; entry += 16) {
      const __mmask8 is_wanted = _mm512_cmpeq_epi64_mask(group, cryptally_all(entry / 16));
      const cryptally_vector mask = _mm512_maskz_set1_epi64(is_wanted, -1);
      CRYPTALLY_UNROLL for (int i = 0; i < 8; i++) {
        const cryptally_limb *sixteen = row + (j + (size_t)i) * entries + entry;
        const cryptally_vector candidate = _mm512_permutex2var_epi64(
            cryptally_load(sixteen), index, cryptally_load(sixteen + 8));
        sum[i] = _mm512_ternarylogic_epi64(sum[i], mask, candidate, 0xF8);
      }
    }
    CRYPTALLY_UNROLL for (int i = 0; i < 8; i++) {
      cryptally_store(result + CRYPTALLY_LANES * (j + (size_t)i), sum[i]);
    }
  }
}

CRYPTALLY_IFMA_END

const cryptally_lane_kernels cryptally_lane_kernels_ifma = {
    .multiply = cryptally_lanes_multiply_ifma,
    .square = cryptally_lanes_square_ifma,
    .split = cryptally_lanes_split_ifma,
    .power = power,
    .select_shared = select_shared,
};

#endif
