#!/usr/bin/env python3
"""Makes the test vectors in Vectors/paillier with Python's own integers.

Written from the scheme's definition, not from the library: python3 Vectors/generators/paillier.py
The output is the same every time: the keys' primes come from a seeded generator. They are public,
and so worthless as keys.
"""

import hashlib
import json
import math
import pathlib
import random

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "paillier"
GENERATOR = random.Random(20240229)


# Keys.


def is_prime(n):
    for small in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47):
        if n % small == 0:
            return n == small
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for _ in range(32):
        x = pow(GENERATOR.randrange(2, n - 1), d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def random_prime(bits, modulo_four):
    while True:
        candidate = GENERATOR.getrandbits(bits) | 3 << (bits - 2) | 1
        if candidate % 4 == modulo_four and is_prime(candidate):
            return candidate


def digest(data, domain):
    name = domain.encode()
    framed = len(name).to_bytes(4, "little") + name + data
    return hashlib.blake2b(framed, digest_size=32).digest()


class Key:
    def __init__(self, name, bits, short):
        self.name, self.bits, self.short = name, bits, short
        while True:
            self.p = random_prime(bits // 2, 3 if short else 1)
            self.q = random_prime(bits // 2, 3)
            if self.p != self.q and (
                not short or math.gcd(self.p - 1, self.q - 1) == 2
            ):
                break
        self.n = self.p * self.q
        self.square = self.n * self.n
        self.width = (2 * bits + 7) // 8
        assert self.n.bit_length() == bits

    def public(self):
        header = self.bits.to_bytes(4, "little") + bytes([self.short])
        return header + self.n.to_bytes((self.bits + 7) // 8, "big")

    def private(self):
        header = self.bits.to_bytes(4, "little") + bytes([self.short])
        half = (self.bits // 2 + 7) // 8
        return header + self.p.to_bytes(half, "big") + self.q.to_bytes(half, "big")

    def short_base(self):
        data = self.n.to_bytes((self.bits + 7) // 8, "big")
        count = -(-(self.bits + 128) // 256)
        expanded = b"".join(
            digest(
                data + counter.to_bytes(4, "little"),
                "cryptally.paillier.short-exponent-base",
            )
            for counter in range(count)
        )
        x = int.from_bytes(expanded, "big") % self.n
        return pow(-x * x % self.n, self.n, self.square)

    def encrypt_classical(self, m, r):
        return pow(1 + self.n, m, self.square) * pow(r, self.n, self.square) % self.square

    def encrypt_short(self, m, alpha):
        return pow(1 + self.n, m, self.square) * pow(self.short_base(), alpha, self.square) % self.square

    def decrypt(self, c):
        order = math.lcm(self.p - 1, self.q - 1)
        logarithm = (pow(c, order, self.square) - 1) // self.n
        return logarithm * pow(order, -1, self.n) % self.n

    def hexadecimal(self, c):
        return c.to_bytes(self.width, "big").hex()


def unit(key):
    while True:
        r = GENERATOR.randrange(1, key.n)
        if math.gcd(r, key.n) == 1:
            return r


# Known answers.


def key_case(key):
    case = {
        "name": key.name,
        "bits": key.bits,
        "short_exponents": key.short,
        "p": f"{key.p:x}",
        "q": f"{key.q:x}",
        "n": f"{key.n:x}",
        "public_key": key.public().hex(),
        "private_key": key.private().hex(),
        "fingerprint": digest(key.public(), "cryptally.paillier.public-key").hex(),
    }
    encryptions = []
    plaintexts = [0, 1, 2, key.n // 2, key.n - 1] if key.bits < 1024 else [key.n - 1]
    plaintexts += [GENERATOR.randrange(key.n)]
    for m in plaintexts:
        if key.short:
            nonce = GENERATOR.getrandbits((key.bits + 1) // 2)
            c = key.encrypt_short(m, nonce)
        else:
            nonce = unit(key)
            c = key.encrypt_classical(m, nonce)
        assert key.decrypt(c) == m
        encryptions.append({"m": f"{m:x}", "nonce": f"{nonce:x}", "c": key.hexadecimal(c)})
    if key.short:
        for nonce in (0, 1, (1 << (key.bits + 1) // 2) - 1):
            encryptions.append(
                {"m": "7", "nonce": f"{nonce:x}", "c": key.hexadecimal(key.encrypt_short(7, nonce))}
            )
    case["encryptions"] = encryptions

    a, b = GENERATOR.randrange(key.n), GENERATOR.randrange(key.n)
    ca, cb = key.encrypt_classical(a, unit(key)), key.encrypt_classical(b, unit(key))
    k = GENERATOR.randrange(key.n)
    many = [key.encrypt_classical(GENERATOR.randrange(key.n), unit(key)) for _ in range(9)]
    total = 1
    for c in many:
        total = total * c % key.square
    case["operations"] = {
        "a": key.hexadecimal(ca),
        "b": key.hexadecimal(cb),
        "k": f"{k:x}",
        "add": key.hexadecimal(ca * cb % key.square),
        "subtract": key.hexadecimal(ca * pow(cb, -1, key.square) % key.square),
        "negate": key.hexadecimal(pow(ca, -1, key.square)),
        "add_plaintext": key.hexadecimal(ca * pow(1 + key.n, k, key.square) % key.square),
        "multiply": key.hexadecimal(pow(ca, k, key.square)),
        "plain_sum": f"{(a + b) % key.n:x}",
        "plain_product": f"{a * k % key.n:x}",
        "summands": [key.hexadecimal(c) for c in many],
        "sum": key.hexadecimal(total),
        "plain_total": f"{key.decrypt(total):x}",
    }
    return case


# Bad input.


def negative_case(key, other):
    width = key.width
    good = key.encrypt_classical(5, unit(key))
    ciphertexts = [
        ("zero", bytes(width)),
        ("n", key.n.to_bytes(width, "big")),
        ("multiple of p", (key.p * 12345 % key.square).to_bytes(width, "big")),
        ("multiple of q", (key.q * key.q * 77 % key.square).to_bytes(width, "big")),
        ("n squared", key.square.to_bytes(width, "big")),
        ("n squared plus one", (key.square + 1).to_bytes(width, "big")),
        ("all ones", b"\xff" * width),
        ("one byte short", good.to_bytes(width, "big")[1:]),
        ("one byte long", b"\0" + good.to_bytes(width, "big")),
        ("empty", b""),
    ]
    public, private = key.public(), key.private()
    half = (key.bits // 2 + 7) // 8

    def private_of(p, q, short=True, bits=key.bits):
        header = bits.to_bytes(4, "little") + bytes([short])
        return header + p.to_bytes(half, "big") + q.to_bytes(half, "big")

    composite = key.p - 2
    low = key.p - (1 << (key.bits // 2 - 2))
    public_keys = [
        ("even modulus", public[:-1] + bytes([public[-1] & 0xFE])),
        ("stated size too large", (key.bits + 2).to_bytes(4, "little") + public[4:]),
        ("stated size too small", (key.bits - 8).to_bytes(4, "little") + public[4:]),
        ("absurd size", b"\xff\xff\xff\xff" + public[4:]),
        ("unknown flag", public[:4] + b"\x02" + public[5:]),
        ("cut short", public[:-1]),
        ("one byte long", public + b"\0"),
        ("leading zero", public[:5] + b"\x00" + public[6:]),
        ("empty", b""),
    ]
    private_keys = [
        ("p equals q", private_of(key.p, key.p)),
        ("p not prime", private_of(composite, key.q)),
        ("p too small", private_of(low, key.q)),
        ("p even", private_of(key.p - 1, key.q)),
        ("p is 1 modulo 4", private_of(other.p, key.q)),
        ("zero", private_of(0, 0)),
        ("unknown flag", private[:4] + b"\x02" + private[5:]),
        ("stated size too small", private_of(key.p, key.q, True, key.bits - 8)),
        ("cut short", private[:-1]),
        ("one byte long", private + b"\0"),
        ("empty", b""),
    ]

    def listed(cases):
        return [{"name": name, "bytes": data.hex()} for name, data in cases]

    return {
        "private_key": private.hex(),
        "ciphertexts": listed(ciphertexts),
        "public_keys": listed(public_keys),
        "private_keys": listed(private_keys),
    }


# Packing.


def packing_case(name, measures, capacity, modulus_bits, records):
    room = modulus_bits - 1 - (capacity.bit_length() + 41)
    blocks, current, offset = [], [], 0
    for index, (_, low, high, nullable) in enumerate(measures):
        wanted = [(("value", index), max(1, (high - low) * capacity))]
        if nullable:
            wanted.append((("flag", index), capacity))
        needed = sum(maximum.bit_length() + 41 for _, maximum in wanted)
        if offset + needed > room:
            blocks.append(current + [(("count", None), offset)])
            current, offset = [], 0
        for content, maximum in wanted:
            current.append((content, offset))
            offset += maximum.bit_length() + 41
    blocks.append(current + [(("count", None), offset)])

    def packed(record, block):
        total = 0
        for (kind, index), place in block:
            if kind == "count":
                content = 1
            elif kind == "flag":
                content = 0 if record[index] is None else 1
            else:
                content = 0 if record[index] is None else record[index] - measures[index][1]
            total += content << place
        return total

    plaintexts = [[packed(record, block) for block in blocks] for record in records]
    return {
        "name": name,
        "measures": [
            {"name": n, "minimum": low, "maximum": high, "nullable": nullable}
            for n, low, high, nullable in measures
        ],
        "capacity": capacity,
        "modulus_bits": modulus_bits,
        "records": records,
        "plaintexts": [[f"{block:x}" for block in blocks] for blocks in plaintexts],
        "block_sums": [
            f"{sum(record[b] for record in plaintexts):x}" for b in range(len(blocks))
        ],
        "record_count": len(records),
        "counts": [
            sum(1 for record in records if record[i] is not None) for i in range(len(measures))
        ],
        "sums": [
            sum(record[i] for record in records if record[i] is not None)
            for i in range(len(measures))
        ],
    }


def packing_cases():
    claims = [
        ("paid", -2_000_000, 20_000_000, True),
        ("deductible", 0, 500_000, False),
        ("days", 0, 400, True),
    ]
    wide = [(f"column {i}", -(1 << 40), 1 << 40, i % 2 == 0) for i in range(12)]

    def record(measures):
        return [
            None if nullable and GENERATOR.random() < 0.3 else GENERATOR.randint(low, high)
            for _, low, high, nullable in measures
        ]

    edges = [[low for _, low, _, _ in claims], [high for _, _, high, _ in claims], [None, 0, None]]
    return [
        packing_case("claims", claims, 200_000, 3072, edges + [record(claims) for _ in range(20)]),
        packing_case("several blocks", wide, 1 << 20, 512, [record(wide) for _ in range(12)]),
        packing_case(
            "full capacity",
            [("constant", -5, -5, False), ("large", 0, (1 << 58) - 1, True)],
            8,
            512,
            [[-5, (1 << 58) - 1]] * 8,
        ),
    ]


def write(name, content):
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(json.dumps(content, indent=1) + "\n")


def main():
    small = Key("512 bits", 512, True)
    # Neither n nor its primes fill their limbs.
    odd = Key("522 bits", 522, True)
    classical = Key("512 bits, classical", 512, False)
    real = [Key("2048 bits", 2048, True), Key("3072 bits", 3072, True)]
    write("known-answers.json", [key_case(key) for key in [small, odd, classical] + real])
    write("negative.json", negative_case(odd, Key("other", 522, False)))
    write("packing.json", packing_cases())


if __name__ == "__main__":
    main()
