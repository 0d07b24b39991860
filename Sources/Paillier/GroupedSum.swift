import BigInteger

/// Running encrypted sums of many ciphertexts of one key, one for each group, in one pass and in memory
/// that depends on the number of groups only.
///
/// Ciphertexts that come as bytes are checked for their range one by one and for gcd(c, n) = 1 all
/// together at the end: a product is a unit only if each factor is.
public struct GroupedSum: Sendable {
  /// The key of all of them.
  public let publicKey: PublicKey
  /// How many ciphertexts were added to each group.
  public private(set) var counts: [Int]
  private var products: GroupedProduct
  /// Groups to which a ciphertext came as bytes, so that their product is to be checked.
  private var hasUncheckedUnits: [Bool]

  /// The empty sums of `groupCount` groups.
  public init(publicKey: PublicKey, groupCount: Int) {
    self.publicKey = publicKey
    let groupCount = max(0, groupCount)
    counts = [Int](repeating: 0, count: groupCount)
    hasUncheckedUnits = [Bool](repeating: false, count: groupCount)
    products = GroupedProduct(ring: publicKey.ring, groupCount: groupCount)
  }

  /// Adds a ciphertext to a group.
  ///
  /// - Parameter group: from 0 to the number of groups less one.
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``, ``PaillierError/groupMismatch``; then
  ///   nothing was added.
  public mutating func add(
    _ ciphertext: Ciphertext, to group: Int
  ) throws(PaillierError) {
    try publicKey.check(ciphertext)
    try check(group)
    multiply(ciphertext, group)
  }

  /// Adds a ciphertext as ``Ciphertext/serialized(for:)`` wrote it.
  ///
  /// - Parameters:
  ///   - group: from 0 to the number of groups less one.
  ///   - source: the file or part that the bytes come from, for errors.
  /// - Throws: ``PaillierError/invalidCiphertext(source:problem:)`` unless it is between 0 and n²,
  ///   ``PaillierError/groupMismatch``; then nothing was added. What is no unit shows in ``total(of:source:)``.
  public mutating func add(
    serialized bytes: some Collection<UInt8>, to group: Int, source: String
  ) throws(PaillierError) {
    try check(group)
    multiply(try Ciphertext(uncheckedUnit: bytes, key: publicKey, source: source), group)
    hasUncheckedUnits[group] = true
  }

  /// Adds to each group what another sum has for it, such as one of another task's.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``, ``PaillierError/groupMismatch`` when the
  ///   other has not as many groups; then nothing was added.
  public mutating func add(_ other: GroupedSum) throws(PaillierError) {
    guard other.counts.count == counts.count else { throw .groupMismatch }
    guard other.publicKey == publicKey else {
      throw .keyMismatch(
        ciphertext: other.publicKey.fingerprint.hexadecimal,
        key: publicKey.fingerprint.hexadecimal)
    }
    products.multiply(by: other.products)
    for group in counts.indices {
      counts[group] += other.counts[group]
      hasUncheckedUnits[group] = hasUncheckedUnits[group] || other.hasUncheckedUnits[group]
    }
  }

  /// The encryption of a group's sum modulo n; of none, a fresh encryption of zero. Deterministic
  /// otherwise: re-randomize what leaves the server.
  ///
  /// - Parameters:
  ///   - group: from 0 to the number of groups less one.
  ///   - source: where the ciphertexts came from, for errors.
  /// - Throws: ``PaillierError/invalidCiphertext(source:problem:)`` when one that came as bytes is no
  ///   unit modulo n, ``PaillierError/groupMismatch``.
  public func total(
    of group: Int, source: String = "ciphertexts"
  ) throws(PaillierError) -> Ciphertext {
    try check(group)
    let value = products.value(of: group)
    if hasUncheckedUnits[group], value.greatestCommonDivisor(with: publicKey.modulus) != 1 {
      throw .invalidCiphertext(
        source: source,
        problem: "one of \(counts[group]) has a factor in common with the key")
    }
    return Evaluator(publicKey: publicKey).nontrivial(value)
  }

  private func check(_ group: Int) throws(PaillierError) {
    guard counts.indices.contains(group) else { throw .groupMismatch }
  }

  private mutating func multiply(_ ciphertext: Ciphertext, _ group: Int) {
    // Every ciphertext of the key has as many limbs as its ring.
    products.multiply(by: ciphertext.limbs, group: group)
    counts[group] += 1
  }
}
