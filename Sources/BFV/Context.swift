import Lattice
import SecureMemory

/// Everything that is computed once from parameters: transforms, bases, conversions. Immutable and
/// shared by reference.
public final class Context: Sendable {
  /// The parameters that the context was made for.
  public let parameters: EncryptionParameters
  /// The parameters' fingerprint.
  public let fingerprint: Digest
  /// The bound on every operation's noise.
  public let noiseModel: NoiseModel
  /// Slots of a plaintext; equal to the ring degree.
  public var slotCount: Int { parameters.degree }
  /// The number of primes of a fresh ciphertext.
  public var topLevel: Int { parameters.ciphertextModuli.count }

  package let plaintextPlan: NTTPlan
  /// Slot i of the batch encoding stands at this position of the evaluation form.
  let slotPositions: [UInt32]
  /// The slot that stands at a position.
  let positionSlots: [UInt32]
  /// The level tools for 1, 2, … primes.
  private let levels: [LevelTools]
  /// All ciphertext primes and the special prime.
  package let keyBasis: RNSBasis

  /// - Throws: `ParameterError` when the extension primes run out.
  public init(_ parameters: EncryptionParameters) throws(ParameterError) {
    self.parameters = parameters
    fingerprint = parameters.fingerprint
    noiseModel = NoiseModel(parameters)
    do {
      let degree = parameters.degree
      let plaintextModulus = try Modulus(parameters.plaintextModulus)
      plaintextPlan = try NTTPlan(degree: degree, modulus: plaintextModulus)
      let plans = try parameters.ciphertextModuli.map {
        try NTTPlan(degree: degree, modulus: Modulus($0))
      }
      let special = try NTTPlan(degree: degree, modulus: Modulus(parameters.specialModulus))
      keyBasis = try RNSBasis(plans: plans + [special])
      let auxiliary = try Context.auxiliaryPlans(parameters, plans: plans)
      var levels: [LevelTools] = []
      for count in 1...plans.count {
        levels.append(
          try LevelTools(
            basis: RNSBasis(plans: Array(plans.prefix(count))), below: levels.last?.basis,
            special: special, auxiliary: auxiliary, plaintextModulus: plaintextModulus))
      }
      self.levels = levels
    } catch let error as LatticeError {
      throw .malformed(error)
    } catch {
      throw .unsupportedDegree(parameters.degree)
    }
    slotPositions = Context.slotPositions(degree: parameters.degree)
    var positionSlots = slotPositions
    for (slot, position) in slotPositions.enumerated() {
      positionSlots[Int(position)] = UInt32(slot)
    }
    self.positionSlots = positionSlots
  }

  /// The tools for ciphertexts with `level` primes.
  func tools(level: Int) throws(EvaluationError) -> LevelTools {
    guard (1...levels.count).contains(level) else {
      throw .unsupportedLevel(level, available: levels.count)
    }
    return levels[level - 1]
  }

  /// The basis of a fresh ciphertext.
  package var topBasis: RNSBasis { levels[levels.count - 1].basis }

  /// The basis of ciphertexts with `level` primes.
  package func basis(level: Int) throws(EvaluationError) -> RNSBasis {
    try tools(level: level).basis
  }

  /// Primes for the extended basis of products, disjoint from all others.
  private static func auxiliaryPlans(
    _ parameters: EncryptionParameters, plans: [NTTPlan]
  ) throws -> [NTTPlan] {
    let needed =
      plans.reduce(0) { $0 + Double($1.modulus.bitWidth) }
      + LevelTools.extensionMarginBits(parameters)
    let bits = EncryptionParameters.preferredPrimeBits
    let count = Int((needed / (Double(bits) - 0.01)).rounded(.up))
    let used = Set(
      parameters.ciphertextModuli + [parameters.specialModulus, parameters.plaintextModulus])
    return try NTTPrimes.largest(
      count: count, bits: bits, degree: parameters.degree, excluding: used
    ).map { try NTTPlan(degree: parameters.degree, modulus: Modulus($0)) }
  }

  /// Slot i of the first row is the value at ψ^(3^i), slot i of the second at ψ^(−3^i), so that
  /// X → X^3 rotates the rows and X → X^-1 swaps them.
  private static func slotPositions(degree: Int) -> [UInt32] {
    let levels = degree.trailingZeroBitCount
    var positions = [UInt32](repeating: 0, count: degree)
    var exponent = 1
    for slot in 0..<degree / 2 {
      positions[slot] = UInt32(bitReversed((exponent - 1) / 2, width: levels))
      positions[slot + degree / 2] = UInt32(
        bitReversed((2 * degree - exponent - 1) / 2, width: levels))
      exponent = exponent * 3 % (2 * degree)
    }
    return positions
  }
}
