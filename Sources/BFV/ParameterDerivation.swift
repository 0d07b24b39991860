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

  /// A workload. Numbers count as at least 1, the depth and the plaintext products as at least 0.
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
  /// The noise of the deepest total that the workload admits, packing and flooding included.
  package func deepestTotal(of workload: Workload) -> NoiseBound {
    var noise = fresh.times(Double(max(workload.additionsPerFactor, 1)))
    // Each product adds a bit at least, so what no parameters hold shows early.
    let most = Int(log2Modulus(level: topLevel)) + 1
    for _ in 0..<min(max(workload.plaintextProducts, 0), most) {
      noise = multiplyingPlaintext(noise)
    }
    for _ in 0..<min(max(workload.depth, 0), most) {
      noise = product(noise, noise, level: topLevel) + keySwitch(level: topLevel)
      noise = noise.times(Double(max(workload.additionsPerLevel, 1)))
    }
    noise = noise.times(Double(max(workload.additionsPerTotal, 1))) + fresh
    return flooded(packing(noise, level: topLevel), totals: workload.totals)
  }
}

extension EncryptionParameters {
  /// Primes of at most this many bits let a transform run without conditional subtractions.
  static let preferredPrimeBits = 45

  /// The smallest secure parameters that hold the workload: the smallest ring, then the fewest primes
  /// of 20 to 45 bits, then the smallest modulus. The special prime is the largest.
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
    // The kernels' smallest; and below 8N there are hardly any primes that are 1 modulo 2N.
    let smallestBits = max(20, (2 * degree).trailingZeroBitCount + 2)
    for count in 1...39 {
      let most = min(limit, (count + 1) * preferredPrimeBits)
      let fewest = (count + 1) * smallestBits
      guard fewest <= most,
        mayHold(
          workload, PrimeSizes(count: count + 1, totalBits: most), degree: degree,
          plaintextModulus: plaintextModulus)
      else { continue }
      for bits in fewest...most {
        let sizes = PrimeSizes(count: count + 1, totalBits: bits)
        guard
          mayHold(workload, sizes, degree: degree, plaintextModulus: plaintextModulus),
          let primes = try? sizes.primes(degree: degree, excluding: plaintextModulus)
        else { continue }
        let parameters = try EncryptionParameters(
          degree: degree, plaintextModulus: plaintextModulus,
          ciphertextModuli: Array(primes.dropFirst()), specialModulus: primes[0],
          isInsecureForTesting: isTesting)
        let model = NoiseModel(parameters)
        guard model.admitsTotal(model.deepestTotal(of: workload), level: count) else { continue }
        return parameters
      }
    }
    return nil
  }

  /// Whether primes of these sizes may hold the workload: those that there are lie just below a power of
  /// two, so they are taken to be that, with a bit to spare.
  private static func mayHold(
    _ workload: Workload, _ sizes: PrimeSizes, degree: Int, plaintextModulus: UInt64
  ) -> Bool {
    let bits = sizes.bits.map(Double.init)
    let model = NoiseModel(
      degree: degree, plaintextModulus: Double(plaintextModulus),
      log2Moduli: Array(bits.dropFirst()), log2Special: bits[0])
    return model.deepestTotal(of: workload).log2
      < model.largestTotal(level: model.topLevel).log2 + 1
  }
}

/// Sizes of primes that share a number of bits as evenly as can be, the larger ones first; the first of
/// all is that of the special prime, which is to be no smaller than another.
private struct PrimeSizes {
  let bits: [Int]

  /// - Parameter count: at least 1.
  init(count: Int, totalBits: Int) {
    let (size, larger) = totalBits.quotientAndRemainder(dividingBy: count)
    bits = Array(repeating: size + 1, count: larger) + Array(repeating: size, count: count - larger)
  }

  /// The largest primes of these sizes.
  func primes(
    degree: Int, excluding excluded: UInt64
  ) throws(LatticeError) -> [UInt64] {
    var primes: [UInt64] = []
    for size in Set(bits).sorted(by: >) {
      primes += try NTTPrimes.largest(
        count: bits.count { $0 == size }, bits: size, degree: degree, excluding: [excluded])
    }
    return primes
  }
}
