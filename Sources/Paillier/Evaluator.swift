public import BigInteger
package import SecureMemory

/// Calculations on ciphertexts of one public key: what the server does.
///
/// Results other than those of ``rerandomize(_:)`` follow from their inputs and hide nothing about
/// how they were made. No result is the trivial ciphertext 1, which anybody can read: a fresh
/// encryption of zero takes its place.
public struct Evaluator: Sendable {
  /// The key of all inputs and results.
  public let publicKey: PublicKey

  /// An evaluator for ciphertexts of the key.
  public init(publicKey: PublicKey) { self.publicKey = publicKey }

  private var square: BigInteger { publicKey.ring.squaredModulus }

  /// The encryption of the sum modulo n.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``.
  public func add(_ a: Ciphertext, _ b: Ciphertext) throws(PaillierError) -> Ciphertext {
    try publicKey.check(a)
    try publicKey.check(b)
    return reduced(a.value * b.value)
  }

  /// The encryption of the sum with a plaintext in [0, n) modulo n, in a time that does not depend on
  /// it.
  ///
  /// - Throws: ``PaillierError``.
  public func add(
    _ ciphertext: Ciphertext, plaintext: BigInteger
  ) throws(PaillierError) -> Ciphertext {
    let fixed = try fixedWidth(ciphertext)
    let power = publicKey.ring.generatorPower(try publicKey.fixedWidth(plaintext, index: 0))
    return nontrivial(publicKey.ring.multiply(fixed, power).declassified())
  }

  /// The encryption of the difference modulo n.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``.
  public func subtract(_ a: Ciphertext, _ b: Ciphertext) throws(PaillierError) -> Ciphertext {
    try add(a, negate(b))
  }

  /// The encryption of the negative modulo n.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``.
  public func negate(_ ciphertext: Ciphertext) throws(PaillierError) -> Ciphertext {
    try publicKey.check(ciphertext)
    // Every ciphertext is a unit, so there is an inverse.
    return nontrivial(ciphertext.value.inverse(modulo: square) ?? 1)
  }

  /// The encryption of the product with a secret plaintext in [0, n) modulo n, in a time that does
  /// not depend on it. Multiplying by 0 gives a fresh encryption of zero.
  ///
  /// - Throws: ``PaillierError``.
  public func multiply(
    _ ciphertext: Ciphertext, by plaintext: BigInteger
  ) throws(PaillierError) -> Ciphertext {
    let fixed = try fixedWidth(ciphertext)
    let exponent = try publicKey.fixedWidth(plaintext, index: 0)
    return nontrivial(
      fixed.power(exponent, publicModulus: publicKey.ring.fixedSquaredModulus).declassified())
  }

  /// The encryption of the product with a public number, |factor| < n, modulo n: faster for small
  /// numbers. Multiplying by 0 gives a fresh encryption of zero.
  ///
  /// - Throws: ``PaillierError``.
  public func multiply(
    _ ciphertext: Ciphertext, variableTime factor: BigInteger
  ) throws(PaillierError) -> Ciphertext {
    let magnitude = factor.signum < 0 ? -factor : factor
    guard magnitude < publicKey.modulus else { throw .plaintextOutOfRange(index: 0) }
    let base = factor.signum < 0 ? try negate(ciphertext) : ciphertext
    try publicKey.check(base)
    return nontrivial(base.value.power(variableTime: magnitude, modulo: square) ?? 1)
  }

  /// The same plaintext under fresh randomness: multiplied by r^n of a uniform r in [1, n), so that
  /// the result says nothing about how the ciphertext came to be.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``.
  public func rerandomize(_ ciphertext: Ciphertext) throws(PaillierError) -> Ciphertext {
    try rerandomize([ciphertext])[0]
  }

  /// The same for many, in their order, on all cores.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``.
  public func rerandomize(_ ciphertexts: [Ciphertext]) throws(PaillierError) -> [Ciphertext] {
    var source = SystemRandomSource()
    return try rerandomize(ciphertexts, insecureForTesting: &source)
  }

  /// The same with r from a given source, in their order, for vectors and tests.
  package func rerandomize(
    _ ciphertexts: [Ciphertext], insecureForTesting source: inout some RandomSource
  ) throws(PaillierError) -> [Ciphertext] {
    let ring = publicKey.ring
    var fixed: [SecretInteger] = []
    for ciphertext in ciphertexts { fixed.append(try fixedWidth(ciphertext)) }
    let powers = ring.freshNthPowers(count: fixed.count, using: &source)
    return zip(fixed, powers).map { factor, power in
      Ciphertext(limbs: ring.multiply(factor, power).declassifiedLimbs(), key: publicKey)
    }
  }

  /// The encryption of the sum of all modulo n; of none, a fresh encryption of zero.
  ///
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``.
  public func sum(
    _ ciphertexts: some Sequence<Ciphertext>
  ) throws(PaillierError) -> Ciphertext {
    var sum = CiphertextSum(publicKey: publicKey)
    for ciphertext in ciphertexts { try sum.add(ciphertext) }
    return try sum.total()
  }

  /// The encryption of each group's sum modulo n, in one pass; of none, a fresh encryption of zero.
  ///
  /// - Parameters:
  ///   - groups: the group of each ciphertext, from 0 to `groupCount` − 1.
  ///   - groupCount: how many groups there are.
  /// - Throws: ``PaillierError/keyMismatch(ciphertext:key:)``, ``PaillierError/groupMismatch`` unless
  ///   there is a group for each ciphertext, all of them in the range.
  public func sums(
    of ciphertexts: [Ciphertext], groups: [Int], groupCount: Int
  ) throws(PaillierError) -> [Ciphertext] {
    guard ciphertexts.count == groups.count, groups.allSatisfy({ (0..<groupCount) ~= $0 }) else {
      throw .groupMismatch
    }
    var sums = GroupedSum(publicKey: publicKey, groupCount: groupCount)
    for (ciphertext, group) in zip(ciphertexts, groups) { try sums.add(ciphertext, to: group) }
    var totals: [Ciphertext] = []
    for group in 0..<groupCount { totals.append(try sums.total(of: group)) }
    return totals
  }

  /// A fresh encryption of zero with full-width randomness.
  public func zero() -> Ciphertext {
    var source = SystemRandomSource()
    return zero(insecureForTesting: &source)
  }

  /// The same with r from a given source, for vectors and tests.
  package func zero(insecureForTesting source: inout some RandomSource) -> Ciphertext {
    let powers = publicKey.ring.freshNthPowers(count: 1, using: &source)
    return Ciphertext(limbs: powers[0].declassifiedLimbs(), key: publicKey)
  }

  private func reduced(_ product: BigInteger) -> Ciphertext {
    nontrivial(product.reduced(modulo: square) ?? 1)
  }

  func nontrivial(_ value: BigInteger) -> Ciphertext {
    value == 1 ? zero() : Ciphertext(value: value, key: publicKey)
  }

  private func fixedWidth(_ ciphertext: Ciphertext) throws(PaillierError) -> SecretInteger {
    try publicKey.check(ciphertext)
    guard let fixed = SecretInteger(ciphertext.value, bitCount: square.bitCount) else {
      throw .invalidCiphertext(source: "ciphertext", problem: "it is wider than the key's square")
    }
    return fixed
  }
}
