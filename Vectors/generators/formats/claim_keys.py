"""Key files of claims: a small schema, lattice material of the right form, and the files' bodies.

The polynomials are any residues: no format needs them to be keys that decrypt.
"""

from common import ed25519
from common.digests import digest
from common.polynomials import packed
from common.primes import largest_primes
from common.wire import (
    Layout,
    boolean,
    envelope,
    prefixed,
    sealed_box,
    signed,
    string,
    u8,
    u32,
    u64,
)
from formats.paillier_keys import PaillierKey

BAD_SIGNATURE = ("KeyError", "vector: the custodian's signature is not valid")
NO_FLAG = "it is neither 0 nor 1"

_POLICY = """minimum_cohort: 11
aggregates: [sum, count, avg, var_pop, var_samp, stddev_pop, stddev_samp, covar_pop, corr]
complement: true
dominance: none
rounding: 1
differential_privacy: none
"""
_COLUMNS = {
    "state": "type: text, protect: clear, nullable: true",
    "amount": "type: integer, range: [0, 3], protect: encrypted, use: [sum], nullable: false",
    "cost": "type: integer, range: [-5, 5], protect: paillier, nullable: true",
}


class ClaimSchema:
    """A schema of some of the columns, in canonical text."""

    def __init__(self, columns, capacity=20):
        self._head = f"table: claims\ncapacity: {capacity}\ndepth: 0\n"
        self._columns = columns

    @property
    def text(self):
        lines = [f'  "{name}": {{ name: {name}, {_COLUMNS[name]} }}\n' for name in self._columns]
        return f"{self._head}{_POLICY}columns:\n{''.join(lines)}"

    @property
    def stored_text(self):
        """What tables store: without what says how claims files are read."""
        return f"{self._head}{_POLICY}{self._stored_columns}"

    @property
    def policy(self):
        return _POLICY

    @property
    def fingerprint(self):
        return digest((self._head + self._stored_columns).encode(), "Cryptally schema")

    @property
    def _stored_columns(self):
        lines = [f"  {name}: {{ {_COLUMNS[name]} }}\n" for name in self._columns]
        return "columns:\n" + "".join(lines)


class Ring:
    """Lattice parameters for tests."""

    def __init__(self, degree=8, plaintext=193, count=2, bits=30):
        primes = largest_primes(count + 1, bits, degree)
        self.degree, self.plaintext = degree, plaintext
        self.special, self.moduli = primes[0], primes[1:]
        self.testing = True

    @property
    def parameters(self):
        return self.layout().bytes

    def layout(self, **changes):
        """The fields of the parameters, some of them changed."""
        get = lambda name: changes.get(name, getattr(self, name))
        result = Layout()
        result.add("ring degree", u32(get("degree")))
        result.add("plaintext modulus", u64(get("plaintext")))
        result.add("number of ciphertext moduli", u32(changes.get("count", len(get("moduli")))))
        for modulus in get("moduli"):
            result.add("ciphertext modulus", u64(modulus))
        result.add("special prime", u64(get("special")))
        result.add("testing flag", u8(int(get("testing"))))
        return result

    @property
    def fields(self):
        return {
            "degree": self.degree,
            "plaintext_modulus": f"{self.plaintext:x}",
            "ciphertext_moduli": [f"{modulus:x}" for modulus in self.moduli],
            "special_modulus": f"{self.special:x}",
            "is_testing": self.testing,
        }

    def polynomial(self, generator, moduli=None):
        """Random residues, packed."""
        return b"".join(
            packed([generator.randrange(q) for _ in range(self.degree)], (q - 1).bit_length())
            for q in (self.moduli if moduli is None else moduli)
        )

    def raised(self, polynomial, moduli, limb):
        """The polynomial with the modulus itself as a limb's last residue."""
        sizes = [self.degree * (q - 1).bit_length() // 8 for q in moduli]
        start, q = sum(sizes[:limb]), moduli[limb]
        bits = (q - 1).bit_length()
        value = int.from_bytes(polynomial[start : start + sizes[limb]], "little")
        low = (1 << bits * (self.degree - 1)) - 1
        value = value & low | q << bits * (self.degree - 1)
        data = value.to_bytes(sizes[limb], "little")
        return polynomial[:start] + data + polynomial[start + sizes[limb] :]

    @property
    def key_moduli(self):
        return [*self.moduli, self.special]

    def switch_key(self, generator):
        """A key switching key: a seed, then a polynomial over all primes for each digit."""
        seed = generator.randbytes(32)
        return seed, [self.polynomial(generator, self.key_moduli) for _ in self.moduli]


class ClaimKeys:
    """The keys of a schema: what a custodian has."""

    def __init__(self, generator, columns, paillier_bits=256):
        self.schema = ClaimSchema(columns)
        self.ring = Ring() if "amount" in columns else None
        self.paillier = PaillierKey(generator, paillier_bits) if "cost" in columns else None
        self.seed = generator.randbytes(32)
        self.custodian = ed25519.public_key(self.seed)
        self.lattice = None
        if self.ring:
            self.lattice = (generator.randbytes(32), self.ring.polynomial(generator))
        self.secret = bytes(
            generator.choice((0, 1, 255)) for _ in range(self.ring.degree if self.ring else 0)
        )

    @property
    def testing(self):
        return True

    @property
    def layout_fingerprint(self):
        ring = self.ring.parameters if self.ring else b""
        bits = self.paillier.bits if self.paillier else 0
        return digest(
            self.schema.fingerprint + boolean(self.ring) + ring + u32(bits),
            "Cryptally table layout",
        )

    def public_layout(self, **changes):
        """The fields of the public keys' body, some of them changed; None takes a field away."""
        result = Layout()

        def add(name, data, label=None):
            data = changes.get(label or name, data)
            if data is not None:
                result.add(name, data)

        add("schema fingerprint", self.schema.fingerprint)
        add("custodian's key", self.custodian)
        add("lattice key flag", boolean(self.ring))
        if self.ring:
            for name, data in changes.get("parameters", self.ring.layout()).parts():
                result.add(name, data)
            add("public key seed", self.lattice[0])
            add("public key", self.lattice[1])
        add("Paillier key flag", boolean(self.paillier))
        if self.paillier:
            add("Paillier key", prefixed(self.paillier.public))
        return result

    @property
    def public_body(self):
        return self.public_layout().bytes

    @property
    def fingerprint(self):
        return digest(self.public_body, "Cryptally public key")

    def public_file(self, body=None, **changes):
        """The file of a body, signed by whoever has the custodian's seed."""
        body = self.public_body if body is None else body
        payload = signed(
            body, changes.get("context", "Cryptally public key"), changes.get("seed", self.seed)
        )
        return envelope(
            "public key",
            1,
            changes.get("testing", self.testing),
            changes.get("layout", self.layout_fingerprint),
            changes.get("fingerprint", digest(body, "Cryptally public key")),
            payload,
        )

    def secret_layout(self, pins, **changes):
        """The fields of what the secret key's file seals."""
        result = Layout()

        def add(name, data):
            data = changes.get(name, data)
            if data is not None:
                result.add(name, data)

        add("schema", string(self.schema.text))
        add("disclosure policy", string(self.schema.policy))
        add("server keys", u32(len(pins)))
        add("server key", b"".join(pins))
        add("public key", prefixed(self.public_file()))
        add("signing key", self.seed)
        if self.ring:
            add("lattice secret", self.secret)
        if self.paillier:
            add("Paillier secret size", u32(len(self.paillier.secret)))
            add("Paillier secret", self.paillier.secret)
        return result

    def secret_file(self, content, randomness, passphrase=b"open sesame", **changes):
        layout = changes.get("layout", self.layout_fingerprint)
        fingerprint = changes.get("fingerprint", self.fingerprint)
        associated = b"Cryptally secret key" + changes.get("bound", layout + fingerprint)
        box = sealed_box(content, passphrase, associated, randomness[:16], randomness[16:])
        testing = changes.get("testing", self.testing)
        return envelope("secret key", 1, testing, layout, fingerprint, changes.get("box", box))

    def evaluation_layout(self, generator, elements=(), **changes):
        """The fields of the evaluation keys' body."""
        result = Layout()
        result.add("public key", changes.get("public key", prefixed(self.public_file())))
        result.add("relinearization key flag", changes.get("relinearization", boolean(self.ring)))
        if self.ring:
            self._add_switch_key(result, generator)
        result.add("Galois keys flag", changes.get("Galois", boolean(elements)))
        if elements:
            result.add("number of Galois keys", u32(changes.get("count", len(elements))))
            for element in elements:
                result.add("Galois element", u32(element))
                self._add_switch_key(result, generator)
        return result

    def _add_switch_key(self, layout, generator):
        seed, polynomials = self.ring.switch_key(generator)
        layout.add("key switching seed", seed)
        for polynomial in polynomials:
            layout.add("key switching key", polynomial)

    def evaluation_file(self, body, **changes):
        payload = signed(
            body, changes.get("context", "Cryptally evaluation key"), changes.get("seed", self.seed)
        )
        return envelope(
            "evaluation key",
            1,
            changes.get("testing", self.testing),
            changes.get("layout", self.layout_fingerprint),
            changes.get("fingerprint", self.fingerprint),
            payload,
        )


def key_rings(generator):
    """Keys of a schema with columns of every protection, with encrypted ones only, with Paillier ones."""
    return (
        ClaimKeys(generator, ["state", "amount", "cost"]),
        ClaimKeys(generator, ["amount"]),
        ClaimKeys(generator, ["state", "cost"]),
    )
