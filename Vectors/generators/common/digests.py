"""Digests as Cryptally frames them: the domain's length (four bytes, little endian), the domain, the
data; BLAKE2b with 32 bytes (RFC 7693)."""

import hashlib
import struct

VECTOR_DOMAIN = "Cryptally test vector"


def digest(data, domain, key=b""):
    name = domain.encode()
    if len(key) > 64:
        key = digest(key, "cryptally.long-digest-key")
    framed = len(name).to_bytes(4, "little") + name + bytes(data)
    return hashlib.blake2b(framed, digest_size=32, key=key).digest()


def vector_digest(data):
    """The digest that stands in a vector for bytes that are too many."""
    return digest(data, VECTOR_DOMAIN).hex()


def words_digest(values):
    """The same of words, eight bytes each, little endian."""
    values = list(values)
    return vector_digest(struct.pack(f"<{len(values)}Q", *values))
