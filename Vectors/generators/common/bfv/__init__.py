"""The BFV scheme over whole integers.

Written from Fan and Vercauteren, "Somewhat practical fully homomorphic encryption" (2012); Kim, Polyakov,
Zucca, "Revisiting homomorphic encryption schemes for finite fields" (2021) for round(Q·m/t); Halevi,
Polyakov, Shoup, "An improved RNS variant of the BFV scheme" (2018), section 4.5, for the digits of key
switching; Gentry, Halevi, Smart, "Homomorphic evaluation of the AES circuit" (2012) for its special prime;
Chen, Dai, Kim, Song, "Efficient homomorphic conversion between (ring) LWE ciphertexts" (2021) for packing.
There are no residues in here: a polynomial is a list of integers modulo the whole Q, products are exact,
and divisions round the quotient of integers.

    parameters = Parameters(degree, t, [q_1, …], p)       # .fingerprint(), .product(level)
    source = Keystream(seed)                              # whatever has bytes(count)
    secret = SecretKey(parameters, source)                # .coefficients, .serialized()
    public = PublicKey(secret, source)                    # .serialized()
    relinearization = RelinearizationKey(secret, source)  # .serialized()
    galois = GaloisKeys(secret, elements, source)         # .serialized()
    m = encode(parameters, slots)                         # N coefficients modulo t; decode(parameters, m)
    c = public.encrypt(m, source)                         # Ciphertext; secret.encrypt(m, source) the
                                                          # symmetric one with .seed
    secret.decrypt(c)                                     # coefficients modulo t
    add, subtract, negate, add_plaintext, multiply_plain, multiply_weight, total (a sum of several)
    multiply(a, b), product_sum([(a, b), …], weights)     # three parts, scaled once
    relinearize(c, relinearization)
    rotate(c, steps, galois), swap_rows(c, galois), apply(c, element, galois)
    slot_sum, slot_mean, block_sum
    modulus_switch(c, level)
    pack([c, …], galois)
    extract(c, count, noise, totals_in_answer, public, source)   # Totals; noise is log2 of its bound
    secret.totals(totals)                                 # Σ of all slots, centred

Ciphertext and Totals have serialized().
"""

from common.bfv.encoding import decode, encode, rotation_element
from common.bfv.keys import (
    GaloisKeys,
    KeySwitchKey,
    PublicKey,
    RelinearizationKey,
    SecretKey,
    packing_elements,
)
from common.bfv.operations import (
    add,
    add_plaintext,
    apply,
    block_sum,
    modulus_switch,
    multiply,
    multiply_plain,
    multiply_weight,
    negate,
    product_sum,
    relinearize,
    rotate,
    slot_mean,
    slot_sum,
    subtract,
    swap_rows,
    total,
)
from common.bfv.parameters import Ciphertext, Parameters, combined, scaled_up
from common.bfv.totals import Totals, extract, pack, stride

__all__ = [name for name in dir() if not name.startswith("_")]
