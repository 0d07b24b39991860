"""Times OpenFHE through its own Python package and prints JSON lines.

OpenFHE chooses its moduli itself, from the plaintext modulus, the depth and the size of a prime.
The depths below make it take four primes of 42 bits, as the others have. Key switching is BV,
which decomposes by primes and needs no special one: with HYBRID its own check of security refuses
N = 8192 at this size. Transforms of a single limb are not in the package.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import importlib.metadata
import math

import openfhe

import lattice_values as lattice
from lattice_values import DEGREE, PAIRS, PRIME_BITS, PRIMES, TERMS
from timing import announce, measure

DEPTH = 3
WIDE_DEPTH = 2


class Peer:
    """Keys and tools for one plaintext modulus."""

    def __init__(self, plaintext_modulus, depth):
        self.modulus = plaintext_modulus
        parameters = openfhe.CCParamsBFVRNS()
        parameters.SetSecurityLevel(openfhe.SecurityLevel.HEStd_128_classic)
        parameters.SetPlaintextModulus(plaintext_modulus)
        parameters.SetMultiplicativeDepth(depth)
        parameters.SetRingDim(DEGREE)
        parameters.SetScalingModSize(PRIME_BITS)
        parameters.SetKeySwitchTechnique(openfhe.KeySwitchTechnique.BV)
        self.context = openfhe.GenCryptoContext(parameters)
        for feature in ("PKE", "KEYSWITCH", "LEVELEDSHE", "ADVANCEDSHE"):
            self.context.Enable(getattr(openfhe.PKESchemeFeature, feature))
        bits = math.log2(self.context.GetModulus())
        if round(bits) != PRIMES * PRIME_BITS:
            raise SystemExit(f"OpenFHE chose a modulus of {bits:.0f} bits")
        self.keys = self.context.KeyGen()
        self.context.EvalMultKeyGen(self.keys.secretKey)

    def encode(self, vector):
        return self.context.MakePackedPlaintext(vector)

    def encrypt(self, vector):
        return self.context.Encrypt(self.keys.publicKey, self.encode(vector))

    def check(self, name, ciphertext, expected):
        plaintext = self.context.Decrypt(ciphertext, self.keys.secretKey)
        lattice.check(name, plaintext.GetPackedValue(), expected, self.modulus)


def single_operations(peer):
    context = peer.context
    left, right = lattice.values(1), lattice.values(2)
    a, b = peer.encrypt(left), peer.encrypt(right)

    # OpenFHE takes the values from a buffer, and takes the plaintext to all primes on the way.
    measure("encode", lambda: peer.encode(left))
    plaintext = peer.encode(left)
    measure("encrypt", lambda: context.Encrypt(peer.keys.publicKey, plaintext))
    # Decodes the slots as well; it cannot be asked not to.
    measure("decrypt", lambda: context.Decrypt(a, peer.keys.secretKey))

    total = peer.encrypt(left)
    measure("add", lambda: context.EvalAddInPlace(total, b), calls=20)
    # Ciphertexts are in transformed form. There is no product in place with a plaintext.
    factor = peer.encode(right)
    measure("multiplyPlain", lambda: context.EvalMult(a, factor))

    measure("multiply", lambda: context.EvalMultNoRelin(a, b))
    three = context.EvalMultNoRelin(a, b)
    measure("relinearize", lambda: context.Relinearize(three))
    peer.check("multiply", context.Relinearize(three), left * right)
    context.EvalRotateKeyGen(peer.keys.secretKey, [1])
    measure("rotate", lambda: context.EvalRotate(a, 1))
    # A key that the context holds is not made again.
    measure(
        "keygen-relin", lambda: context.EvalMultKeyGen(peer.keys.secretKey),
        before=openfhe.ClearEvalMultKeys)


def sums(peer):
    context = peer.context
    ciphertexts = [peer.encrypt(lattice.values(i)) for i in range(TERMS)]

    def add_up():
        total = context.EvalAdd(ciphertexts[0], ciphertexts[1])
        for i in range(2, TERMS):
            context.EvalAddInPlace(total, ciphertexts[i])
        return total

    measure("sum-1000", add_up, seconds=2)
    peer.check("sum-1000", add_up(), sum(lattice.values(i) for i in range(TERMS)))

    factors = [peer.encode(lattice.values(i + 1)) for i in range(TERMS)]

    def multiply_and_add_up():
        total = context.EvalMult(ciphertexts[0], factors[0])
        for i in range(1, TERMS):
            context.EvalAddInPlace(total, context.EvalMult(ciphertexts[i], factors[i]))
        return total

    measure("inner-1000", multiply_and_add_up, seconds=2)
    peer.check(
        "inner-1000", multiply_and_add_up(),
        sum(lattice.values(i) * lattice.values(i + 1) for i in range(TERMS)))


def conditional_sum(peer):
    context = peer.context
    context.EvalSumKeyGen(peer.keys.secretKey)
    indicators = [peer.encrypt(lattice.values(i) % 2) for i in range(PAIRS)]
    amounts = [peer.encrypt(lattice.values(i)) for i in range(PAIRS)]

    def run():
        total = context.EvalMultNoRelin(indicators[0], amounts[0])
        for i in range(1, PAIRS):
            context.EvalAddInPlace(total, context.EvalMultNoRelin(indicators[i], amounts[i]))
        # Rotations and additions over all slots.
        return context.EvalSum(context.Relinearize(total), DEGREE)

    measure("conditional-sum-1M", run, seconds=3, least=3)
    expected = sum(int((lattice.values(i) % 2 * lattice.values(i)).sum()) for i in range(PAIRS))
    peer.check("conditional-sum-1M", run(), [expected] * DEGREE)


def main():
    announce(
        f"OpenFHE {'.'.join(importlib.metadata.version('openfhe').split('.')[:3])}",
        f"N {DEGREE}, {PRIMES} primes of {PRIME_BITS} bits and no special one (BV key switching), "
        f"t {lattice.PLAINTEXT_MODULUS}, for the conditional sum {lattice.WIDE_PLAINTEXT_MODULUS}")
    peer = Peer(lattice.PLAINTEXT_MODULUS, DEPTH)
    single_operations(peer)
    sums(peer)
    conditional_sum(Peer(lattice.WIDE_PLAINTEXT_MODULUS, WIDE_DEPTH))


main()
