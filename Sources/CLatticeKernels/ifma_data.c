#include "ifma.h"

#if defined(__x86_64__)

// Residues packed to their bits, and samples from random bytes.

CLK_IFMA_BEGIN

// Fields wider than this do not fit the eight bytes that a shift within a lane sees.
enum { CLK_WIDEST_FIELD = 57 };

// For eight fields of `bits` bits: lane i begins at byte i bits / 8, at bit i bits % 8 of it.
CLK_INLINE clk_vec clk_field_shifts(unsigned bits) {
    clk_vec starts = _mm512_mullo_epi64(_mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7), clk_all(bits));
    return clk_and(starts, clk_all(7));
}

CLK_INLINE __mmask64 clk_first_bytes(unsigned count) { return ((__mmask64)1 << count) - 1; }

uint64_t clk_ifma_unpack(uint64_t *out, const uint8_t *a, size_t n, unsigned bits) {
    if (bits > CLK_WIDEST_FIELD) {
        return clk_scalar_unpack(out, a, n, bits);
    }
    uint8_t bytes[64];
    for (unsigned lane = 0; lane < 8; lane++) {
        for (unsigned byte = 0; byte < 8; byte++) {
            // Bytes past the group, at most 63, are read as zero.
            bytes[8 * lane + byte] = (uint8_t)(lane * bits / 8 + byte);
        }
    }
    const __m512i indices = _mm512_loadu_si512(bytes);
    const clk_vec shifts = clk_field_shifts(bits), mask = clk_all(((uint64_t)1 << bits) - 1);
    const __mmask64 group = clk_first_bytes(bits);
    clk_vec largest = clk_zero();
    for (size_t k = 0; k < n; k += 8, a += bits) {
        __m512i packed = _mm512_maskz_loadu_epi8(group, a);
        clk_vec lanes = _mm512_permutexvar_epi8(indices, packed);
        clk_vec fields = clk_and(_mm512_srlv_epi64(lanes, shifts), mask);
        largest = _mm512_max_epu64(largest, fields);
        clk_store(out + k, fields);
    }
    return _mm512_reduce_max_epu64(largest);
}

void clk_ifma_pack(uint8_t *out, const uint64_t *a, size_t n, unsigned bits) {
    // Two fields may share a byte, neighbours only when a field has eight bits or more.
    if (bits > CLK_WIDEST_FIELD || bits < 8) {
        clk_scalar_pack(out, a, n, bits);
        return;
    }
    // Byte b of the group takes byte b - (start of lane) of an even lane, and likewise of an odd one.
    uint8_t sources[2][64] = {{0}};
    __mmask64 present[2] = {0, 0};
    for (unsigned lane = 0; lane < 8; lane++) {
        for (unsigned byte = 0; byte < 8; byte++) {
            unsigned target = lane * bits / 8 + byte;
            if (target < 64 && 8 * byte < bits + lane * bits % 8) {
                sources[lane & 1][target] = (uint8_t)(8 * lane + byte);
                present[lane & 1] |= (__mmask64)1 << target;
            }
        }
    }
    const __m512i even = _mm512_loadu_si512(sources[0]), odd = _mm512_loadu_si512(sources[1]);
    const clk_vec shifts = clk_field_shifts(bits);
    const __mmask64 group = clk_first_bytes(bits);
    for (size_t k = 0; k < n; k += 8, out += bits) {
        clk_vec fields = _mm512_sllv_epi64(clk_load(a + k), shifts);
        __m512i packed = _mm512_or_si512(_mm512_maskz_permutexvar_epi8(present[0], even, fields),
                                         _mm512_maskz_permutexvar_epi8(present[1], odd, fields));
        _mm512_mask_storeu_epi8(out, group, packed);
    }
}

void clk_ifma_centred_binomial(int8_t *out, const uint8_t *bytes, size_t n) {
    uint8_t spread[64];
    for (unsigned lane = 0; lane < 8; lane++) {
        for (unsigned byte = 0; byte < 8; byte++) {
            spread[8 * lane + byte] = (uint8_t)(6 * lane + (byte < 6 ? byte : 0));
        }
    }
    const __m512i indices = _mm512_loadu_si512(spread);
    const clk_vec up = clk_all((1u << 21) - 1), down = clk_left(up, 21);
    for (size_t k = 0; k < n; k += 8, bytes += 48) {
        __m512i packed = _mm512_maskz_loadu_epi8(clk_first_bytes(48), bytes);
        clk_vec words = _mm512_permutexvar_epi8(indices, packed);
        clk_vec difference = clk_minus(_mm512_popcnt_epi64(clk_and(words, up)),
                                       _mm512_popcnt_epi64(clk_and(words, down)));
        _mm_storel_epi64((__m128i *)(out + k), _mm512_cvtepi64_epi8(difference));
    }
}

size_t clk_ifma_uniform(uint64_t *out, const uint64_t *words, size_t count, uint64_t q) {
    const clk_vec mask = clk_all(~(uint64_t)0 >> __builtin_clzll(q - 1)), limit = clk_all(q);
    size_t written = 0, k = 0;
    for (; k + 8 <= count; k += 8) {
        clk_vec x = clk_and(clk_load(words + k), mask);
        __mmask8 accepted = _mm512_cmplt_epu64_mask(x, limit);
        clk_store(out + written, _mm512_maskz_compress_epi64(accepted, x));
        written += (size_t)__builtin_popcount(accepted);
    }
    return written + clk_scalar_uniform(out + written, words + k, count - k, q);
}

uint64_t clk_ifma_place_slots(uint64_t *out, const int64_t *values, size_t count,
                              const uint32_t *slots, size_t n, uint64_t q) {
    // Gathers take 32-bit indices as signed numbers.
    if (count >> 31 != 0) {
        return clk_scalar_place_slots(out, values, count, slots, n, q);
    }
    const clk_vec limit = clk_all(q), half = clk_all((q - 1) / 2);
    const __m256i end = _mm256_set1_epi32((int)count);
    __mmask8 outside = 0;
    for (size_t k = 0; k < n; k += 8) {
        __m256i indices = _mm256_loadu_si256((const __m256i *)(slots + k));
        clk_vec x = _mm512_mask_i32gather_epi64(
            clk_zero(), _mm256_cmplt_epu32_mask(indices, end), indices, values, 8);
        outside |= _mm512_cmpgt_epu64_mask(_mm512_abs_epi64(x), half);
        clk_store(out + k, _mm512_mask_add_epi64(x, _mm512_movepi64_mask(x), x, limit));
    }
    return outside;
}

void clk_ifma_read_slots(int64_t *out, const uint64_t *a, const uint32_t *positions, size_t n,
                         uint64_t q) {
    if (n >> 31 != 0) {
        clk_scalar_read_slots(out, a, positions, n, q);
        return;
    }
    const clk_vec limit = clk_all(q), half = clk_all(q / 2);
    for (size_t k = 0; k < n; k += 8) {
        __m256i indices = _mm256_loadu_si256((const __m256i *)(positions + k));
        clk_vec x = _mm512_i32gather_epi64(indices, a, 8);
        x = _mm512_mask_sub_epi64(x, _mm512_cmpgt_epu64_mask(x, half), x, limit);
        clk_store((uint64_t *)out + k, x);
    }
}

CLK_IFMA_END

#endif
