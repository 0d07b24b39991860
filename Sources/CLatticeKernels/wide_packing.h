// Unpacking: sixteen bytes that hold two fields at a time, spread over two lanes by a byte shuffle
// and shifted in place. Beyond 57 bits a field does not fit the eight bytes of a lane.

enum { CLK_WIDEST_FIELD = 57, CLK_PAIRS = CLK_LANES / 2 };

// How the fields of one vector lie in a group of eight fields.
typedef struct {
    // The first byte of each pair of fields.
    size_t offsets[CLK_PAIRS];
    // For each byte of a lane its place in the sixteen bytes of the pair.
    uint64_t sources[CLK_LANES];
    uint64_t shifts[CLK_LANES];
} clk_field_shape;

static clk_field_shape clk_field_shape_of(size_t first, unsigned bits) {
    clk_field_shape shape;
    for (size_t lane = 0; lane < CLK_LANES; lane++) {
        const size_t pair = (first + lane) / 2 * 2 * bits / 8;
        const size_t start = (first + lane) * bits - 8 * pair;
        shape.offsets[lane / 2] = pair;
        shape.sources[lane] = 0x0706050403020100 + start / 8 * 0x0101010101010101;
        shape.shifts[lane] = start % 8;
    }
    return shape;
}

uint64_t CLK_NAME(unpack)(uint64_t *out, const uint8_t *a, size_t n, unsigned bits) {
    const size_t bytes = n / 8 * bits;
    size_t k = 0;
    clk_word largest = clk_all_word(0);
    if (bits <= CLK_WIDEST_FIELD) {
        const clk_word mask = clk_all_word(((uint64_t)1 << bits) - 1);
        clk_field_shape shapes[8 / CLK_LANES];
        for (size_t i = 0; i < 8 / CLK_LANES; i++) {
            shapes[i] = clk_field_shape_of(CLK_LANES * i, bits);
        }
        // The last pair of a group is read from byte 6 bits / 8 on, sixteen bytes.
        for (size_t group = 0; group + 6 * bits / 8 + 16 <= bytes; group += bits, k += 8) {
            CLK_UNROLL for (size_t i = 0; i < 8 / CLK_LANES; i++) {
                clk_word x = clk_load_pairs(a + group, shapes[i].offsets);
                x = clk_shuffle_bytes(x, clk_load(shapes[i].sources));
                x = clk_word_and(clk_word_right_each(x, clk_load(shapes[i].shifts)), mask);
                largest = clk_larger_word(largest, x);
                clk_store(out + k + CLK_LANES * i, x);
            }
        }
    }
    uint64_t lanes[CLK_LANES];
    clk_store(lanes, largest);
    uint64_t result = clk_scalar_unpack(out + k, a + k / 8 * bits, n - k, bits);
    for (size_t lane = 0; lane < CLK_LANES; lane++) {
        // Without a branch: the largest of secret residues is not public.
        uint64_t above = 0 - ((result - lanes[lane]) >> 63);
        result = (lanes[lane] & above) | (result & ~above);
    }
    return result;
}
