"""ChaCha20 and what is built on it: XChaCha20-Poly1305 (RFC 8439; draft-irtf-cfrg-xchacha-03)."""

import struct

from common.keystream import chacha20_blocks, chacha20_rounds

_CONSTANTS = b"expand 32-byte k"


def _stream(key, counter, nonce, count):
    """Blocks of RFC 8439's form: a 32-bit counter and a nonce of 12 bytes."""
    start = counter | int.from_bytes(nonce[:4], "little") << 32
    return chacha20_blocks(key, start, count, nonce[4:])


def _encrypted(key, counter, nonce, data):
    stream = _stream(key, counter, nonce, (len(data) + 63) // 64)
    return bytes(x ^ y for x, y in zip(data, stream))


def poly1305(key, message):
    """RFC 8439, section 2.5."""
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for start in range(0, len(message), 16):
        block = int.from_bytes(message[start : start + 16] + b"\1", "little")
        total = (total + block) * r % ((1 << 130) - 5)
    return ((total + int.from_bytes(key[16:], "little")) & ((1 << 128) - 1)).to_bytes(16, "little")


def _padded(data):
    return data + bytes(-len(data) % 16)


def _tag(key, nonce, associated, sealed):
    lengths = struct.pack("<QQ", len(associated), len(sealed))
    return poly1305(_stream(key, 0, nonce, 1)[:32], _padded(associated) + _padded(sealed) + lengths)


def hchacha20(key, nonce):
    """The key that follows from a key and 16 bytes of nonce (the draft's section 2.2)."""
    state = list(struct.unpack("<16I", _CONSTANTS + key + nonce))
    chacha20_rounds(state)
    return struct.pack("<8I", *state[:4], *state[12:])


def xchacha20_poly1305_seal(key, nonce, message, associated):
    """The ciphertext, then the 16 bytes of tag; the nonce has 24 bytes."""
    inner, short = hchacha20(key, nonce[:16]), bytes(4) + nonce[16:]
    sealed = _encrypted(inner, 1, short, message)
    return sealed + _tag(inner, short, associated, sealed)


def _check():
    """The test vectors of RFC 8439, section 2.5.2, and of the draft, sections 2.2.1 and A.3.1."""
    key = bytes.fromhex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b")
    tag = poly1305(key, b"Cryptographic Forum Research Group")
    assert tag.hex() == "a8061dc1305136c6c22b8baf0c0127a9"
    derived = hchacha20(bytes(range(32)), bytes.fromhex("000000090000004a0000000031415927"))
    assert derived.hex() == "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc"
    message = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
        b"future, sunscreen would be it."
    )
    sealed = xchacha20_poly1305_seal(
        bytes(range(0x80, 0xA0)),
        bytes(range(0x40, 0x58)),
        message,
        bytes.fromhex("50515253c0c1c2c3c4c5c6c7"),
    )
    assert sealed[:16].hex() == "bd6d179d3e83d43b9576579493c0e939"
    assert sealed[-16:].hex() == "c0875924c1c7987947deafd8780acf49"


_check()
