"""Parameters as bytes, and how they follow from names and workloads."""

from bfv.operands import RINGS, uneven
from common.bfv import Parameters
from common.bfv.derivation import Workload, derived
from common.bfv.parameters import NAMED
from common.primes import largest_primes
from common.vectorfile import VectorFile

GENERATOR = "bfv/parameters.py"


def accepted(group, comment, parameters, flags=(), allows_testing=True):
    group.case(
        comment,
        flags,
        bytes=parameters.serialized().hex(),
        allows_testing=allows_testing,
        parameters=parameters.fields(),
        testing=parameters.testing,
        fingerprint=parameters.fingerprint(),
    )


def refused(group, comment, data, text, kind="ParameterError", flags=(), allows_testing=True):
    group.case(
        comment, flags, "invalid", (kind, text), bytes=data.hex(), allows_testing=allows_testing
    )


def valid(file):
    group = file.group("with security")
    for name in NAMED:
        accepted(group, name, Parameters.named(name), allows_testing=False)
    for degree, limit in ((2048, 53), (4096, 106), (8192, 214)):
        first, second = limit - limit // 2, limit // 2
        special = largest_primes(1, first, degree)[0]
        prime = [q for q in largest_primes(2, second, degree) if q != special][0]
        t = largest_primes(1, 20, degree)[0]
        if second > 60:
            continue
        accepted(
            group,
            f"as many bits as {degree} coefficients allow",
            Parameters(degree, t, [prime], special, testing=False),
            ["SecurityLimit"],
            allows_testing=False,
        )
    group = file.group("without security")
    for name, parameters in RINGS.items():
        accepted(group, name, parameters)
    accepted(group, "one prime", Parameters.small(8, 17, 40, 1))
    accepted(group, "the largest ring", Parameters.small(32768, 20, 30, 1))
    accepted(group, "forty primes", Parameters.small(8, 17, 40, 40))
    accepted(group, "the smallest prime", Parameters(8, 17, [97], 113), ["SmallPrime"])
    accepted(
        group,
        "primes just below 2^60 and a plaintext modulus just below 2^50",
        Parameters.small(16, 50, 60, 2),
    )
    accepted(
        group, "a special prime that is just the largest", uneven(8, 17, [(1, 41), (1, 40)])
    )


def unsuitable(file):
    group = file.group("unsuitable numbers")
    t, (special, q, r) = 97, largest_primes(3, 40, 8)
    composite = next(n for n in range(17 * 16 + 1, 10**6, 16) if pow(2, n - 1, n) != 1)

    def testing(comment, text, degree=8, t=t, moduli=(q, r), special=special, flags=()):
        data = Parameters(degree, t, moduli, special).serialized()
        refused(group, comment, data, text, flags=flags)

    for degree in (0, 1, 4, 12, 65536, 1 << 31):
        testing(
            f"a degree of {degree}", f"the ring degree {degree} is not a power of two", degree
        )
    text = "is not a prime of at most 50 bits that is 1 modulo 16"
    for value, comment in (
        (0, "zero"),
        (1, "one, which is no prime"),
        (2, "two"),
        (composite, "1 modulo 2N, but no prime"),
        (101, "a prime that is not 1 modulo 2N"),
        (largest_primes(1, 51, 8)[0], "a prime of 51 bits"),
        ((1 << 64) - 1, "the largest word"),
        (561, "a Carmichael number that is 1 modulo 2N"),
    ):
        testing(f"the plaintext modulus: {comment}", f"the plaintext modulus {value} {text}", t=value)
    text = "is not a prime of at most 60 bits that is 1 modulo 16"
    for value, comment in (
        (0, "zero"),
        (1, "one"),
        (composite, "no prime"),
        (101, "not 1 modulo 2N"),
        (17, "less than an error may be"),
        (largest_primes(1, 61, 8)[0], "61 bits"),
        ((1 << 64) - 15, "a word of 64 bits"),
    ):
        testing(
            f"the last ciphertext modulus: {comment}",
            f"the ciphertext modulus {value} {text}",
            moduli=(q, value),
            flags=["SmallPrime"] if value == 17 else [],
        )
        if value != 17:
            testing(
                f"the special modulus: {comment}",
                f"the ciphertext modulus {value} {text}",
                special=value,
            )
    testing("no ciphertext modulus", "0 ciphertext moduli; from 1 to 40 are supported", moduli=())
    testing("a modulus twice", f"the modulus {q} is used twice", moduli=(q, q))
    testing("the special modulus among the others", f"the modulus {q} is used twice", special=q)
    testing("the plaintext modulus among the others", "the modulus 97 is used twice", moduli=(q, 97))
    testing("the plaintext modulus is the special one", "the modulus 97 is used twice", special=97)
    testing(
        "a special modulus below the largest of the others",
        f"the special prime {q} is smaller than a ciphertext modulus",
        moduli=(r, special),
        special=q,
    )


def insecure(file):
    group = file.group("without security where it is needed")

    def needed(comment, parameters, text, flags=()):
        refused(
            group, comment, parameters.serialized(), text, flags=flags, allows_testing=False
        )

    for degree in (8, 512):
        special, q = largest_primes(2, 40, degree)
        t = largest_primes(1, 20, degree)[0]
        needed(
            f"a degree of {degree}",
            Parameters(degree, t, [q], special, testing=False),
            f"the ring degree {degree} is not a power of two from 1024 to 32768",
        )
    for degree, limit, bits in (
        (1024, 26, (20, 20)),
        (2048, 53, (27, 27)),
        (4096, 106, (54, 53)),
        (8192, 214, (54, 54, 54, 53)),
        (16384, 430, (48,) * 8 + (47,)),
        (32768, 868, (55,) * 15 + (44,)),
    ):
        t = largest_primes(1, 30, degree)[0]
        moduli = []
        for size in bits:
            found = largest_primes(len(bits), size, degree)
            moduli.append([q for q in found if q not in moduli][0])
        needed(
            f"{sum(bits)} bits with {degree} coefficients",
            Parameters(degree, t, moduli[1:], moduli[0], testing=False),
            f"is not secure at ring degree {degree}: at most {limit} bits are",
            ["SecurityLimit"],
        )
    special, q = largest_primes(2, 40, 4096)
    small = next(n for n in range(8192 + 1, 1 << 19, 8192) if pow(2, n - 1, n) == 1)
    needed(
        "a prime below 2^19",
        Parameters(4096, largest_primes(1, 20, 4096)[0], [small], special, testing=False),
        f"the ciphertext modulus {small} is not a prime of at most 60 bits",
        ["SmallPrime"],
    )
    flagged = Parameters(4096, largest_primes(1, 20, 4096)[0], [q], special)
    refused(
        group,
        "the testing flag on parameters that are secure",
        flagged.serialized(),
        "testing flag: these parameters have no security",
        "WireError",
        allows_testing=False,
    )


def damaged(file):
    group = file.group("damaged bytes")
    parameters = RINGS["degree 8"]
    data = parameters.serialized()
    places = [
        ("ring degree", 0, 3),
        ("plaintext modulus", 4, 11),
        ("number of ciphertext moduli", 12, 15),
        ("ciphertext modulus", 16, 39),
        ("special prime", 40, 47),
        ("testing flag", 48, 48),
    ]
    for field, start, end in places:
        for length in sorted({start, end}):
            refused(
                group,
                f"{length} bytes",
                data[:length],
                f"cut short at {field}",
                "WireError",
                ["CutShort"],
            )
    refused(group, "a byte more", data + b"\0", "1 bytes after its end", "WireError")
    for flag in (2, 255):
        refused(
            group,
            f"a testing flag of {flag}",
            data[:-1] + bytes([flag]),
            "testing flag: it is neither 0 nor 1",
            "WireError",
        )
    for count in (41, (1 << 32) - 1):
        refused(
            group,
            f"{count} ciphertext moduli",
            data[:12] + count.to_bytes(4, "little") + data[16:],
            f"number of ciphertext moduli is {count}; at most 40 is allowed",
            "WireError",
        )


def derivations():
    file = VectorFile(
        "bfv/derivation.json",
        "bfv.derivation",
        "Parameters from names and from workloads: the smallest ring, then the fewest primes, then the "
        "smallest modulus that hold the deepest total.",
        GENERATOR,
        {
            "Unequal": "The primes are not all of one size.",
            "NoneHolds": "No secure parameters hold the workload.",
        },
    )
    group = file.group("named sets")
    for name in NAMED:
        parameters = Parameters.named(name)
        group.case(
            name,
            set=name,
            parameters=parameters.fields(),
            fingerprint=parameters.fingerprint(),
        )
    secure = file.group("secure rings")
    for comment, workload in (
        ("sums only", Workload(1 << 20, 0, 1, 1, 100, 0, 1)),
        ("depth 1", Workload(1 << 40, 1, 64, 4, 1000, 1, 64)),
        ("depth 1 without clear columns", Workload(1 << 32, 1, 1, 1, 16, 0, 1)),
        ("depth 2", Workload(1 << 33, 2, 64, 4, 100, 1, 64)),
        ("depth 4", Workload(1 << 30, 4, 2, 2, 100, 1, 4096)),
        ("a bound of zero", Workload(0, 0, 1, 1, 1, 0, 1)),
        ("a plaintext modulus of 50 bits", Workload((1 << 49) + 12345, 0, 1, 1, 1, 0, 1)),
        ("numbers below those that count", Workload(1 << 20, -3, 0, -1, 0, -7, 0)),
    ):
        case(secure, comment, workload)
    for comment, workload in (
        ("depth 12", Workload(1 << 40, 12, 64, 4, 1000, 1, 64)),
        ("a bound that leaves no plaintext modulus", Workload(1 << 50, 0, 1, 1, 1, 0, 1)),
        ("the largest bound", Workload((1 << 64) - 1, 1, 1, 1, 1, 1, 1)),
        ("a depth without end", Workload(1 << 20, (1 << 62), 1, 1, 1, 0, 1)),
    ):
        case(secure, comment, workload)
    testing = file.group("rings without security")
    for degree, workload in (
        (8, Workload(1 << 16, 0, 1, 1, 1, 0, 1)),
        (16, Workload(1 << 16, 1, 1, 1, 8, 0, 1)),
        (64, Workload(1 << 30, 2, 64, 4, 64, 1, 64)),
        (256, Workload(1 << 40, 3, 64, 4, 64, 1, 64)),
        (1024, Workload(1 << 30, 3, 64, 4, 64, 1, 64)),
    ):
        case(testing, f"depth {workload.depth} with {degree} coefficients", workload, degree)
    return file


def case(group, comment, workload, degree=None):
    parameters = derived(workload, degree)
    fields = {"workload": workload.fields()}
    if degree:
        fields["testing_degree"] = degree
    if parameters is None:
        group.case(
            comment,
            ["NoneHolds"],
            "invalid",
            ("ParameterError", "no secure parameters hold products of depth"),
            **fields,
        )
        return
    sizes = {q.bit_length() for q in parameters.moduli + [parameters.special]}
    group.case(
        comment,
        ["Unequal"] if len(sizes) > 1 else [],
        **fields,
        parameters=parameters.fields(),
        fingerprint=parameters.fingerprint(),
    )


def files():
    file = VectorFile(
        "bfv/parameters.json",
        "bfv.parameters",
        "Parameters as bytes, and what makes them unsuitable.",
        GENERATOR,
        {
            "SecurityLimit": "The modulus is at, or just above, what the security table allows.",
            "SmallPrime": "A prime is at, or below, the smallest that is accepted.",
            "CutShort": "The bytes end within a field.",
        },
    )
    valid(file)
    unsuitable(file)
    insecure(file)
    damaged(file)
    return [file, derivations()]
