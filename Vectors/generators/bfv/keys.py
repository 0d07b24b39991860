"""Keys and encryptions from seeds."""

import random

from bfv.operands import (
    FOREIGN,
    LARGE,
    RINGS,
    as_foreign,
    edge_messages,
    output,
    plaintext,
    random_message,
    ring,
    secret_key,
    written,
)
from common import bfv
from common.keystream import Keystream
from common.vectorfile import VectorFile

GENERATOR = "bfv/keys.py"


def seed_with_skipped_byte(generator, degree):
    """A seed among whose first bytes one is 255, which stands for no coefficient."""
    while True:
        seed = generator.randbytes(32)
        if 255 in Keystream(seed).bytes(degree):
            return seed


def key_case(group, parameters, generator, comment, seed, flags=(), elements=None):
    secret = secret_key(parameters, seed)
    seeds = [generator.randbytes(32) for _ in range(3)]
    in_full = parameters.degree == 8
    public = bfv.PublicKey(secret, Keystream(seeds[0]))
    relinearization = bfv.RelinearizationKey(secret, Keystream(seeds[1]))
    fields = {
        "public_key": {
            "seed": seeds[0].hex(),
            "written": written(public.serialized(), parameters.degree <= 32),
        },
        "relinearization_key": {
            "seed": seeds[1].hex(),
            "written": written(relinearization.serialized(), in_full),
        },
    }
    if elements is not None:
        kept = [g for g in sorted(set(elements)) if g % 2 and 1 < g < 2 * parameters.degree]
        keys = bfv.GaloisKeys(secret, kept, Keystream(seeds[2]))
        fields["galois_keys"] = {
            "seed": seeds[2].hex(),
            "elements": elements,
            "kept_elements": kept,
            "written": written(keys.serialized(), in_full),
        }
    group.case(comment, flags, secret_seed=seed.hex(), secret=secret.coefficients, **fields)


def key_generation(generator):
    file = VectorFile(
        "bfv/key-generation.json",
        "bfv.key-generation",
        "Secret, public, relinearization and Galois keys from the bytes of seeds, as files hold them.",
        GENERATOR,
        {
            "SkippedByte": "Among the secret's first bytes is 255, which stands for no coefficient.",
            "LeftOut": "Galois keys are asked for that there are none of.",
            "Order": "Galois keys are asked for in another order than they are made in.",
        },
    )
    for name, parameters in RINGS.items():
        degree = parameters.degree
        group = file.group(name, parameters=parameters.fields())
        elements = [bfv.rotation_element(1, degree), 2 * degree - 1]
        seed = generator.randbytes(32)
        key_case(group, parameters, generator, "all keys", seed, elements=elements)
        seed = seed_with_skipped_byte(generator, degree)
        key_case(
            group, parameters, generator, "a byte is skipped", seed, ["SkippedByte"], elements=[]
        )
        seed = generator.randbytes(32)
        elements = [0, 1, 2, 3, 4, -3, 2 * degree, 2 * degree + 1, 2 * degree - 3]
        key_case(
            group,
            parameters,
            generator,
            "elements that are even, 1 or out of range",
            seed,
            ["LeftOut"],
            elements=elements,
        )
        elements = list(reversed(bfv.packing_elements(degree)))
        key_case(
            group, parameters, generator, "packing elements, descending", b"", ["Order"], elements
        )
    group = file.group("degree 1024", parameters=LARGE.fields())
    key_case(group, LARGE, generator, "all keys", generator.randbytes(32), elements=[3])
    return file


def encryption_case(group, secret, public, form, message, seed, comment, flags):
    parameters, source = secret.parameters, Keystream(seed)
    in_full = parameters.degree == 8
    fields = {} if form == "public_zero" else {"message": plaintext(message)}
    if form == "symmetric":
        ciphertext = secret.encrypt(message, source)
        data = ciphertext.seeded()
    else:
        ciphertext = public.encrypt(message, source)
        data = ciphertext.serialized()
    assert secret.decrypt(ciphertext) == message
    group.case(
        f"{comment}, {form.replace('_', ' ')}",
        flags,
        form=form,
        **fields,
        seed=seed.hex(),
        ciphertext=output(ciphertext),
        written=written(data, in_full),
    )


def encryption(generator):
    file = VectorFile(
        "bfv/encryption.json",
        "bfv.encryption",
        "Encryptions with the public and the secret key from the bytes of a seed; the plaintext is "
        "scaled to round(Q·m/t).",
        GENERATOR,
        {
            "Edge": "A message whose scaling rounds at an edge.",
            "SkippedByte": "Among the mask's first bytes is 255, which stands for no coefficient.",
        },
    )
    for name, parameters in {**RINGS, "degree 1024": LARGE}.items():
        seeds = [generator.randbytes(32) for _ in range(2)]
        secret = secret_key(parameters, seeds[0])
        public = bfv.PublicKey(secret, Keystream(seeds[1]))
        group = file.group(
            name, **ring(parameters), secret_seed=seeds[0].hex(), public_key_seed=seeds[1].hex()
        )
        messages = [("random", random_message(parameters, generator), [])]
        if parameters is not LARGE:
            messages += [(name, m, ["Edge"]) for name, m in edge_messages(parameters)]
        for comment, message, flags in messages:
            for form in ("public_key", "symmetric"):
                seed = generator.randbytes(32)
                encryption_case(group, secret, public, form, message, seed, comment, flags)
        zero = [0] * parameters.degree
        for seed, comment, flags in (
            (b"", "an empty seed", []),
            (
                seed_with_skipped_byte(generator, parameters.degree),
                "a byte is skipped",
                ["SkippedByte"],
            ),
        ):
            encryption_case(group, secret, public, "public_zero", zero, seed, comment, flags)
        for form in ("public_key", "symmetric"):
            group.case(
                f"a plaintext of other parameters, {form.replace('_', ' ')}",
                result="invalid",
                error=FOREIGN,
                form=form,
                message=as_foreign(plaintext(messages[0][1])),
                seed="",
            )
    return file


def files():
    generator = random.Random(20261130)
    return [key_generation(generator), encryption(generator)]
