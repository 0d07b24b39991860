"""How bytes become coefficients. A source has `bytes(count)`."""


def _numbers(data, width):
    """Numbers of `width` bytes each, little endian."""
    return [
        int.from_bytes(data[start : start + width], "little") for start in range(0, len(data), width)
    ]


def ternary(degree, source):
    """Each byte below 255 gives its remainder modulo 3 less 1; bytes are drawn `degree` at a time."""
    coefficients = []
    while len(coefficients) < degree:
        coefficients += [byte % 3 - 1 for byte in source.bytes(degree) if byte != 255]
    return coefficients[:degree]


def centred_binomial(degree, source):
    """Parameter 21: six bytes each, bits 0 to 20 count up, bits 21 to 41 down."""
    ones = (1 << 21) - 1
    return [
        (value & ones).bit_count() - (value >> 21 & ones).bit_count()
        for value in _numbers(source.bytes(6 * degree), 6)
    ]


def uniform(degree, moduli, source):
    """Limb after limb: words of eight bytes, cut to the width of the modulus less 1, passed over when
    they are not below it. Each limb is drawn in rounds of as many words as are still wanted."""
    result = []
    for q in moduli:
        mask = (1 << (q - 1).bit_length()) - 1
        limb = []
        while len(limb) < degree:
            drawn = _numbers(source.bytes(8 * (degree - len(limb))), 8)
            limb += [word & mask for word in drawn if word & mask < q]
        result.append(limb)
    return result


class Replay:
    """A source of the bytes that it is given."""

    def __init__(self, data):
        self._data, self.used = bytes(data), 0

    def bytes(self, count):
        part = self._data[self.used : self.used + count]
        assert len(part) == count, "the replayed bytes are used up"
        self.used += count
        return part
