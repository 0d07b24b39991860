// The forward transform.
//
// A butterfly takes x, y to x + w y, x - w y. A layer adds at most (1/2 + e) q to the size of a
// value, with e = 2^-55 times that size. Coefficients begin below q; for q < 2^48 after 15 layers
// they are below 9.7 q < 2^51.3, with e < 0.08: within what clk_times_constant takes.

CLK_INLINE void clk_forward_butterfly(clk_real *x, clk_real *y, clk_real w, clk_real quotient,
                                      const clk_real_modulus *m) {
    clk_real product = clk_times_constant(*y, w, quotient, m);
    *y = clk_minus(*x, product);
    *x = clk_plus(*x, product);
}

// Layer number `layer` of those between 2^layers vectors, whose group has the number `position` in
// the first of them.
CLK_INLINE void clk_forward_layer(clk_real *x, const uint64_t *table, size_t position,
                                  const int layers, const int layer, const clk_real_modulus *m) {
    const int half = 1 << (layers - 1 - layer);
    CLK_UNROLL for (int i = 0; i < 1 << layer; i++) {
        const uint64_t *pair = table + 2 * ((position << layer) + (size_t)i);
        clk_real w = clk_all_cell(pair), quotient = clk_all_cell(pair + 1);
        CLK_UNROLL for (int j = 0; j < half; j++) {
            clk_forward_butterfly(&x[2 * half * i + j], &x[2 * half * i + half + j], w, quotient,
                                  m);
        }
    }
}

// All layers of CLK_TOGETHER sets of vectors, of one group (step 0) or of groups that follow each
// other (step 1).
CLK_INLINE void clk_forward_layers(clk_real (*x)[CLK_ROWS], const uint64_t *table, size_t position,
                                   const size_t step, const int layers, const clk_real_modulus *m) {
    CLK_UNROLL for (int layer = 0; layer < layers; layer++) {
        CLK_TOGETHER_DO(c) {
            clk_forward_layer(x[c], table, position + c * step, layers, layer, m);
        }
    }
}

// Layer number `layer` within vectors, on a transposed tile.
CLK_INLINE void clk_forward_lanes(clk_real *x, const uint64_t *vectors, const int layer,
                                  const clk_real_modulus *m) {
    const int half = CLK_LANES / 2 >> layer;
    CLK_UNROLL for (int i = 0; i < 1 << layer; i++) {
        const uint64_t *pair = vectors + 2 * CLK_LANES * ((1 << layer) - 1 + i);
        clk_real w = clk_load_real(pair), quotient = clk_load_real(pair + CLK_LANES);
        CLK_UNROLL for (int j = 0; j < half; j++) {
            clk_forward_butterfly(&x[2 * half * i + j], &x[2 * half * i + half + j], w, quotient,
                                  m);
        }
    }
}

CLK_INLINE void clk_forward_first_pass(uint64_t *out, const uint64_t *a, size_t span,
                                       const uint64_t *table, const int layers,
                                       const clk_real_centring *centring,
                                       const clk_real_modulus *m) {
    for (size_t j = 0; j < span; j += CLK_TOGETHER * CLK_LANES) {
        clk_real x[CLK_TOGETHER][CLK_ROWS];
        CLK_TOGETHER_DO(c) {
            CLK_UNROLL for (size_t i = 0; i < (size_t)1 << layers; i++) {
                x[c][i] = clk_to_real(clk_load(a + i * span + j + c * CLK_LANES));
                if (centring != NULL) x[c][i] = clk_centre_real(x[c][i], centring, m);
            }
        }
        clk_forward_layers(x, table, 1, 0, layers, m);
        CLK_TOGETHER_DO(c) {
            CLK_UNROLL for (size_t i = 0; i < (size_t)1 << layers; i++) {
                clk_store_real(out + i * span + j + c * CLK_LANES, x[c][i]);
            }
        }
    }
}

CLK_INLINE void clk_forward_pass(uint64_t *a, size_t span, const uint64_t *table, size_t position,
                                 const clk_real_modulus *m) {
    for (size_t j = 0; j < span; j += CLK_TOGETHER * CLK_LANES) {
        clk_real x[CLK_TOGETHER][CLK_ROWS];
        CLK_TOGETHER_DO(c) clk_load_set(x[c], a + j + c * CLK_LANES, span, 3);
        clk_forward_layers(x, table, position, 0, 3, m);
        CLK_TOGETHER_DO(c) clk_store_set(a + j + c * CLK_LANES, span, x[c]);
    }
}

// A value of the last layer as a residue, with h = (q - 1) / 2. As q is odd, (x - h) / q is at
// least 1 / (2 q) > 2^-49 away from where its rounding changes, and below 10.2 it is off by no more
// than 10.2 u < 2^-49.6. So it is rounded to the nearest integer exactly, and what is left is in
// [-h, h].
CLK_INLINE clk_word clk_finish_forward(clk_real x, clk_real half, const clk_real_modulus *m) {
    return clk_to_word(clk_plus(clk_reduce_real(clk_minus(x, half), m), half));
}

// The last layers of blocks that follow each other: three between the rows of a block, then those
// within vectors, tile by tile.
CLK_INLINE void clk_forward_block(uint64_t *a, const uint64_t *table, size_t position,
                                  const uint64_t *vectors, clk_real half,
                                  const clk_real_modulus *m) {
    clk_real x[CLK_TOGETHER][CLK_ROWS];
    CLK_TOGETHER_DO(c) clk_load_set(x[c], a + c * CLK_BLOCK, CLK_LANES, 3);
    clk_forward_layers(x, table, position, 1, 3, m);
    CLK_TOGETHER_DO(c) CLK_TILES_DO(t) clk_transpose(x[c] + t * CLK_LANES);
    CLK_UNROLL for (int layer = 0; layer < CLK_LANE_LAYERS; layer++) {
        CLK_TOGETHER_DO(c) CLK_TILES_DO(t) {
            clk_forward_lanes(x[c] + t * CLK_LANES,
                              vectors + (c * CLK_TILES + t) * CLK_TILE_WORDS, layer, m);
        }
    }
    CLK_TOGETHER_DO(c) CLK_UNROLL for (int i = 0; i < CLK_ROWS; i++) {
        x[c][i] = clk_real_of_word(clk_finish_forward(x[c][i], half, m));
    }
    CLK_TOGETHER_DO(c) CLK_TILES_DO(t) clk_transpose(x[c] + t * CLK_LANES);
    CLK_TOGETHER_DO(c) clk_store_set(a + c * CLK_BLOCK, CLK_LANES, x[c]);
}

// The blocks of a stretch, the first of which has this position.
CLK_INLINE void clk_forward_blocks(uint64_t *a, size_t n, size_t blocks, const uint64_t *table,
                                   size_t position, const clk_real_modulus *m) {
    const clk_real half = clk_times(clk_minus(m->q, clk_all_real(1)), clk_all_real(0.5));
    // Positions of blocks begin at n / CLK_BLOCK.
    const uint64_t *vectors = table + 2 * n / CLK_LANES +
                              (position - n / CLK_BLOCK) * (CLK_TILES * CLK_TILE_WORDS);
    for (size_t block = 0; block < blocks; block += CLK_TOGETHER) {
        clk_forward_block(a + block * CLK_BLOCK, table, position + block,
                          vectors + block * (CLK_TILES * CLK_TILE_WORDS), half, m);
    }
}

// All that follows the first pass, part by part, so that a part stays in the first-level cache.
CLK_INLINE void clk_forward_parts(uint64_t *a, size_t n, size_t parts, const uint64_t *table,
                                  const clk_real_modulus *m) {
    const size_t size = n / parts;
    if (size == CLK_BLOCK) {
        clk_forward_blocks(a, n, parts, table, parts, m);
        return;
    }
    for (size_t part = parts; part < 2 * parts; part++, a += size) {
        size_t groups = 1;
        for (size_t length = size; length > CLK_BLOCK; length /= 8, groups *= 8) {
            for (size_t group = 0; group < groups; group++) {
                clk_forward_pass(a + group * length, length / 8, table, part * groups + group, m);
            }
        }
        clk_forward_blocks(a, n, groups, table, part * groups, m);
    }
}

CLK_INLINE void clk_forward_from(uint64_t *out, const uint64_t *a,
                                 const clk_real_centring *centring,
                                 const clk_transform *transform) {
    const clk_real_modulus m = clk_real_modulus_of(transform->modulus.q);
    const uint64_t *table = transform->table;
    const size_t n = transform->n;
    const int layers = clk_first_layers(n);
    const size_t span = n >> layers;
    switch (layers) {
    case 1: clk_forward_first_pass(out, a, span, table, 1, centring, &m); break;
    case 2: clk_forward_first_pass(out, a, span, table, 2, centring, &m); break;
    default: clk_forward_first_pass(out, a, span, table, 3, centring, &m); break;
    }
    clk_forward_parts(out, n, (size_t)1 << layers, table, &m);
}

void CLK_NAME(ntt_forward)(uint64_t *out, const uint64_t *a, const clk_transform *transform) {
    if (clk_wide_transforms(transform->n, transform->modulus.q)) {
        clk_forward_from(out, a, NULL, transform);
    } else {
        clk_scalar_ntt_forward(out, a, transform);
    }
}

void CLK_NAME(ntt_forward_centred)(uint64_t *out, const uint64_t *a, uint64_t from,
                                   const clk_transform *transform) {
    if (!clk_wide_transforms(transform->n, transform->modulus.q)) {
        clk_scalar_ntt_forward_centred(out, a, from, transform);
    } else if (from >> 52 == 0) {
        const clk_real_centring centring = clk_real_centring_of(from);
        clk_forward_from(out, a, &centring, transform);
    } else {
        clk_scalar_reduce_centred(out, a, transform->n, from, &transform->modulus);
        clk_forward_from(out, out, NULL, transform);
    }
}
