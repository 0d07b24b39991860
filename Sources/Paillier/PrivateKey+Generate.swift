import BigInteger
import SecureMemory

extension PrivateKey {
  /// The size of a key's modulus unless another is asked for: 3072 bits, about 128 bits of security.
  public static let defaultBitCount = 3072

  /// A new key: random primes p and q of half the bits each with their two highest bits set (so that
  /// n has exactly the stated bits), p ≡ q ≡ 3 mod 4, gcd(p − 1, q − 1) = 2, and far enough apart.
  /// Takes a fraction of a second at 3072 bits.
  ///
  /// Finding the primes takes a time that depends on them; what is done with them afterwards does
  /// not.
  ///
  /// - Throws: ``PaillierError/modulusSize(bitCount:)`` unless the size is even and in
  ///   ``PublicKey/admittedBitCounts``.
  public static func generate(
    bitCount: Int = defaultBitCount
  ) throws(PaillierError) -> PrivateKey {
    guard PublicKey.admittedBitCounts.contains(bitCount), bitCount.isMultiple(of: 2) else {
      throw .modulusSize(bitCount: bitCount)
    }
    var source = SystemRandomSource()
    return try generate(bitCount: bitCount, isInsecureForTesting: false, using: &source)
  }

  /// A key of any even size from 64 bits, from a source that may be predictable.
  package static func generateInsecureForTesting(
    bitCount: Int, using source: inout some RandomSource
  ) throws(PaillierError) -> PrivateKey {
    guard (64...PublicKey.admittedBitCounts.upperBound).contains(bitCount),
      bitCount.isMultiple(of: 2)
    else { throw .modulusSize(bitCount: bitCount) }
    return try generate(bitCount: bitCount, isInsecureForTesting: true, using: &source)
  }

  private static func generate(
    bitCount: Int, isInsecureForTesting: Bool, using source: inout some RandomSource
  ) throws(PaillierError) -> PrivateKey {
    let half = bitCount / 2
    while true {
      guard let p = BigInteger.randomPrime(bitCount: half, using: &source),
        let q = BigInteger.randomPrime(bitCount: half, using: &source),
        let fixedP = SecretInteger(p, bitCount: half),
        let fixedQ = SecretInteger(q, bitCount: half)
      else { throw .modulusSize(bitCount: bitCount) }
      // About a third of the pairs have a larger common divisor.
      guard KeyRules.areDistinct(fixedP, fixedQ), KeyRules.fitShortExponents(fixedP, fixedQ) else {
        continue
      }
      return try PrivateKey(
        p: fixedP, q: fixedQ, supportsShortExponents: true,
        isInsecureForTesting: isInsecureForTesting)
    }
  }
}
