#include "kernels.h"

#include <string.h>

void cryptally_select(cryptally_limb *result, const cryptally_limb *table, size_t limbs,
                      size_t entries, cryptally_limb index) {
  for (size_t j = 0; j < limbs; j++) {
    result[j] = 0;
  }
  for (size_t entry = 0; entry < entries; entry++) {
    const cryptally_limb distance = (cryptally_limb)entry ^ index;
    const cryptally_limb mask = cryptally_opaque(((distance | (0 - distance)) >> 63) - 1);
    const cryptally_limb *candidate = table + entry * limbs;
    for (size_t j = 0; j < limbs; j++) {
      result[j] |= candidate[j] & mask;
    }
  }
}

void cryptally_wipe(void *memory, size_t bytes) {
  if (bytes == 0) {
    return;
  }
  memset(memory, 0, bytes);
  // Makes the compiler believe that the zeros are read.
  __asm__ volatile("" : : "r"(memory) : "memory");
}
