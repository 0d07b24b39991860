"""Every format that Cryptally reads: whole files, and for each field the ways in which it can be wrong.

The generators write the formats from their description and share nothing with the library. Forged
files have right digests, and right signatures where the forger could sign, so that the check behind
these is reached.
"""

from formats import (
    answers,
    boxes,
    clear_parts,
    envelopes,
    evaluation_keys,
    journals,
    ledgers,
    paillier_ciphertexts,
    paillier_files,
    public_keys,
    secret_keys,
    server_keys,
    stored_ciphertexts,
    table_descriptions,
    table_files,
)

_MODULES = (
    envelopes,
    boxes,
    paillier_files,
    paillier_ciphertexts,
    server_keys,
    public_keys,
    secret_keys,
    evaluation_keys,
    answers,
    ledgers,
    table_descriptions,
    stored_ciphertexts,
    clear_parts,
    journals,
    table_files,
)


def files():
    return [file for module in _MODULES for file in module.files()]
