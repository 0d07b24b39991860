import Lattice

/// What parameters must hold: the deepest computation that will be admitted.
public struct Workload: Hashable, Sendable {
  /// t must exceed this: twice the bound of every sum.
  public var plaintextBound: UInt64
  /// Levels of ciphertext products.
  public var depth: Int
  /// Ciphertexts added up into one factor, appends included.
  public var additionsPerFactor: Int
  /// Products added up inside one level of a predicate.
  public var additionsPerLevel: Int
  /// Products added up into one total, over all chunks.
  public var additionsPerTotal: Int
  /// Products with a plaintext mask on one path: 1 when there are clear columns.
  public var plaintextProducts: Int
  /// Totals in one answer, over which flooding is accounted.
  public var totals: Int

  /// A workload; all numbers are at least 1, the depth and the plaintext products at least 0.
  public init(
    plaintextBound: UInt64, depth: Int, additionsPerFactor: Int, additionsPerLevel: Int,
    additionsPerTotal: Int, plaintextProducts: Int, totals: Int
  ) {
    self.plaintextBound = plaintextBound
    self.depth = depth
    self.additionsPerFactor = additionsPerFactor
    self.additionsPerLevel = additionsPerLevel
    self.additionsPerTotal = additionsPerTotal
    self.plaintextProducts = plaintextProducts
    self.totals = totals
  }
}

extension NoiseModel {
  /// The noise of the deepest total that the workload admits, flooding included.
  package func deepestTotal(of workload: Workload) -> NoiseBound {
    var noise = fresh.times(Double(workload.additionsPerFactor))
    for _ in 0..<workload.plaintextProducts { noise = multiplyingPlaintext(noise) }
    for _ in 0..<workload.depth {
      noise = product(noise, noise, level: topLevel) + keySwitch(level: topLevel)
      noise = noise.times(Double(workload.additionsPerLevel))
    }
    noise = noise.times(Double(workload.additionsPerTotal)) + fresh
    return flooded(packing(noise, level: topLevel), totals: workload.totals)
  }
}

extension EncryptionParameters {
  /// Primes of at most this many bits let a transform run without conditional subtractions.
  static let preferredPrimeBits = 45

  /// The smallest secure parameters that hold the workload: the smallest ring, then the fewest
  /// primes, then the smallest primes.
  /// - Throws: `ParameterError.noneHolds`.
  public static func derive(for workload: Workload) throws(ParameterError) -> EncryptionParameters {
    for degree in [4096, 8192, 16384, 32768] {
      if let parameters = try derive(for: workload, degree: degree, isTesting: false) {
        return parameters
      }
    }
    throw .noneHolds(
      depth: workload.depth,
      plaintextBits: UInt64.bitWidth - workload.plaintextBound.leadingZeroBitCount)
  }

  /// Small parameters that compute correctly and have no security, for tests.
  package static func deriveInsecureForTesting(
    for workload: Workload, degree: Int
  ) throws(ParameterError) -> EncryptionParameters {
    guard let parameters = try derive(for: workload, degree: degree, isTesting: true) else {
      throw .noneHolds(depth: workload.depth, plaintextBits: 0)
    }
    return parameters
  }

  private static func derive(
    for workload: Workload, degree: Int, isTesting: Bool
  ) throws(ParameterError) -> EncryptionParameters? {
    let limit = isTesting ? 1700 : SecurityTable.maximumModulusBits(degree: degree) ?? 0
    guard
      let plaintextModulus = try? NTTPrimes.smallest(
        above: workload.plaintextBound, degree: degree),
      plaintextModulus < 1 << 50
    else { return nil }
    let smallestBits = max(2 * degree, 1 << 24).trailingZeroBitCount + 4
    for count in 1...36 where (count + 1) * smallestBits <= limit {
      for bits in smallestBits...preferredPrimeBits where (count + 1) * bits <= limit {
        // The primes lie just below 2^bits; a hundredth of a bit each is a safe allowance.
        let model = NoiseModel(
          degree: degree, plaintextModulus: Double(plaintextModulus),
          log2Moduli: Array(repeating: Double(bits) - 0.01, count: count),
          log2Special: Double(bits) - 0.01)
        guard model.admitsTotal(model.deepestTotal(of: workload), level: count) else { continue }
        guard
          let primes = try? NTTPrimes.largest(
            count: count + 1, bits: bits, degree: degree, excluding: [plaintextModulus])
        else { continue }
        let parameters = try EncryptionParameters(
          degree: degree, plaintextModulus: plaintextModulus,
          ciphertextModuli: Array(primes.dropFirst()), specialModulus: primes[0],
          isInsecureForTesting: isTesting)
        let exact = NoiseModel(parameters)
        guard exact.admitsTotal(exact.deepestTotal(of: workload), level: count) else { continue }
        return parameters
      }
    }
    return nil
  }
}
