"""Bytes that follow from a seed: ChaCha20's keystream in its original form (Bernstein 2008; 64-bit
counter from 0, nonce 0) under the digest of the seed."""

import struct

from common.digests import VECTOR_DOMAIN, digest

_CONSTANTS = struct.unpack("<4I", b"expand 32-byte k")


def _rotate(x, count):
    return (x << count | x >> (32 - count)) & 0xFFFFFFFF


def _quarter(state, a, b, c, d):
    for x, y, z, count in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        state[x] = (state[x] + state[y]) & 0xFFFFFFFF
        state[z] = _rotate(state[z] ^ state[x], count)


def chacha20_block(key, counter, nonce=b"\0" * 8):
    """64 bytes of keystream."""
    start = [
        *_CONSTANTS,
        *struct.unpack("<8I", key),
        counter & 0xFFFFFFFF,
        counter >> 32,
        *struct.unpack("<2I", nonce),
    ]
    state = list(start)
    for _ in range(10):
        for column in range(4):
            _quarter(state, column, 4 + column, 8 + column, 12 + column)
        for row in range(4):
            _quarter(state, row, 4 + (row + 1) % 4, 8 + (row + 2) % 4, 12 + (row + 3) % 4)
    return struct.pack("<16I", *((x + y) & 0xFFFFFFFF for x, y in zip(state, start)))


class Keystream:
    """A source of bytes; each is given once."""

    def __init__(self, seed, domain=VECTOR_DOMAIN):
        self._key, self._counter, self._rest = digest(seed, domain), 0, b""
        self.used = 0

    def bytes(self, count):
        parts, have = [self._rest], len(self._rest)
        while have < count:
            parts.append(chacha20_block(self._key, self._counter))
            self._counter += 1
            have += 64
        whole = b"".join(parts)
        self._rest = whole[count:]
        self.used += count
        return whole[:count]

    def word(self):
        """Eight bytes as a number, little endian."""
        return int.from_bytes(self.bytes(8), "little")
