import SecureMemory

/// Comparisons of what this build gives with what a vector says.
package enum VectorCheck {
  /// Two values that have a text.
  ///
  /// - Throws: ``VectorMismatch``.
  package static func equal<Value: Equatable>(
    _ field: String, _ found: Value, _ expected: Value
  ) throws(VectorMismatch) {
    guard found == expected else {
      throw VectorMismatch(field: field, expected: "\(expected)", found: "\(found)")
    }
  }

  /// Two lists; the first element that differs is reported.
  ///
  /// - Throws: ``VectorMismatch``.
  package static func equal<Value: Equatable>(
    _ field: String, _ found: [Value], _ expected: [Value]
  ) throws(VectorMismatch) {
    try equal(field, found, expected) { "\($0)" }
  }

  /// Residues, or other words.
  ///
  /// - Throws: ``VectorMismatch``.
  package static func equal(
    _ field: String, _ found: [UInt64], _ expected: [HexWord]
  ) throws(VectorMismatch) {
    try equal(field, found, expected.map(\.value)) { String($0, radix: 16) }
  }

  /// Bytes.
  ///
  /// - Throws: ``VectorMismatch``.
  package static func equal(
    _ field: String, _ found: [UInt8], _ expected: HexBytes
  ) throws(VectorMismatch) {
    try equal(field, found, expected.bytes) { String($0, radix: 16) }
  }

  /// The digest of bytes that are too many to stand in a vector: BLAKE2b-256 under the domain
  /// `Cryptally test vector`.
  ///
  /// - Throws: ``VectorMismatch``.
  package static func digest(
    _ field: String, _ found: [UInt8], _ expected: HexBytes
  ) throws(VectorMismatch) {
    let digest = Digest.of(found, domain: digestDomain)
    guard digest.bytes == expected.bytes else {
      throw VectorMismatch(
        field: field, expected: expected.text, found: digest.hexadecimal)
    }
  }

  /// The digest of words, eight bytes each, little endian.
  ///
  /// - Throws: ``VectorMismatch``.
  package static func digest(
    _ field: String, words: [UInt64], _ expected: HexBytes
  ) throws(VectorMismatch) {
    var stream = DigestStream(domain: digestDomain)
    for word in words {
      withUnsafeBytes(of: word.littleEndian) { stream.update($0) }
    }
    let digest = stream.finalize()
    guard digest.bytes == expected.bytes else {
      throw VectorMismatch(
        field: field, expected: expected.text, found: digest.hexadecimal)
    }
  }

  /// The domain of digests in vectors.
  package static let digestDomain = "Cryptally test vector"

  private static func equal<Value: Equatable>(
    _ field: String, _ found: [Value], _ expected: [Value], text: (Value) -> String
  ) throws(VectorMismatch) {
    for (index, (ours, theirs)) in zip(found, expected).enumerated() where ours != theirs {
      throw VectorMismatch(
        field: field, index: index, expected: text(theirs), found: text(ours))
    }
    guard found.count == expected.count else {
      throw VectorMismatch(
        field: field, expected: "\(expected.count) values", found: "\(found.count) values")
    }
  }
}
