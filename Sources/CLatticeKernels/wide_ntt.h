// Transforms in double precision: what both directions share. The first pass forward goes over the
// whole array; the others, of three layers each, and the last layers, on blocks, go part by part,
// so that a part stays in the first-level cache. Backward is the reverse. Between the passes the
// cells of `out` hold doubles.
//
// The table holds one direction, n pairs of doubles (w, w / q), |w| <= q / 2: first the roots at
// the positions below n / CLK_LANES in canonical order, for layers between vectors; then, for each
// tile of CLK_LANES^2 values, the vectors of the layers within vectors, which are made after a
// transpose. The way back needs the inverses: within a level of 2^l positions that at i is minus
// the root at 2^l - 1 - i. So it takes the same table mirrored, and v - u in place of u - v.

enum {
    // The vectors of a block, which are transposed in square tiles.
    CLK_ROWS = 8,
    CLK_BLOCK = CLK_ROWS * CLK_LANES,
    CLK_TILE = CLK_LANES * CLK_LANES,
    CLK_TILES = CLK_BLOCK / CLK_TILE,
    // The layers within vectors, and the words of their table for a tile.
    CLK_LANE_LAYERS = CLK_LANES == 8 ? 3 : CLK_LANES == 4 ? 2 : 1,
    CLK_TILE_WORDS = 2 * CLK_LANES * (CLK_LANES - 1),
};

#define CLK_TILES_DO(t) CLK_UNROLL for (size_t t = 0; t < CLK_TILES; t++)

CLK_INLINE int clk_wide_transforms(size_t n, uint64_t q) {
    return n >= 2 * CLK_BLOCK && clk_wide_holds(q);
}

// Scalar's table, for what goes there, is the larger.
size_t CLK_NAME(transform_words)(size_t n) { return clk_scalar_transform_words(n); }

CLK_INLINE uint64_t clk_cell(double x) {
    uint64_t cell;
    __builtin_memcpy(&cell, &x, sizeof cell);
    return cell;
}

void CLK_NAME(transform_prepare)(uint64_t *table, size_t n, const clk_modulus *modulus,
                                 uint64_t psi) {
    const uint64_t q = modulus->q;
    if (!clk_wide_transforms(n, q)) {
        clk_scalar_transform_prepare(table, n, modulus, psi);
        return;
    }
    uint64_t *roots = table + 2 * n;
    clk_root_powers(roots, table + 3 * n, n, modulus, psi);
    for (size_t position = 0; position < n / CLK_LANES; position++) {
        double w = clk_centred(roots[position], q);
        *table++ = clk_cell(w);
        *table++ = clk_cell(w / (double)q);
    }
    for (size_t tile = 0; tile < n / CLK_TILE; tile++) {
        for (size_t layer = 1; layer < CLK_LANES; layer *= 2) {
            for (size_t i = 0; i < layer; i++, table += 2 * CLK_LANES) {
                for (size_t lane = 0; lane < CLK_LANES; lane++) {
                    size_t position = (n / CLK_LANES + CLK_LANES * tile + lane) * layer + i;
                    double w = clk_centred(roots[position], q);
                    table[lane] = clk_cell(w);
                    table[CLK_LANES + lane] = clk_cell(w / (double)q);
                }
            }
        }
    }
}

// How many layers the first pass over the array takes: the other passes take three.
CLK_INLINE int clk_first_layers(size_t n) {
    int layers = __builtin_ctzll(n) - __builtin_ctzll(CLK_BLOCK);
    return (layers - 1) % 3 + 1;
}

// A set of vectors that lie `span` apart.
CLK_INLINE void clk_load_set(clk_real *x, const uint64_t *a, size_t span, const int layers) {
    CLK_UNROLL for (size_t i = 0; i < (size_t)1 << layers; i++) x[i] = clk_load_real(a + i * span);
}

CLK_INLINE void clk_store_set(uint64_t *a, size_t span, const clk_real *x) {
    CLK_UNROLL for (size_t i = 0; i < CLK_ROWS; i++) clk_store_real(a + i * span, x[i]);
}
