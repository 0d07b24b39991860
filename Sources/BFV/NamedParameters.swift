import Lattice

/// Ready parameter sets for those who use the scheme without a claim schema.
public enum NamedParameters: String, CaseIterable, Sendable {
  /// N = 4096, t of 17 bits, Q of 70 bits: additions and a plaintext product.
  case n4096
  /// N = 8192, t of 17 bits, Q of 168 bits: depth 2 without a claim query's reserves.
  case n8192
  /// N = 16384, t of 33 bits, Q of 360 bits.
  case n16384
  /// N = 32768, t of 33 bits, Q of 810 bits.
  case n32768
}

extension EncryptionParameters {
  /// The named set.
  /// - Throws: `ParameterError`; not for the sets that ship.
  public static func named(_ name: NamedParameters) throws(ParameterError) -> EncryptionParameters {
    let (degree, plaintextBits, count, bits) =
      switch name {
      case .n4096: (4096, 17, 2, 35)
      case .n8192: (8192, 17, 4, 42)
      case .n16384: (16384, 33, 8, 45)
      case .n32768: (32768, 33, 18, 45)
      }
    do {
      let plaintextModulus = try NTTPrimes.largest(count: 1, bits: plaintextBits, degree: degree)[0]
      let primes = try NTTPrimes.largest(
        count: count + 1, bits: bits, degree: degree, excluding: [plaintextModulus])
      return try EncryptionParameters(
        degree: degree, plaintextModulus: plaintextModulus,
        ciphertextModuli: Array(primes.dropFirst()), specialModulus: primes[0])
    } catch let error as ParameterError {
      throw error
    } catch let error as LatticeError {
      throw .malformed(error)
    } catch {
      throw .unsupportedDegree(degree)
    }
  }
}
