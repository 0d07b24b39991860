"""Bytes that follow from a seed: ChaCha20's keystream in its original form (Bernstein 2008; 64-bit
counter from 0, nonce 0) under the digest of the seed."""

import struct

from common.digests import VECTOR_DOMAIN, digest

_CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")
# Words of many blocks stand side by side in one number, 32 bits of 64 each: so sums and shifts have
# room, and what they carry out of a word is masked away.
_MOST_BLOCKS = 256


def _rotate(x, count, mask):
    return (x << count | x >> (32 - count)) & mask


def _quarter(state, mask, a, b, c, d):
    for x, y, z, count in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        state[x] = (state[x] + state[y]) & mask
        state[z] = _rotate(state[z] ^ state[x], count, mask)


def chacha20_rounds(state, mask=0xFFFFFFFF):
    """The twenty rounds, in place."""
    for _ in range(10):
        for column in range(4):
            _quarter(state, mask, column, 4 + column, 8 + column, 12 + column)
        for row in range(4):
            _quarter(
                state, mask, row, 4 + (row + 1) % 4, 8 + (row + 2) % 4, 12 + (row + 3) % 4
            )


def chacha20_blocks(key, counter, count, nonce=b"\0" * 8):
    """64 bytes of keystream for each of `count` counters."""
    ones = sum(1 << 64 * block for block in range(count))
    mask = 0xFFFFFFFF * ones
    counters = range(counter, counter + count)
    start = [
        *(word * ones for word in (*_CONSTANTS, *struct.unpack("<8I", key))),
        sum((value & 0xFFFFFFFF) << 64 * block for block, value in enumerate(counters)),
        sum((value >> 32) << 64 * block for block, value in enumerate(counters)),
        *(word * ones for word in struct.unpack("<2I", nonce)),
    ]
    state = list(start)
    chacha20_rounds(state, mask)
    words = [
        struct.unpack(f"<{count}Q", ((x + y) & mask).to_bytes(8 * count, "little"))
        for x, y in zip(state, start)
    ]
    return b"".join(struct.pack("<16I", *block) for block in zip(*words))


class Keystream:
    """A source of bytes; each is given once."""

    def __init__(self, seed, domain=VECTOR_DOMAIN):
        self._key, self._counter, self._rest = digest(seed, domain), 0, b""
        self.used = 0

    def bytes(self, count):
        parts, have = [self._rest], len(self._rest)
        while have < count:
            blocks = min((count - have + 63) // 64, _MOST_BLOCKS)
            parts.append(chacha20_blocks(self._key, self._counter, blocks))
            self._counter += blocks
            have += 64 * blocks
        whole = b"".join(parts)
        self._rest = whole[count:]
        self.used += count
        return whole[:count]

    def word(self):
        """Eight bytes as a number, little endian."""
        return int.from_bytes(self.bytes(8), "little")
