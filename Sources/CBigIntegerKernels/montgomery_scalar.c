#include "montgomery_rows.h"

void cryptally_montgomery_multiply_scalar(cryptally_limb *result, const cryptally_limb *a,
                                          const cryptally_limb *b, const cryptally_limb *modulus,
                                          cryptally_limb negated_inverse, size_t limbs,
                                          cryptally_limb *scratch) {
  cryptally_montgomery_by_rows(cryptally_add_row, result, a, b, modulus, negated_inverse, limbs,
                               scratch);
}
