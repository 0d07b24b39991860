/// The Paillier ciphertexts of one block over all records of a chunk, in slot order.
package struct PaillierRecords: Hashable, Sendable {
  /// The bytes of one record's ciphertext.
  package let ciphertextByteCount: Int
  /// All ciphertexts, one after the other.
  package let bytes: [UInt8]

  init(ciphertextByteCount: Int, bytes: [UInt8]) {
    self.ciphertextByteCount = ciphertextByteCount
    self.bytes = bytes
  }

  /// The number of records.
  package var count: Int { bytes.count / ciphertextByteCount }

  /// The ciphertext of the record in a slot.
  package subscript(slot: Int) -> ArraySlice<UInt8> {
    bytes[slot * ciphertextByteCount..<(slot + 1) * ciphertextByteCount]
  }
}
