"""The parties' keys, from seeds, and the files that hold their public halves."""

from common import bfv, ed25519, wire
from common.digests import digest
from common.keystream import Keystream
from common.paillier import drawn_key


def little_endian(bits, source):
    """A number of so many bits from whole words of eight bytes, the bits in excess dropped."""
    data = source.bytes((bits + 63) // 64 * 8)
    return int.from_bytes(data, "little") & ((1 << bits) - 1)


def unit_below(bound, source):
    """Uniform in [1, bound)."""
    while True:
        candidate = little_endian(bound.bit_length(), source)
        if 0 < candidate < bound:
            return candidate


class Custodian:
    """All keys of a consortium: secrets, public keys, evaluation keys."""

    def __init__(self, layout, seed, evaluation_seed):
        self.layout, self.seed, self.evaluation_seed = layout, seed, evaluation_seed
        source, parameters = Keystream(seed), layout.parameters
        self.secret = bfv.SecretKey(parameters, source) if parameters else None
        self.paillier = (
            drawn_key(layout.paillier_bits, source) if layout.packing else None
        )
        self.signing_seed = source.bytes(32)
        self.signing_key = ed25519.public_key(self.signing_seed)
        self.public = bfv.PublicKey(self.secret, source) if parameters else None
        self.public_body = self._public_body()
        self.fingerprint = digest(self.public_body, "Cryptally public key")

        source = Keystream(evaluation_seed)
        self.relinearization = bfv.RelinearizationKey(self.secret, source) if parameters else None
        self.galois = None
        if layout.needs_packing:
            elements = bfv.packing_elements(parameters.degree)
            self.galois = bfv.GaloisKeys(self.secret, elements, source)

    def _public_body(self):
        data = self.layout.schema.fingerprint() + self.signing_key
        data += wire.boolean(self.secret is not None)
        if self.secret:
            data += self.layout.parameters.serialized() + self.public.serialized()
        data += wire.boolean(self.paillier is not None)
        return data + (wire.prefixed(self.paillier.public()) if self.paillier else b"")

    def public_file(self):
        return self._file("public key", self.public_body, "Cryptally public key")

    def evaluation_file(self):
        data = wire.prefixed(self.public_file())
        for key in (self.relinearization, self.galois):
            data += wire.boolean(key is not None) + (key.serialized() if key else b"")
        return self._file("evaluation key", data, "Cryptally evaluation key")

    def _file(self, kind, body, context):
        payload = wire.signed(body, context, self.signing_seed)
        return wire.envelope(kind, 1, True, self.layout.fingerprint(), self.fingerprint, payload)


class Server:
    """An evaluating server's signing key."""

    def __init__(self, seed):
        self.seed, self.public = seed, ed25519.public_key(seed)

    def file(self):
        fingerprint = digest(self.public, "cryptally.verifying-key")
        return wire.envelope("server key", 1, False, wire.NO_PARAMETERS, fingerprint, self.seed)
