"""What Cryptally's files are made of: little-endian fields, envelopes, signed bodies, sealed boxes."""

from common import ed25519
from common.argon2 import argon2id
from common.chacha import xchacha20_poly1305_seal
from common.digests import digest

MAGIC = b"CRYPTALY"
HEADER = 88
KINDS = {
    "public key": 1,
    "secret key": 2,
    "evaluation key": 3,
    "server key": 4,
    "answer": 5,
    "ciphertext": 6,
    "Paillier ciphertext": 7,
    "table description": 8,
    "journal": 9,
    "test vector": 10,
    "Paillier public key": 11,
    "Paillier secret key": 12,
    "ledger": 13,
    "ledger head": 14,
}
NO_PARAMETERS = digest(b"", "Cryptally no parameters")


def u8(value):
    return value.to_bytes(1, "little")


def u16(value):
    return value.to_bytes(2, "little")


def u32(value):
    return value.to_bytes(4, "little")


def u64(value):
    return value.to_bytes(8, "little")


def i64(value):
    return value.to_bytes(8, "little", signed=True)


def boolean(value):
    return u8(1 if value else 0)


def string(text):
    """The length in bytes, then UTF-8. Bytes stand for themselves, valid or not."""
    data = text.encode() if isinstance(text, str) else text
    return u32(len(data)) + data


def prefixed(data):
    return u64(len(data)) + data


def resealed(content):
    """What stands before an envelope's digest, and the digest."""
    return content + digest(content, "cryptally.envelope")


def envelope(kind, version, testing, parameters, key, payload, flags=None, length=None):
    """An envelope; flags and length other than the right ones are for invalid cases."""
    number = KINDS[kind] if isinstance(kind, str) else kind
    return resealed(
        MAGIC
        + u16(version)
        + u16(number)
        + u8(int(testing) if flags is None else flags)
        + bytes(3)
        + parameters
        + key
        + u64(len(payload) if length is None else length)
        + payload
    )


def signed(body, context, seed, bindings=()):
    """A body and the Ed25519 signature over its digest, after its context and what it is bound to."""
    message = context.encode() + b"".join(bindings) + digest(body, context)
    return body + ed25519.sign(seed, message)


def sealed_box(secret, passphrase, associated, salt, nonce, passes=1, memory=8192, version=1):
    """A secret under a passphrase."""
    header = u16(version) + u32(passes) + u64(memory) + salt + nonce
    key = argon2id(passphrase, salt, passes, memory // 1024, 32)
    return header + xchacha20_poly1305_seal(key, nonce, secret, header + associated)


class Layout:
    """Bytes with names for their fields, so that a file can be cut and altered field by field."""

    def __init__(self):
        self.bytes, self.fields = b"", []

    def add(self, name, data):
        self.fields.append((name, len(self.bytes), len(data)))
        self.bytes += data
        return self

    def parts(self):
        """The fields with their bytes."""
        return [(name, self.bytes[start : start + length]) for name, start, length in self.fields]

    def start(self, name):
        """Where the first field of a name begins."""
        return next(start for field, start, _ in self.fields if field == name)
