"""What the Paillier peers compute on."""

BITS = (2048, 3072)
# Ciphertexts in a sum.
TERMS = 10_000
LEFT, RIGHT = 12345, -67890
# That of the numbers below.
SUM = TERMS * LEFT + RIGHT * (TERMS * (TERMS - 1) // 2)


def numbers(left, right, add):
    """As many different ciphertexts as a sum has: sums of sums take no encryption each."""
    made = [left]
    while len(made) < TERMS:
        made.append(add(made[-1], right))
    return made


def check(name, found, expected):
    """Stops the program when a peer's result is wrong: the time of a wrong result means nothing."""
    if found != expected:
        raise SystemExit(f"{name}: the result is wrong")
