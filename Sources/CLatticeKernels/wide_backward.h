// The transform backward.
//
// A butterfly takes x, y to x + y, w (x - y). Sums double in a layer; products are below
// (1/2 + e) q. A stage of three layers takes values below 1.2 q to sums of at most 9.6 q, so e < 0.08 again.
// After it value 0 (8 times) and value 1 (a product doubled twice) are reduced to (1/2 + 2^-48) q;
// all others are products doubled at most once, below 1.16 q: the next stage begins below 1.2 q
// again.

CLK_INLINE void clk_backward_butterfly(clk_real *x, clk_real *y, clk_real w, clk_real quotient,
                                       const clk_real_modulus *m) {
    clk_real difference = clk_minus(*y, *x);
    *x = clk_plus(*x, *y);
    *y = clk_times_constant(difference, w, quotient, m);
}

// Layer number `layer` of those between 2^layers vectors. Here and below `position` is that of the
// mirror image of the group in the first of them.
CLK_INLINE void clk_backward_layer(clk_real *x, const uint64_t *table, size_t position,
                                   const int layers, const int layer, const clk_real_modulus *m) {
    const int half = 1 << (layers - 1 - layer);
    CLK_UNROLL for (int i = 0; i < 1 << layer; i++) {
        const int mirrored = (1 << layer) - 1 - i;
        const uint64_t *pair = table + 2 * ((position << layer) + (size_t)mirrored);
        clk_real w = clk_all_cell(pair), quotient = clk_all_cell(pair + 1);
        CLK_UNROLL for (int j = 0; j < half; j++) {
            clk_backward_butterfly(&x[2 * half * i + j], &x[2 * half * i + half + j], w, quotient,
                                   m);
        }
    }
}

// The layers down to `last` of CLK_TOGETHER sets of vectors, of one group (step 0) or of groups
// that follow each other, whose mirror images go down (step 1).
CLK_INLINE void clk_backward_layers(clk_real (*x)[CLK_ROWS], const uint64_t *table,
                                    size_t position, const size_t step, const int layers,
                                    const int last, const clk_real_modulus *m) {
    CLK_UNROLL for (int layer = layers - 1; layer >= last; layer--) {
        CLK_TOGETHER_DO(c) {
            clk_backward_layer(x[c], table, position - c * step, layers, layer, m);
        }
    }
}

// Brings the sums of a stage back below 1.2 q.
CLK_INLINE void clk_backward_reduce(clk_real *x, const int layers, const clk_real_modulus *m) {
    x[0] = clk_reduce_real(x[0], m);
    if (layers == 3) x[1] = clk_reduce_real(x[1], m);
}

CLK_INLINE void clk_backward_lanes(clk_real *x, const uint64_t *vectors, const int layer,
                                   const clk_real_modulus *m) {
    const int half = CLK_LANES / 2 >> layer;
    CLK_UNROLL for (int i = 0; i < 1 << layer; i++) {
        const uint64_t *pair = vectors + 2 * CLK_LANES * ((2 << layer) - 2 - i);
        clk_real w = clk_load_real(pair), quotient = clk_load_real(pair + CLK_LANES);
        CLK_UNROLL for (int j = 0; j < half; j++) {
            clk_backward_butterfly(&x[2 * half * i + j], &x[2 * half * i + half + j], w, quotient,
                                   m);
        }
    }
}

CLK_INLINE void clk_backward_pass(uint64_t *a, size_t span, const uint64_t *table, size_t position,
                                  const clk_real_modulus *m) {
    for (size_t j = 0; j < span; j += CLK_TOGETHER * CLK_LANES) {
        clk_real x[CLK_TOGETHER][CLK_ROWS];
        CLK_TOGETHER_DO(c) clk_load_set(x[c], a + j + c * CLK_LANES, span, 3);
        clk_backward_layers(x, table, position, 0, 3, 0, m);
        CLK_TOGETHER_DO(c) clk_backward_reduce(x[c], 3, m);
        CLK_TOGETHER_DO(c) clk_store_set(a + j + c * CLK_LANES, span, x[c]);
    }
}

CLK_INLINE void clk_reverse(clk_real *x) {
    CLK_UNROLL for (int i = 0; i < CLK_LANES / 2; i++) {
        clk_real swapped = x[i];
        x[i] = x[CLK_LANES - 1 - i];
        x[CLK_LANES - 1 - i] = swapped;
    }
}

// The first layers backward. The rows of a tile come in and go out in reverse, so that the lanes
// lie as those of the mirrored vectors; `position` and `vectors` are those of the block whose
// mirror image the first block is, and go down from there.
CLK_INLINE void clk_backward_block(uint64_t *out, const uint64_t *a, const uint64_t *table,
                                   size_t position, const uint64_t *vectors,
                                   const clk_real_modulus *m) {
    clk_real x[CLK_TOGETHER][CLK_ROWS];
    CLK_TOGETHER_DO(c) CLK_TILES_DO(t) CLK_UNROLL for (size_t i = 0; i < CLK_LANES; i++) {
        const uint64_t *row = a + c * CLK_BLOCK + t * CLK_TILE + i * CLK_LANES;
        x[c][t * CLK_LANES + CLK_LANES - 1 - i] = clk_to_real(clk_load(row));
    }
    CLK_TOGETHER_DO(c) CLK_TILES_DO(t) clk_transpose(x[c] + t * CLK_LANES);
    CLK_UNROLL for (int layer = CLK_LANE_LAYERS - 1; layer >= 0; layer--) {
        CLK_TOGETHER_DO(c) CLK_TILES_DO(t) {
            clk_backward_lanes(x[c] + t * CLK_LANES,
                               vectors + CLK_TILE_WORDS * (CLK_TILES - 1 - t) -
                                   c * CLK_TILES * CLK_TILE_WORDS,
                               layer, m);
        }
    }
    CLK_TOGETHER_DO(c) CLK_TILES_DO(t) {
        clk_backward_reduce(x[c] + t * CLK_LANES, CLK_LANE_LAYERS, m);
        clk_transpose(x[c] + t * CLK_LANES);
        clk_reverse(x[c] + t * CLK_LANES);
    }
    clk_backward_layers(x, table, position, 1, 3, 0, m);
    CLK_TOGETHER_DO(c) clk_backward_reduce(x[c], 3, m);
    CLK_TOGETHER_DO(c) clk_store_set(out + c * CLK_BLOCK, CLK_LANES, x[c]);
}

// The blocks of a stretch; `position` is that of the mirror image of the first.
CLK_INLINE void clk_backward_blocks(uint64_t *out, const uint64_t *a, size_t n, size_t blocks,
                                    const uint64_t *table, size_t position,
                                    const clk_real_modulus *m) {
    const uint64_t *vectors = table + 2 * n / CLK_LANES +
                              (position - n / CLK_BLOCK) * (CLK_TILES * CLK_TILE_WORDS);
    for (size_t block = 0; block < blocks; block += CLK_TOGETHER) {
        clk_backward_block(out + block * CLK_BLOCK, a + block * CLK_BLOCK, table, position - block,
                           vectors - block * (CLK_TILES * CLK_TILE_WORDS), m);
    }
}

// All that comes before the last pass backward.
CLK_INLINE void clk_backward_parts(uint64_t *out, const uint64_t *a, size_t n, size_t parts,
                                   const uint64_t *table, const clk_real_modulus *m) {
    const size_t size = n / parts;
    if (size == CLK_BLOCK) {
        clk_backward_blocks(out, a, n, parts, table, 2 * parts - 1, m);
        return;
    }
    // The mirror images of the parts, from the last down.
    for (size_t part = 2 * parts - 1; part >= parts; part--, out += size, a += size) {
        size_t groups = size / CLK_BLOCK;
        clk_backward_blocks(out, a, n, groups, table, part * groups + groups - 1, m);
        for (size_t length = 8 * CLK_BLOCK; length <= size; length *= 8) {
            groups /= 8;
            for (size_t group = 0; group < groups; group++) {
                clk_backward_pass(out + group * length, length / 8, table,
                                  part * groups + (groups - 1 - group), m);
            }
        }
    }
}

// The last pass backward, whose last layer multiplies by the scale as well.
CLK_INLINE void clk_backward_last_pass(uint64_t *a, size_t span, const uint64_t *table,
                                       const int layers, const clk_real_factor *scale,
                                       const clk_real_factor *scaled_root,
                                       const clk_real_modulus *m) {
    const size_t half = (size_t)1 << (layers - 1);
    for (size_t j = 0; j < span; j += CLK_TOGETHER * CLK_LANES) {
        clk_real x[CLK_TOGETHER][CLK_ROWS];
        CLK_TOGETHER_DO(c) clk_load_set(x[c], a + j + c * CLK_LANES, span, layers);
        clk_backward_layers(x, table, 1, 0, layers, 1, m);
        CLK_TOGETHER_DO(c) CLK_UNROLL for (size_t i = 0; i < half; i++) {
            uint64_t *p = a + j + c * CLK_LANES + i * span;
            clk_real sum = clk_plus(x[c][i], x[c][half + i]);
            clk_real difference = clk_minus(x[c][half + i], x[c][i]);
            sum = clk_times_constant(sum, scale->value, scale->quotient, m);
            difference =
                clk_times_constant(difference, scaled_root->value, scaled_root->quotient, m);
            clk_store(p, clk_settle_real(sum, m));
            clk_store(p + half * span, clk_settle_real(difference, m));
        }
    }
}

void CLK_NAME(ntt_inverse)(uint64_t *out, const uint64_t *a, clk_constant scale,
                           const clk_transform *transform) {
    const size_t n = transform->n;
    const uint64_t q = transform->modulus.q;
    if (!clk_wide_transforms(n, q)) {
        clk_scalar_ntt_inverse(out, a, scale, transform);
        return;
    }
    const clk_real_modulus m = clk_real_modulus_of(q);
    const uint64_t *table = transform->table;
    const int layers = clk_first_layers(n);
    clk_backward_parts(out, a, n, (size_t)1 << layers, table, &m);

    double root;
    __builtin_memcpy(&root, table + 2, sizeof root);
    const uint64_t residue = (uint64_t)(int64_t)root + (root < 0 ? q : 0);
    const uint64_t product = clk_multiply_mod(residue, scale.value, &transform->modulus);
    const clk_real_factor factor = clk_real_factor_of(scale.value, q);
    const clk_real_factor scaled_root = clk_real_factor_of(product, q);
    const size_t span = n >> layers;
    switch (layers) {
    case 1: clk_backward_last_pass(out, span, table, 1, &factor, &scaled_root, &m); break;
    case 2: clk_backward_last_pass(out, span, table, 2, &factor, &scaled_root, &m); break;
    default: clk_backward_last_pass(out, span, table, 3, &factor, &scaled_root, &m); break;
    }
}
