#include "CBigIntegerKernels.h"

enum { DIGIT_BITS = 52, LIMB_BITS = 64 };

static const cryptally_limb digit_mask = ((cryptally_limb)1 << DIGIT_BITS) - 1;

void cryptally_lanes_load(cryptally_limb *lanes, size_t digits, const cryptally_limb *numbers,
                          size_t limbs) {
  for (size_t j = 0; j < digits; j++) {
    const size_t limb = j * DIGIT_BITS / LIMB_BITS, offset = j * DIGIT_BITS % LIMB_BITS;
    cryptally_limb *digit = lanes + CRYPTALLY_LANES * j;
    for (size_t k = 0; k < CRYPTALLY_LANES; k++) {
      const cryptally_limb *number = numbers + k * limbs;
      cryptally_limb bits = limb < limbs ? number[limb] >> offset : 0;
      if (offset > LIMB_BITS - DIGIT_BITS && limb + 1 < limbs) {
        bits |= number[limb + 1] << (LIMB_BITS - offset);
      }
      digit[k] = bits & digit_mask;
    }
  }
}

void cryptally_lanes_store(cryptally_limb *numbers, size_t limbs, const cryptally_limb *lanes,
                           size_t digits) {
  for (size_t l = 0; l < limbs; l++) {
    const size_t first = l * LIMB_BITS / DIGIT_BITS, offset = l * LIMB_BITS % DIGIT_BITS;
    for (size_t k = 0; k < CRYPTALLY_LANES; k++) {
      cryptally_limb limb = 0;
      // The lowest digit gives what lies above the offset; two more always reach past the limb.
      for (size_t d = 0; d < 3 && first + d < digits; d++) {
        const cryptally_limb digit = lanes[CRYPTALLY_LANES * (first + d) + k];
        const size_t position = d * DIGIT_BITS;
        if (position < offset) {
          limb |= digit >> offset;
        } else if (position - offset < LIMB_BITS) {
          limb |= digit << (position - offset);
        }
      }
      numbers[k * limbs + l] = limb;
    }
  }
}

void cryptally_lanes_gather(cryptally_limb *lanes, size_t digits, const cryptally_limb *numbers,
                            const size_t *places) {
  for (size_t j = 0; j < digits; j++) {
    for (size_t k = 0; k < CRYPTALLY_LANES; k++) {
      lanes[CRYPTALLY_LANES * j + k] = numbers[places[k] * digits + j];
    }
  }
}

void cryptally_lanes_scatter(cryptally_limb *numbers, const size_t *places,
                             const cryptally_limb *lanes, size_t digits) {
  for (size_t k = 0; k < CRYPTALLY_LANES; k++) {
    for (size_t j = 0; j < digits; j++) {
      numbers[places[k] * digits + j] = lanes[CRYPTALLY_LANES * j + k];
    }
  }
}
