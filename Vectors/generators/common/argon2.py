"""Argon2id (RFC 9106), version 0x13."""

import hashlib
import struct

_MASK = (1 << 64) - 1
_VERSION, _ID, _SLICES = 0x13, 2, 4
_WORDS = 128


def _number(value):
    return value.to_bytes(4, "little")


def _hash(data, length):
    """H′ of section 3.3: BLAKE2b of any length."""
    data = _number(length) + data
    if length <= 64:
        return hashlib.blake2b(data, digest_size=length).digest()
    block = hashlib.blake2b(data).digest()
    result = block[:32]
    while length - len(result) > 64:
        block = hashlib.blake2b(block).digest()
        result += block[:32]
    return result + hashlib.blake2b(block, digest_size=length - len(result)).digest()


def _mix(v, a, b, c, d):
    """GB of section 3.6."""
    for x, y, z, count in ((a, b, d, 32), (c, d, b, 24), (a, b, d, 16), (c, d, b, 63)):
        low = (v[x] & 0xFFFFFFFF) * (v[y] & 0xFFFFFFFF)
        v[x] = (v[x] + v[y] + 2 * low) & _MASK
        value = v[z] ^ v[x]
        v[z] = (value >> count | value << (64 - count)) & _MASK


def _permute(v, places):
    """P of section 3.6, on sixteen words."""
    words = [v[place] for place in places]
    for column in range(4):
        _mix(words, column, 4 + column, 8 + column, 12 + column)
    for row in range(4):
        _mix(words, row, 4 + (row + 1) % 4, 8 + (row + 2) % 4, 12 + (row + 3) % 4)
    for place, word in zip(places, words):
        v[place] = word


def _compress(x, y):
    """G of section 3.5."""
    r = [a ^ b for a, b in zip(x, y)]
    z = list(r)
    for row in range(8):
        _permute(z, range(16 * row, 16 * row + 16))
    for column in range(8):
        _permute(z, [16 * row + 2 * column + half for row in range(8) for half in (0, 1)])
    return [a ^ b for a, b in zip(z, r)]


def _addresses(lane, segment, passes, blocks, index, count):
    """The pseudo-random words of a segment whose order does not depend on the secret (3.4.1.2)."""
    zero, result = [0] * _WORDS, []
    entry = [passes[0], lane, segment, blocks, passes[1], _ID] + [0] * (_WORDS - 6)
    while len(result) < count:
        entry[6] += 1
        result += _compress(zero, _compress(zero, entry))
    return result[index]


def argon2id(password, salt, passes, kibibytes, length, lanes=1, secret=b"", associated=b""):
    """`length` bytes from a password; the memory is `kibibytes` · 1024 bytes."""
    start = b"".join(
        _number(value) for value in (lanes, length, kibibytes, passes, _VERSION, _ID)
    ) + b"".join(_number(len(part)) + part for part in (password, salt, secret, associated))
    seed = hashlib.blake2b(start).digest()
    width = kibibytes // (_SLICES * lanes) * _SLICES
    part = width // _SLICES
    memory = [[None] * width for _ in range(lanes)]
    for lane in range(lanes):
        for column in (0, 1):
            block = _hash(seed + _number(column) + _number(lane), 1024)
            memory[lane][column] = list(struct.unpack("<128Q", block))
    for turn in range(passes):
        for segment in range(_SLICES):
            for lane in range(lanes):
                _fill(memory, turn, segment, lane, passes, part)
    last = [0] * _WORDS
    for lane in range(lanes):
        last = [a ^ b for a, b in zip(last, memory[lane][-1])]
    return _hash(struct.pack("<128Q", *last), length)


def _fill(memory, turn, segment, lane, passes, part):
    lanes, width = len(memory), len(memory[0])
    for index in range(2 if turn == segment == 0 else 0, part):
        column = segment * part + index
        before = memory[lane][column - 1]
        if turn == 0 and segment < 2:
            word = _addresses(lane, segment, (turn, passes), lanes * width, index, part)
        else:
            word = before[0]
        first, other = word & 0xFFFFFFFF, (word >> 32) % lanes
        if turn == segment == 0:
            other = lane
        # Section 3.4.2: what may be referred to, and where it begins.
        done = segment * part if turn == 0 else width - part
        if other == lane:
            area = done + index - 1
        else:
            area = done - (1 if index == 0 else 0)
        begin = 0 if turn == 0 else (segment + 1) % _SLICES * part
        place = area - 1 - (area * (first * first >> 32) >> 32)
        block = _compress(before, memory[other][(begin + place) % width])
        old = memory[lane][column]
        memory[lane][column] = block if turn == 0 else [a ^ b for a, b in zip(block, old)]


def _check():
    """The test vector of RFC 9106, section 5.3."""
    tag = argon2id(b"\1" * 32, b"\2" * 16, 3, 32, 32, 4, b"\3" * 8, b"\4" * 12)
    assert tag.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


_check()
