"""Every format that Cryptally reads: whole files, and for each field the ways in which it can be wrong.

The generators write the formats from their description and share nothing with the library. Forged
files have right digests, and right signatures where the forger could sign, so that the check behind
these is reached.
"""

from formats import answers, boxes, envelopes, keys, ledgers, paillier_files, table_files, table_parts

_MODULES = (envelopes, boxes, paillier_files, keys, answers, ledgers, table_parts, table_files)


def files():
    return [file for module in _MODULES for file in module.files()]
