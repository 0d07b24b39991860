#ifndef CRYPTALLY_LATTICE_WIDE_H
#define CRYPTALLY_LATTICE_WIDE_H

#include "path.h"

// The paths by double-precision multiply-add: avx2.c, avx512.c and neon.c define a vector and its
// operations, then include wide_*.h, where the algorithms are.

#if defined(__x86_64__)
CLK_DECLARE_PATH(avx2);
CLK_DECLARE_PATH(avx512);
#elif defined(__aarch64__)
CLK_DECLARE_PATH(neon);
#endif

#define CLK_INLINE static inline __attribute__((always_inline))
#define CLK_UNROLL _Pragma("clang loop unroll(full)")
// The same for each of CLK_TOGETHER (1 or 2) vectors or sets of them, side by side: one alone waits
// for its own results most of the time.
#define CLK_TOGETHER_DO(c) CLK_UNROLL for (size_t c = 0; c < CLK_TOGETHER; c++)

#endif
