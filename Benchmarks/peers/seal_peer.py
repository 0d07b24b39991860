"""Times SEAL through `tenseal.sealapi`, which is SEAL's own interface, and prints JSON lines.

SEAL computes on the thread that calls it. A call through the binding costs well under a
microsecond; where the binding would convert or copy data, the operation is called so that it does
not, as noted below.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import tenseal
import tenseal.sealapi as seal

import lattice_values as lattice
from lattice_values import DEGREE, PAIRS, PRIME_BITS, PRIMES, TERMS
from timing import announce, measure


class Peer:
    """Keys and tools for one plaintext modulus."""

    def __init__(self, plaintext_modulus):
        self.modulus = plaintext_modulus
        parameters = seal.EncryptionParameters(seal.SCHEME_TYPE.BFV)
        parameters.set_poly_modulus_degree(DEGREE)
        parameters.set_coeff_modulus(
            seal.CoeffModulus.Create(DEGREE, [PRIME_BITS] * (PRIMES + 1)))
        parameters.set_plain_modulus(plaintext_modulus)
        context = seal.SEALContext(parameters, True, seal.SEC_LEVEL_TYPE.TC128)
        if not context.parameters_set():
            raise SystemExit(context.parameters_error_message())
        self.level = context.first_parms_id()
        self.keys = seal.KeyGenerator(context)
        public_key = seal.PublicKey()
        self.keys.create_public_key(public_key)
        self.relinearization = seal.RelinKeys()
        self.keys.create_relin_keys(self.relinearization)
        self.encoder = seal.BatchEncoder(context)
        self.encryptor = seal.Encryptor(context, public_key)
        self.decryptor = seal.Decryptor(context, self.keys.secret_key())
        self.evaluator = seal.Evaluator(context)

    def galois_keys(self, steps, columns=False):
        """Keys for turning the rows left by the steps, and for swapping the columns.

        The binding takes a list of numbers for Galois elements, not for steps.
        """
        elements = [pow(3, step, 2 * DEGREE) for step in steps]
        keys = seal.GaloisKeys()
        self.keys.create_galois_keys(elements + [2 * DEGREE - 1] * columns, keys)
        return keys

    def encode(self, vector):
        plaintext = seal.Plaintext()
        self.encoder.encode(vector.tolist(), plaintext)
        return plaintext

    def prepare(self, vector):
        plaintext = self.encode(vector)
        self.evaluator.transform_to_ntt_inplace(plaintext, self.level)
        return plaintext

    def encrypt(self, vector, transformed=False):
        ciphertext = seal.Ciphertext()
        self.encryptor.encrypt(self.encode(vector), ciphertext)
        if transformed:
            self.evaluator.transform_to_ntt_inplace(ciphertext)
        return ciphertext

    def check(self, name, ciphertext, expected):
        plaintext = seal.Plaintext()
        if ciphertext.is_ntt_form():
            self.evaluator.transform_from_ntt_inplace(ciphertext)
        self.decryptor.decrypt(ciphertext, plaintext)
        lattice.check(name, self.encoder.decode_int64(plaintext), expected, self.modulus)


def version():
    """The major and minor version of SEAL, as it writes them into its files."""
    header = seal.Serialization.SEALHeader()
    return f"{header.version_major}.{header.version_minor}"


def single_operations(peer):
    evaluator = peer.evaluator
    left, right = lattice.values(1), lattice.values(2)
    plaintext, result = seal.Plaintext(), seal.Ciphertext()
    a, b = peer.encrypt(left), peer.encrypt(right)

    # The transforms of all limbs of both parts, divided by their number. Each undoes the other.
    limbs = 2 * PRIMES
    transformed, back = peer.encrypt(left), peer.encrypt(left, transformed=True)
    measure(
        "ntt-forward", lambda: evaluator.transform_to_ntt_inplace(transformed), share=limbs,
        before=lambda: transformed.is_ntt_form()
        and evaluator.transform_from_ntt_inplace(transformed))
    measure(
        "ntt-inverse", lambda: evaluator.transform_from_ntt_inplace(back), share=limbs,
        before=lambda: back.is_ntt_form() or evaluator.transform_to_ntt_inplace(back))

    # One value: SEAL fills the other slots with zeros and does the same work, but the binding has
    # no list of 8,192 numbers to convert.
    measure("encode", lambda: peer.encoder.encode([1], plaintext))
    full = peer.encode(left)
    measure("encrypt", lambda: peer.encryptor.encrypt(full, result))
    measure("decrypt", lambda: peer.decryptor.decrypt(a, plaintext))

    total = peer.encrypt(left)
    measure("add", lambda: evaluator.add_inplace(total, b), calls=20)
    product, factor = peer.encrypt(left, transformed=True), peer.prepare(right)
    measure("multiplyPlain", lambda: evaluator.multiply_plain_inplace(product, factor), calls=10)

    three, two = seal.Ciphertext(), seal.Ciphertext()
    measure("multiply", lambda: evaluator.multiply(a, b, three))
    measure("relinearize", lambda: evaluator.relinearize(three, peer.relinearization, two))
    peer.check("multiply", two, left * right)
    keys = peer.galois_keys([1])
    measure("rotate", lambda: evaluator.rotate_rows(a, 1, keys, result))
    key = seal.RelinKeys()
    measure("keygen-relin", lambda: peer.keys.create_relin_keys(key))


def sums(peer):
    evaluator = peer.evaluator
    ciphertexts = [peer.encrypt(lattice.values(i)) for i in range(TERMS)]
    total, product = seal.Ciphertext(), seal.Ciphertext()

    # `add_many` takes a vector, for which the binding would copy all ciphertexts.
    def add_up():
        evaluator.add(ciphertexts[0], ciphertexts[1], total)
        for i in range(2, TERMS):
            evaluator.add_inplace(total, ciphertexts[i])

    measure("sum-1000", add_up, seconds=2)
    peer.check("sum-1000", total, sum(lattice.values(i) for i in range(TERMS)))

    for ciphertext in ciphertexts:
        evaluator.transform_to_ntt_inplace(ciphertext)
    factors = [peer.prepare(lattice.values(i + 1)) for i in range(TERMS)]

    def multiply_and_add_up():
        evaluator.multiply_plain(ciphertexts[0], factors[0], total)
        for i in range(1, TERMS):
            evaluator.multiply_plain(ciphertexts[i], factors[i], product)
            evaluator.add_inplace(total, product)

    measure("inner-1000", multiply_and_add_up, seconds=2)
    peer.check(
        "inner-1000", total, sum(lattice.values(i) * lattice.values(i + 1) for i in range(TERMS)))


def conditional_sum(peer):
    evaluator = peer.evaluator
    steps = [1 << k for k in range((DEGREE // 2).bit_length() - 1)]
    keys = peer.galois_keys(steps, columns=True)
    indicators = [peer.encrypt(lattice.values(i) % 2) for i in range(PAIRS)]
    amounts = [peer.encrypt(lattice.values(i)) for i in range(PAIRS)]
    total, product, turned = seal.Ciphertext(), seal.Ciphertext(), seal.Ciphertext()

    def run():
        evaluator.multiply(indicators[0], amounts[0], total)
        for i in range(1, PAIRS):
            evaluator.multiply(indicators[i], amounts[i], product)
            evaluator.add_inplace(total, product)
        evaluator.relinearize_inplace(total, peer.relinearization)
        for step in steps:
            evaluator.rotate_rows(total, step, keys, turned)
            evaluator.add_inplace(total, turned)
        evaluator.rotate_columns(total, keys, turned)
        evaluator.add_inplace(total, turned)

    measure("conditional-sum-1M", run, seconds=3, least=3)
    expected = sum(int((lattice.values(i) % 2 * lattice.values(i)).sum()) for i in range(PAIRS))
    peer.check("conditional-sum-1M", total, [expected] * DEGREE)


def main():
    announce(
        f"SEAL {version()} (TenSEAL {tenseal.__version__})",
        f"N {DEGREE}, {PRIMES} + 1 primes of {PRIME_BITS} bits, t {lattice.PLAINTEXT_MODULUS}, "
        f"for the conditional sum {lattice.WIDE_PLAINTEXT_MODULUS}")
    peer = Peer(lattice.PLAINTEXT_MODULUS)
    single_operations(peer)
    sums(peer)
    conditional_sum(Peer(lattice.WIDE_PLAINTEXT_MODULUS))


main()
