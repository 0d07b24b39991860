import BigInteger
import SecureMemory

/// The integers modulo n², where ciphertexts live, with what every operation on them shares.
final class CiphertextRing: Sendable {
  /// n.
  let modulus: BigInteger
  /// n².
  let squaredModulus: BigInteger
  let montgomery: MontgomeryModulus
  /// n and n² for calculations with secrets. They are public all the same.
  let fixedModulus: SecretInteger
  let fixedSquaredModulus: SecretInteger

  /// Nil for an even modulus.
  init?(modulus: BigInteger) {
    let squared = modulus * modulus
    guard let montgomery = MontgomeryModulus(squared),
      let fixedModulus = SecretInteger(modulus, bitCount: modulus.bitCount),
      let fixedSquaredModulus = SecretInteger(squared, bitCount: squared.bitCount)
    else { return nil }
    self.modulus = modulus
    squaredModulus = squared
    self.montgomery = montgomery
    self.fixedModulus = fixedModulus
    self.fixedSquaredModulus = fixedSquaredModulus
  }

  /// The limbs of a ciphertext.
  var limbCount: Int { montgomery.limbCount }

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

  /// r^n mod n². Of a uniform r in [1, n), this is a uniform n-th power, which hides anything that it
  /// is multiplied with. That r is a unit is certain but for a probability of about 2^(1 − |n| / 2).
  func nthPower(of base: SecretInteger) -> SecretInteger {
    base.power(fixedModulus, modulo: fixedSquaredModulus)
  }

  /// The n-th power of a fresh uniform r in [1, n): an encryption of zero.
  func freshNthPower() -> SecretInteger {
    var source = SystemRandomSource()
    return nthPower(of: SecretInteger.randomNonzero(below: fixedModulus, using: &source))
  }
}
