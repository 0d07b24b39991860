#!/usr/bin/env python3
"""Makes the test vectors in Vectors/lattice with Python's own integers.

Written from the mathematics, not from the library: python3 Vectors/generators/lattice.py
Transforms are sums over powers of a root, conversions and divisions are calculated on whole
integers, products of polynomials by the schoolbook rule. The output is the same every time; its
secrets are public, and so worthless as keys.

Residues are hexadecimal; a polynomial is a list of limbs, one for each modulus.
"""

import json
import pathlib
import random

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "lattice"
GENERATOR = random.Random(20240315)


# Numbers.


def is_prime(n):
    if n < 2:
        return False
    bases = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    for p in bases:
        if n % p == 0:
            return n == p
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for base in bases:
        x = pow(base, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def largest_primes(count, bits, degree):
    """The largest primes below 2^bits that are 1 modulo 2·degree, descending."""
    found, candidate = [], (1 << bits) - ((1 << bits) - 1) % (2 * degree)
    while len(found) < count:
        if is_prime(candidate):
            found.append(candidate)
        candidate -= 2 * degree
    return found


def smallest_root(degree, q):
    """The smallest ψ with ψ^degree = −1."""
    candidate = 2
    while True:
        root = pow(candidate, (q - 1) // (2 * degree), q)
        if pow(root, degree, q) == q - 1:
            return min(pow(root, exponent, q) for exponent in range(1, 2 * degree, 2))
        candidate += 1


def centred(x, q):
    """The representative of x in (−q/2, q/2]."""
    x %= q
    return x - q if 2 * x > q else x


def rounded(numerator, denominator):
    """The nearest integer; no vector has a tie."""
    assert 2 * numerator % denominator != 0 or numerator % denominator == 0
    return (2 * numerator + denominator) // (2 * denominator)


def product_of(moduli):
    product = 1
    for q in moduli:
        product *= q
    return product


def hexadecimal(values):
    return [f"{value:x}" for value in values]


def limbs(values, moduli):
    return [hexadecimal(value % q for value in values) for q in moduli]


# Polynomials modulo X^N + 1.


def multiply(a, b):
    degree = len(a)
    result = [0] * degree
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            if i + j < degree:
                result[i + j] += x * y
            else:
                result[i + j - degree] -= x * y
    return result


def add(a, b):
    return [x + y for x, y in zip(a, b)]


def bit_reversed(x, width):
    return int(f"{x:0{width}b}"[::-1], 2)


def evaluations(a, q):
    """The values at the odd powers of ψ, exponents in bit-reversed order."""
    degree, root = len(a), smallest_root(len(a), q)
    width = degree.bit_length() - 1
    points = [pow(root, 2 * bit_reversed(i, width) + 1, q) for i in range(degree)]
    return [sum(x * pow(point, k, q) for k, x in enumerate(a)) % q for point in points]


# Single residues.


def reduction_case(q):
    edges = sorted({0, 1 % q, q // 2, (q + 1) // 2 % q, q - 1})
    triples = [(a, b, q - 1) for a in edges for b in edges]
    # Kernels take them as vectors; 29 of them leave a rest whatever the registers' width.
    triples += [tuple(GENERATOR.randrange(q) for _ in range(3)) for _ in range(29 - len(triples))]
    a, b, c = (list(column) for column in zip(*triples))
    constant = q - 1 - GENERATOR.randrange(min(q, 1000))
    source = GENERATOR.choice([3, 257, (1 << 45) - 229, (1 << 60) - 93])
    foreign = [0, 1, source // 2, source // 2 + 1, source - 1]
    foreign += [GENERATOR.randrange(source) for _ in range(6)]
    return {
        "q": f"{q:x}",
        "ratio": f"{(1 << 128) // q:x}",
        "a": hexadecimal(a),
        "b": hexadecimal(b),
        "c": hexadecimal(c),
        "sum": hexadecimal((x + y) % q for x, y in zip(a, b)),
        "difference": hexadecimal((x - y) % q for x, y in zip(a, b)),
        "negation": hexadecimal(-x % q for x in a),
        "product": hexadecimal(x * y % q for x, y in zip(a, b)),
        "product_added": hexadecimal((z + x * y) % q for x, y, z in zip(a, b, c)),
        "constant": f"{constant:x}",
        "constant_quotient": f"{(constant << 64) // q:x}",
        "constant_product": hexadecimal(x * constant % q for x in a),
        "difference_product": hexadecimal((x - y) * constant % q for x, y in zip(a, b)),
        "foreign_modulus": f"{source:x}",
        "foreign": hexadecimal(foreign),
        "foreign_centred": hexadecimal(centred(x, source) % q for x in foreign),
    }


def reduction_cases():
    moduli = [2, 3, 65537, 1 << 32, (1 << 32) + 1, (1 << 45) - 1]
    moduli += [largest_primes(1, bits, 8192)[0] for bits in (30, 45, 50, 60)]
    moduli += [1 << 60, (1 << 61) - 2, (1 << 61) - 1]
    return [reduction_case(q) for q in moduli]


# Transforms.


def transform_case(degree, bits):
    q = largest_primes(1, bits, degree)[0]
    random_input = [GENERATOR.randrange(q) for _ in range(degree)]
    random_input[:4] = [0, 1, q - 1, q // 2]
    inputs = [random_input, [q - 1] * degree]
    if degree < 64:
        inputs += [[int(k == power) for k in range(degree)] for power in (0, 1, degree - 1)]
    return {
        "degree": degree,
        "bits": bits,
        "q": f"{q:x}",
        "root": f"{smallest_root(degree, q):x}",
        "transforms": [
            {"coefficients": hexadecimal(a), "evaluations": hexadecimal(evaluations(a, q))}
            for a in inputs
        ],
    }


def transform_cases():
    return [transform_case(degree, bits) for degree in (8, 16, 64) for bits in (30, 45, 50, 60)]


# Conversions between bases. No value is near ±Q/2, where the choice is a matter of rounding.


def integers(product, count):
    fixed = [0, 1, -1, product // 4, -(product // 4), product // 2 - product // 2**20]
    fixed += [-(product // 2 - product // 2**20)]
    spread = product // 2 - product // 2**20
    return fixed + [GENERATOR.randrange(-spread, spread) for _ in range(count - len(fixed))]


def conversion_case(name, source, target, factor):
    product = product_of(source)
    # The value that is converted is the centred one of factor times the input.
    wanted = integers(product, 16)
    inverse = pow(factor, -1, product)
    values = [x * inverse % product for x in wanted]
    return {
        "name": name,
        "degree": 16,
        "source": hexadecimal(source),
        "target": hexadecimal(target),
        "factor": f"{factor:x}",
        "residues": limbs(values, source),
        "converted": limbs(wanted, target),
    }


def conversion_cases():
    targets = [257, (1 << 45) - 55, largest_primes(1, 60, 16)[0], (1 << 61) - 1]
    mixed = [largest_primes(1, bits, 16)[0] for bits in (60, 20, 45, 30)]
    return [
        conversion_case("one prime", largest_primes(1, 45, 16), targets, 1),
        conversion_case("three primes", largest_primes(3, 30, 16), targets, 1),
        conversion_case("multiplied on the way", largest_primes(6, 45, 16), targets, 1032193),
        conversion_case("primes of many sizes", mixed, targets, 3),
        conversion_case("forty large primes", largest_primes(41, 60, 16)[1:], targets, 65537),
    ]


# Division by the last prime.


def division_case(name, moduli):
    values = integers(product_of(moduli), 16)
    last = moduli[-1]
    half = last // 2
    values[7:12] = [half, half + 1, -half, -half - 1, 5 * last + half]
    return {
        "name": name,
        "degree": 16,
        "moduli": hexadecimal(moduli),
        "residues": limbs(values, moduli),
        "quotients": limbs([rounded(value, last) for value in values], moduli[:-1]),
    }


def division_cases():
    small, large = largest_primes(1, 30, 16), largest_primes(3, 60, 16)
    return [
        division_case("equal primes", largest_primes(3, 45, 16)),
        division_case("two primes", largest_primes(2, 30, 16)),
        division_case("smallest prime last", large + small),
        division_case("largest prime last", small + large),
    ]


# Bytes to coefficients.


def replayed(count):
    return [GENERATOR.randrange(256) for _ in range(count)]


def binomial_case(values):
    def coefficient(value):
        up, down = value & (1 << 21) - 1, value >> 21 & (1 << 21) - 1
        return up.bit_count() - down.bit_count()

    return {
        "bytes": b"".join(value.to_bytes(6, "little") for value in values).hex(),
        "coefficients": [coefficient(value) for value in values],
    }


def ternary_case(degree, data):
    accepted = [byte % 3 - 1 for byte in data if byte != 255]
    # Whole rounds of as many bytes as coefficients are drawn, and no more than needed.
    used = 0
    while sum(byte != 255 for byte in data[:used]) < degree:
        used += degree
    assert used <= len(data)
    return {
        "degree": degree,
        "bytes": bytes(data[:used]).hex(),
        "coefficients": accepted[:degree],
    }


def uniform_case(degree, moduli, words):
    """Words of 64 bits, cut to each modulus's width and passed over when they are not below it."""
    position, result = 0, []
    for q in moduli:
        mask = (1 << (q - 1).bit_length()) - 1
        limb = []
        while len(limb) < degree:
            word = words[position] & mask
            position += 1
            if word < q:
                limb.append(word)
        result.append(hexadecimal(limb))
    return {
        "degree": degree,
        "moduli": hexadecimal(moduli),
        "bytes": b"".join(word.to_bytes(8, "little") for word in words[:position]).hex(),
        "residues": result,
    }


def sampling_cases():
    ones = (1 << 21) - 1
    edges = [0, ones, ones << 21, ones | ones << 21, 63 << 42, 1, 1 << 20, 1 << 21, 1 << 41, 1 << 42]
    random_words = [GENERATOR.getrandbits(48) for _ in range(54)]
    every_byte = [byte for byte in range(256)] + replayed(256)
    refused = [255] * 20 + replayed(8) + [255] * 3 + replayed(200)
    primes = largest_primes(1, 30, 8) + largest_primes(1, 45, 8) + [17]
    edge_words = [primes[0], primes[0] - 1, (1 << 64) - 1, 1 << 30, 0]
    words = edge_words + [GENERATOR.getrandbits(64) for _ in range(200)]
    return {
        "centred_binomial": [binomial_case(edges + random_words)],
        "ternary": [
            ternary_case(16, replayed(200)),
            ternary_case(16, refused),
            ternary_case(256, every_byte),
        ],
        "uniform": [uniform_case(8, primes, words)],
    }


# The scheme.


def packed(values, bits):
    """Fields of as many bits each, least significant bit first."""
    whole = sum(value << (bits * k) for k, value in enumerate(values))
    return whole.to_bytes(len(values) * bits // 8, "little")


def packed_polynomial(values, moduli, transform):
    result = b""
    for q in moduli:
        residues = [value % q for value in values]
        fields = evaluations(residues, q) if transform else residues
        result += packed(fields, (q - 1).bit_length())
    return result


def scheme_case(name, degree, plaintext_bits, prime_bits, count):
    t = largest_primes(1, plaintext_bits, degree)[0]
    primes = [q for q in largest_primes(count + 2, prime_bits, degree) if q != t]
    special, moduli = primes[0], primes[1 : count + 1]
    secret_bytes = ternary_case(degree, replayed(8 * degree))
    secret = secret_bytes["coefficients"]

    def encrypt(message, level, noise):
        """(c0, c1) with c0 + c1·s = round(Q·m/t) + e modulo Q."""
        product = product_of(moduli[:level])
        second = [GENERATOR.randrange(product) for _ in range(degree)]
        scaled = [rounded(product * m, t) + e for m, e in zip(message, noise)]
        first = add(scaled, [-x for x in multiply(second, secret)])
        return [x % product for x in first], second

    def phase(parts, product):
        power, result = [1] + [0] * (degree - 1), [0] * degree
        for part in parts:
            result = add(result, multiply(part, power))
            power = multiply(power, secret)
        return [centred(x, product) for x in result]

    def decrypt(parts, level):
        product = product_of(moduli[:level])
        return [rounded(t * x, product) % t for x in phase(parts, product)]

    def decryption(level, message, noise):
        parts = encrypt(message, level, noise)
        assert decrypt(parts, level) == message
        body = b"".join(packed_polynomial(part, moduli[:level], True) for part in parts)
        return {
            "ciphertext": (bytes([level, 2]) + body).hex(),
            "message": hexadecimal(message),
        }

    def random_message():
        return [GENERATOR.randrange(t) for _ in range(degree)]

    def noises(level):
        """None, small ones, and nearly the largest that still decrypts, up and down."""
        largest = product_of(moduli[:level]) // (2 * t)
        limit = largest - largest // 2**40 - 1
        return [
            [0] * degree,
            [GENERATOR.randint(-20, 20) for _ in range(degree)],
            [limit if k % 2 == 0 else -limit for k in range(degree)],
        ]

    edges = ([0, 1, t - 1, t // 2, t // 2 + 1] * degree)[:degree]
    decryptions = [
        decryption(level, message, noise)
        for level in range(2, count + 1)
        for message, noise in zip([edges, random_message(), random_message()], noises(level))
    ]

    # Totals: of the first part only the coefficients that stand for one.
    totals = []
    for number in (1, 2, 3):
        level, message = 2, random_message()
        first, second = encrypt(message, level, noises(level)[1])
        slots = 1
        while slots < number:
            slots *= 2
        places = [index * (degree // slots) for index in range(number)]
        body = bytes([level]) + number.to_bytes(4, "little")
        for place in places:
            for q in moduli[:level]:
                body += (first[place] % q).to_bytes(8, "little")
        body += packed_polynomial(second, moduli[:level], False)
        totals.append(
            {
                "bytes": body.hex(),
                "totals": [centred(degree * message[place], t) for place in places],
            }
        )

    # A product: each coefficient of t·d/Q rounded, d over the integers.
    product = product_of(moduli)
    messages = [random_message(), random_message()]
    factors = [encrypt(m, count, noises(count)[1]) for m in messages]
    (a0, a1), (b0, b1) = [
        [[centred(x, product) for x in part] for part in factor] for factor in factors
    ]
    tensor = [multiply(a0, b0), add(multiply(a0, b1), multiply(a1, b0)), multiply(a1, b1)]
    parts = [[rounded(t * x, product) % product for x in part] for part in tensor]
    message = [x % t for x in multiply(*messages)]
    assert decrypt(parts, count) == message

    # Slots: the first row at ψ^(3^i), the second at ψ^(−3^i).
    root = smallest_root(degree, t)
    exponents = [pow(3, i, 2 * degree) for i in range(degree // 2)]
    points = [pow(root, e, t) for e in exponents] + [pow(root, -e, t) for e in exponents]
    plaintext = random_message()
    slots = [centred(sum(m * pow(x, k, t) for k, m in enumerate(plaintext)), t) for x in points]

    return {
        "name": name,
        "degree": degree,
        "plaintext_modulus": f"{t:x}",
        "ciphertext_moduli": hexadecimal(moduli),
        "special_modulus": f"{special:x}",
        "secret_bytes": secret_bytes["bytes"],
        "secret": secret,
        "encoding": {"slots": slots, "plaintext": hexadecimal(plaintext)},
        "decryptions": decryptions,
        "totals": totals,
        "product": {
            "factors": [
                (
                    bytes([count, 2])
                    + b"".join(packed_polynomial(part, moduli, True) for part in factor)
                ).hex()
                for factor in factors
            ],
            "parts": [limbs(part, moduli) for part in parts],
            "message": hexadecimal(message),
        },
    }


def scheme_cases():
    return [
        scheme_case("degree 8", 8, 17, 40, 3),
        scheme_case("degree 16", 16, 33, 45, 4),
        scheme_case("degree 16, large primes", 16, 40, 60, 3),
    ]


def write(name, content):
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(json.dumps(content, indent=1) + "\n")


def main():
    write("reduction.json", reduction_cases())
    write("transforms.json", transform_cases())
    write("conversion.json", conversion_cases())
    write("division.json", division_cases())
    write("sampling.json", sampling_cases())
    write("scheme.json", scheme_cases())


if __name__ == "__main__":
    main()
