import BigInteger

/// What shows of a public modulus that nobody has factored.
///
/// It says nothing about how the primes were chosen: whoever holds only the public key cannot know.
enum ModulusRules {
  /// No prime of a key is that small, not even of one for tests.
  private static let smallestPrime: UInt = 1 << 15
  private static let smallPrimes = BigInteger.primorial(smallestPrime)

  /// What is wrong with a number as a modulus; nil when nothing shows.
  static func problem(of modulus: BigInteger) -> String? {
    if !modulus.isOdd { return "the modulus is even" }
    if modulus.greatestCommonDivisor(with: smallPrimes) != 1 {
      return "the modulus has a prime factor below \(smallestPrime)"
    }
    if modulus.isPerfectPower { return "the modulus is a power of another number" }
    if modulus.isProbablePrime { return "the modulus is prime" }
    return nil
  }
}
