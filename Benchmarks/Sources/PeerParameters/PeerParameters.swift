import BFV

/// What our side is measured with where other libraries are measured beside it.
public enum PeerParameters {
  /// Ciphertexts of 8,192 records that hold a million.
  public static let pairs = 122

  /// For single operations and sums: N = 8192, four primes of 42 bits and a special one, t of 17 bits.
  public static func operations() throws -> EncryptionParameters { try .named(.n8192) }

  /// For the conditional sum over a million records: t of 33 bits, one product, and room for flooding,
  /// so that a total may be extracted as well.
  public static func conditionalSum() throws -> EncryptionParameters {
    try .derive(
      for: Workload(
        plaintextBound: 1 << 32, depth: 1, additionsPerFactor: 1, additionsPerLevel: 1,
        additionsPerTotal: pairs, plaintextProducts: 0, totals: 1))
  }

  /// The parameters in one line.
  public static func description(of parameters: EncryptionParameters) -> String {
    let sizes = Set(parameters.ciphertextModuli.map(bits)).sorted().map(String.init)
    return "N \(parameters.degree), \(parameters.ciphertextModuli.count) + 1 primes of "
      + "\(sizes.joined(separator: " and ")) bits, t \(parameters.plaintextModulus)"
  }

  private static func bits(_ modulus: UInt64) -> Int {
    UInt64.bitWidth - modulus.leadingZeroBitCount
  }
}
