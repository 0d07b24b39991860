"""The Paillier scheme: keys, ciphertexts, packed records, numbers and their documents."""

import paillier_decimals
import paillier_documents
import paillier_encryption
import paillier_iso
import paillier_key_bytes
import paillier_keys
import paillier_operations
import paillier_records
import paillier_totals


def files():
    return [
        *paillier_keys.files(),
        *paillier_key_bytes.files(),
        *paillier_encryption.files(),
        *paillier_operations.files(),
        *paillier_iso.files(),
        *paillier_records.files(),
        *paillier_totals.files(),
        *paillier_decimals.files(),
        *paillier_documents.files(),
    ]
