"""The documents of python-paillier: its numbers and keys in JSON (RFC 7517, RFC 4648)."""

import base64
import json
import random

from common.paillier import Key, key
from common.vectorfile import VectorFile


def json_numbers(source):
    file = VectorFile(
        "paillier/json-number.json",
        "paillier.json-number",
        "Encrypted numbers as python-paillier writes them: the ciphertext in decimal digits, the exponent.",
        "paillier/documents.py",
        {
            "Rewritten": "The document is not what it is written as.",
            "Field": "A field is missing or not as it should be.",
            "Syntax": "The text is no document.",
            "Range": "The ciphertext is not between 0 and n².",
            "NoUnit": "The ciphertext has a factor in common with the modulus.",
            "ExponentEdge": "The exponent is ±1024, or beyond.",
        },
    )
    k = key(512)
    group = file.group("numbers", modulus=f"{k.n:x}")
    c = k.random_ciphertext(source)

    def written(c, e):
        return f'{{"v": "{c}", "e": {e}}}'

    def case(comment, flags, c, e, text=None):
        group.case(
            comment,
            flags,
            json=text or written(c, e),
            ciphertext=k.bytes(c),
            exponent=e,
            written=written(c, e),
        )

    case("a number", [], c, 0)
    case("a fraction", [], c, -13)
    case("the least exponent", ["ExponentEdge"], c, -1024)
    case("the largest exponent", ["ExponentEdge"], c, 1024)
    case("the largest ciphertext", [], k.square - 1, 3)
    case("the fields in another order", ["Rewritten"], c, 2, f'{{"e":2,"v":"{c}"}}')
    case(
        "blanks and other fields",
        ["Rewritten"],
        c,
        -2,
        f' {{ "x": [1], "v" : "{c}" ,\n"e": -2 }}\n',
    )
    case("zeros in front", ["Rewritten"], c, 1, f'{{"v": "000{c}", "e": 1}}')

    def invalid(comment, flag, text, error):
        group.case(comment, [flag], "invalid", error, json=text)

    def field(name, problem):
        return ("WireError", f"vector: {name}: {problem}")

    good = {"v": str(c), "e": 0}

    def without(name):
        return json.dumps({key: value for key, value in good.items() if key != name})

    def changed(**fields):
        return json.dumps({**good, **fields})

    for name in good:
        invalid(f"no {name}", "Field", without(name), field(name, "it is missing"))
        invalid(f"{name} is null", "Field", changed(**{name: None}), field(name, "it is null"))
        invalid(
            f"{name} is a list",
            "Field",
            changed(**{name: [1]}),
            field(name, "it is of another type"),
        )
        invalid(
            f"{name} is true",
            "Field",
            changed(**{name: True}),
            field(name, "it is of another type"),
        )
    invalid("v is a number", "Field", changed(v=5), field("v", "it is of another type"))
    invalid("e is text", "Field", changed(e="0"), field("e", "it is of another type"))
    for text in ("", "0x5", " 5", "5 ", "5_0", "5.0", "1e3", "--5", "-", "٣"):
        invalid(
            f"v is '{text}'", "Field", changed(v=text), field("v", "it is not a decimal number")
        )
    for text in ("0.5", "1e300", str(1 << 64)):
        invalid(f"e is {text}", "Field", f'{{"v": "{c}", "e": {text}}}', ("WireError", "vector: "))
    for text in (
        "",
        "{",
        "[]",
        "5",
        '"x"',
        "null",
        '{"v": "5", "e": 0',
        "{} {}",
        "\ufeff\0",
        "v=5",
    ):
        invalid(f"the document is '{text[:9]}'", "Syntax", text, ("WireError", "vector: "))
    not_between = (
        "PaillierError",
        "vector: not a Paillier ciphertext: it is not between 0 and the key's square",
    )
    too_long = (
        "PaillierError",
        "vector: not a Paillier ciphertext: it has more digits than the key's square",
    )
    for comment, c in (
        ("0", 0),
        ("-1", -1),
        ("n²", k.square),
        ("n² + 1", k.square + 1),
        ("a byte too many", 1 << 8 * k.width),
    ):
        invalid(comment, "Range", written(c, 0), not_between)
    invalid("many digits", "Range", written("1" * (3 * k.width + 1), 0), too_long)
    for comment, c in (
        ("n", k.n),
        ("p", k.p),
        ("a multiple of q", k.q * 1234567),
        ("n² − n", k.square - k.n),
    ):
        invalid(
            comment,
            "NoUnit",
            written(c, 0),
            (
                "PaillierError",
                "vector: not a Paillier ciphertext: it has a factor in common with the key",
            ),
        )
    for e in (-1025, 1025, (1 << 63) - 1, -(1 << 63)):
        invalid(
            f"an exponent of {e}",
            "ExponentEdge",
            written(good["v"], e),
            ("PaillierError", f"an exponent of {e}: from -1024 to 1024"),
        )
    return file


def base64url(number, width=None):
    data = number.to_bytes(width or (number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class WebKeys:
    """The two documents of a key, as python-paillier's command describes them."""

    def __init__(self, k):
        self.classical = Key(k.p, k.q, False)
        self.n, self.p, self.q = (base64url(x) for x in (k.n, k.p, k.q))
        kid = self.classical.fingerprint()
        self.public = {
            "kty": "DAJ",
            "alg": "PAI-GN1",
            "key_ops": ["encrypt"],
            "n": self.n,
            "kid": f"Paillier public key {kid}",
        }
        self.private = {
            "kty": "DAJ",
            "key_ops": ["decrypt"],
            "kid": f"Paillier private key {kid}",
            "p": self.p,
            "q": self.q,
            "pub": self.public,
        }


def web_keys():
    file = VectorFile(
        "paillier/json-web-key.json",
        "paillier.json-web-key",
        "Keys in JSON as python-paillier writes them. Nothing in them speaks of short exponents.",
        "paillier/documents.py",
        {
            "Rewritten": "The document is not what it is written as.",
            "Field": "A field is missing or not as it should be.",
            "Syntax": "The text is no document.",
            "Base64": "A number is not base64url without padding.",
            "Size": "The modulus has a size that is not admitted.",
            "Modulus": "Anybody can see that the modulus is none.",
            "Primes": "The primes are not the modulus's.",
        },
    )
    keys = [WebKeys(key(2048, False)), WebKeys(key(2048)), WebKeys(key(3072))]

    def field(name, problem):
        return ("WireError", f"vector: {name}: {problem}")

    def fields_of(group, good, required, path=""):
        """What may be wrong with each field of a document."""

        def invalid(comment, flag, document, error):
            group.case(comment, [flag], "invalid", error, document=json.dumps(document))

        for name in required:
            without = {key: value for key, value in good.items() if key != name}
            invalid(f"no {name}", "Field", without, field(name, "it is missing"))
            invalid(
                f"{name} is null",
                "Field",
                {**good, name: None},
                ("WireError", f"vector: {name}: it is"),
            )
            invalid(
                f"{name} is a number",
                "Field",
                {**good, name: 3},
                field(name, "it is of another type"),
            )
        invalid(
            "another type of key", "Field", {**good, "kty": "RSA"}, field("kty", "it is not DAJ")
        )
        invalid(
            "key_ops is text",
            "Field",
            {**good, "key_ops": "encrypt"},
            field("key_ops", "it is of another type"),
        )
        for text in ("", "{", "[]", "null", "5", "{}{}"):
            group.case(
                f"the document is '{text}'",
                ["Syntax"],
                "invalid",
                ("WireError", "vector: "),
                document=text,
            )
        return invalid

    group = file.group("public keys", document_of="public")
    for k in keys:
        n = k.classical.n
        outputs = {
            "modulus": f"{n:x}",
            "fingerprint": k.classical.fingerprint(),
            "written": json.dumps(k.public),
        }
        group.case(f"{k.classical.bits} bits", document=json.dumps(k.public), **outputs)
        other = {"n": k.n, "alg": "PAI-GN1", "kty": "DAJ", "kid": "another", "more": {}}
        group.case(
            f"{k.classical.bits} bits, other fields",
            ["Rewritten"],
            document=json.dumps(other),
            **outputs,
        )
    good = keys[0].public
    invalid = fields_of(group, good, ["kty", "alg", "n"])
    invalid("another algorithm", "Field", {**good, "alg": "PAI"}, field("alg", "it is not PAI-GN1"))
    invalid(
        "for decryption",
        "Field",
        {**good, "key_ops": ["decrypt"]},
        field("key_ops", "the key is not for encryption"),
    )
    not_base64 = "it is not base64url without padding"
    for text in ("====", "AQ==", "A+/A", "A", "-5 ", "AB\n", keys[0].n + "=", "AB"):
        invalid(f"n is '{text[-8:]}'", "Base64", {**good, "n": text}, field("n", not_base64))
    for n, bits in (
        (0, 0),
        (1, 1),
        ((1 << 1024) - 1, 1024),
        ((1 << 2047) - 1, 2047),
        ((1 << 4104) - 1, 4104),
    ):
        error = ("PaillierError", f"a Paillier modulus of {bits} bits is not admitted")
        invalid(f"{bits} bits", "Size", {**good, "n": base64url(n)}, error)
    invalid(
        "even",
        "Modulus",
        {**good, "n": base64url(keys[0].classical.n - 1)},
        ("PaillierError", "the modulus is even"),
    )

    group = file.group("private keys", document_of="private")
    for k in keys:
        group.case(
            f"{k.classical.bits} bits",
            document=json.dumps(k.private),
            modulus=f"{k.classical.n:x}",
            fingerprint=k.classical.fingerprint(),
            written=json.dumps(k.private),
        )
    first, second = keys[:2]
    swapped = {**first.private, "p": first.q, "q": first.p}
    group.case(
        "p and q the other way round",
        document=json.dumps(swapped),
        modulus=f"{first.classical.n:x}",
        fingerprint=first.classical.fingerprint(),
        written=json.dumps(swapped),
    )
    good = first.private
    invalid = fields_of(group, good, ["kty", "key_ops", "p", "q", "pub"])
    invalid(
        "for encryption",
        "Field",
        {**good, "key_ops": ["encrypt"]},
        field("key_ops", "the key is not for decryption"),
    )
    invalid("pub is text", "Field", {**good, "pub": "x"}, field("pub", "it is of another type"))
    for name in ("kty", "alg", "n"):
        pub = {key: value for key, value in first.public.items() if key != name}
        invalid(
            f"no pub.{name}", "Field", {**good, "pub": pub}, field(f"pub.{name}", "it is missing")
        )
    invalid(
        "another algorithm",
        "Field",
        {**good, "pub": {**first.public, "alg": "other"}},
        field("pub.alg", "it is not PAI-GN1"),
    )
    invalid(
        "pub is for decryption",
        "Field",
        {**good, "pub": {**first.public, "key_ops": []}},
        field("pub.key_ops", "the key is not for encryption"),
    )
    for name in ("p", "q"):
        for text in ("a b", good[name] + "=", "+" + good[name][1:]):
            invalid(
                f"{name} ends with '{text[-4:]}'",
                "Base64",
                {**good, name: text},
                field(name, not_base64),
            )
    not_private = ("PaillierError", "vector: not a Paillier private key")
    for comment, changes in (
        ("p of another key", {"p": second.p}),
        ("p is q", {"p": good["q"]}),
        ("both of another key", {"p": second.p, "q": second.q}),
        ("p is composite", {"p": base64url((1 << 1024) - 1)}),
        ("p is a byte short", {"p": base64url((1 << 1016) - 1)}),
        ("p has a zero in front", {"p": base64url(first.classical.p, 129)}),
        ("p is 0", {"p": base64url(0, 128)}),
        ("p is empty", {"p": ""}),
        ("p is 1", {"p": "AQ"}),
        ("the modulus of another key", {"pub": second.public}),
        ("a modulus of another size", {"pub": keys[2].public}),
    ):
        invalid(comment, "Primes", {**good, **changes}, not_private)
    return file


def files():
    return [json_numbers(random.Random(20240305)), web_keys()]
