import BigInteger
import SecureMemory

/// The integers modulo n², where ciphertexts live, with what every operation on them shares.
final class CiphertextRing: Sendable {
  /// n.
  let modulus: BigInteger
  /// n².
  let squaredModulus: BigInteger
  private let squaredLimbs: [UInt]
  /// For powers modulo n².
  let square: SquareModulus
  /// For products modulo n.
  let modulusMontgomery: MontgomeryModulus
  /// n and n² for calculations with secrets. They are public all the same.
  let fixedModulus: SecretInteger
  let fixedSquaredModulus: SecretInteger
  /// Products of no ciphertext yet.
  let emptyProduct: MontgomeryProduct

  /// Nil for an even modulus.
  init?(modulus: BigInteger) {
    let squared = modulus * modulus
    guard let square = SquareModulus(modulus), let modulusMontgomery = MontgomeryModulus(modulus),
      let emptyProduct = MontgomeryProduct(modulus: square.montgomery),
      let squaredLimbs = squared.limbs(count: square.montgomery.limbCount)
    else { return nil }
    self.modulus = modulus
    squaredModulus = squared
    self.squaredLimbs = squaredLimbs
    self.square = square
    self.modulusMontgomery = modulusMontgomery
    self.emptyProduct = emptyProduct
    fixedModulus = square.root
    fixedSquaredModulus = square.square
  }

  /// The limbs of a ciphertext.
  var limbCount: Int { squaredLimbs.count }

  /// Whether a number in as many limbs as a ciphertext is below n².
  func isReduced(_ limbs: [UInt]) -> Bool {
    for index in squaredLimbs.indices.reversed() where limbs[index] != squaredLimbs[index] {
      return limbs[index] < squaredLimbs[index]
    }
    return false
  }

  /// The bytes of a serialized ciphertext.
  var byteCount: Int { (2 * modulus.bitCount + 7) / 8 }

  /// (1 + n)^m = 1 + m · n mod n², for m in [0, n): below n² without reduction.
  func generatorPower(_ plaintext: SecretInteger) -> SecretInteger {
    plaintext.multiplied(by: fixedModulus).adding(SecretInteger.one)
      .resized(bitCount: squaredModulus.bitCount)
  }

  /// a · b mod n².
  func multiply(_ a: SecretInteger, _ b: SecretInteger) -> SecretInteger {
    a.multiplied(by: b).remainder(dividingBy: fixedSquaredModulus)
  }

  /// r^n mod n² of each r, on all cores. Of a uniform r in [1, n), this is a uniform n-th power, which
  /// hides anything that it is multiplied with. That r is a unit is certain but for a probability of
  /// about 2^(1 − |n| / 2).
  func nthPowers(of bases: [SecretInteger]) -> [SecretInteger] {
    concurrentChunks(of: bases, count: square.batchCount) {
      square.powers(of: $0, fixedModulus)
    }
  }

  /// The n-th powers of fresh uniform r in [1, n): encryptions of zero.
  func freshNthPowers(count: Int) -> [SecretInteger] {
    var source = SystemRandomSource()
    return freshNthPowers(count: count, using: &source)
  }

  /// The same of r from a source, in their order, as `SecretInteger.randomNonzero` draws them.
  func freshNthPowers(count: Int, using source: inout some RandomSource) -> [SecretInteger] {
    nthPowers(
      of: (0..<count).map { _ in
        SecretInteger.randomNonzero(below: fixedModulus, using: &source)
      })
  }
}
