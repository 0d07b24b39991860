import BigInteger
import SecureMemory

/// The base h_s of the short-exponent form of Paillier encryption.
///
/// I. Damgård, M. Jurik, J. B. Nielsen, "A Generalization of Paillier's Public-Key System with
/// Applications to Electronic Voting", 2010, section 4: with p ≡ q ≡ 3 (mod 4) and
/// gcd(p − 1, q − 1) = 2, h = −x² mod n for a random unit x, h_s = h^n mod n², and a ciphertext is
/// (1 + n)^m · h_s^α for a uniform α of half as many bits as n.
///
/// Here x follows from n by a hash, so that every holder of the public key calculates the same h_s
/// from n alone, and nobody can slip in a base that hides nothing.
enum ShortExponentBase {
  static let domain = "cryptally.paillier.short-exponent-base"

  /// The bits of the exponent α.
  static func exponentBitCount(modulusBitCount: Int) -> Int { (modulusBitCount + 1) / 2 }

  /// h_s.
  static func value(of ring: CiphertextRing) -> SecretInteger {
    let x = unit(modulo: ring.modulus)
    let h = (-(x * x)).reduced(modulo: ring.modulus) ?? 1
    let power = h.power(variableTime: ring.modulus, modulo: ring.squaredModulus) ?? 1
    // It is public, and goes where factors have a fixed width.
    return SecretInteger(power, bitCount: ring.squaredModulus.bitCount) ?? .one
  }

  /// x: the big-endian number of the digests of (n, 0), (n, 1), … modulo n. The digests have at
  /// least 128 bits more than n, so that x is uniform to within 2^-128. n is written most
  /// significant byte first, the counter as four bytes in little-endian order.
  private static func unit(modulo modulus: BigInteger) -> BigInteger {
    let bytes = modulus.bigEndianBytes(count: (modulus.bitCount + 7) / 8) ?? []
    let digestCount = (modulus.bitCount + 128 + 255) / 256
    var expanded: [UInt8] = []
    for counter in 0..<UInt32(digestCount) {
      let suffix = withUnsafeBytes(of: counter.littleEndian) { Array($0) }
      expanded += Digest.of(bytes + suffix, domain: domain).bytes
    }
    return BigInteger(bigEndianBytes: expanded).reduced(modulo: modulus) ?? 1
  }
}
