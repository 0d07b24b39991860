"""The Paillier scheme: keys, ciphertexts, packed records, numbers and their documents."""

from paillier import (
    decimals,
    documents,
    encryption,
    key_bytes,
    keys,
    operations,
    records,
    standard,
    totals,
)


def files():
    return [
        file
        for module in (
            keys,
            key_bytes,
            encryption,
            operations,
            standard,
            records,
            totals,
            decimals,
            documents,
        )
        for file in module.files()
    ]
