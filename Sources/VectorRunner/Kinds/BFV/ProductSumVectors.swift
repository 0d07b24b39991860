import BFV
import SecureMemory

/// Sums of products that are scaled together.
struct ProductSumVectors: VectorKind {
  struct Group: Decodable, Sendable {
    let parameters: BFVParameterFields
    let foreign: BFVParameterFields?
    let secretSeed: HexBytes
    let keySeed: HexBytes
  }

  struct Case: Decodable, Sendable {
    /// What is done with an accumulator, one thing after the other.
    struct Step: Decodable, Sendable {
      enum Action: String, Decodable, Sendable {
        /// The product of two operands is added.
        case accumulate
        /// The same from operands that were extended before.
        case accumulateExtended = "accumulate_extended"
        /// The sum is multiplied by an integer.
        case multiply
        /// The accumulator that other steps give is merged.
        case merge
        /// It is finished.
        case finish
      }

      let action: Action
      /// Two operands, by their places.
      let factors: [Int]?
      let weight: SignedHexWord?
      let steps: [Step]?
    }

    let operands: [CiphertextInput]
    let level: Int
    /// After how many products the sum is scaled; the most that there may be if left out.
    let termsPerScaling: Int?
    let steps: [Step]
    let termCount: Int?
    let output: CiphertextOutput?
    let relinearized: CiphertextOutput?
  }

  static let name = "bfv.product-sum"

  private let ring: BFVRing
  private let key: RelinearizationKey

  init(_ group: Group) throws {
    ring = try BFVRing(group.parameters, foreign: group.foreign)
    var source = SeedExpander(vectorSeed: group.keySeed)
    key = RelinearizationKey(
      for: try ring.secretKey(group.secretSeed), insecureForTesting: &source)
  }

  func run(_ vector: Case) throws {
    let operands = try vector.operands.ciphertexts(in: ring)
    var sum = try accumulator(vector, vector.steps, operands)
    if let count = vector.termCount { try VectorCheck.equal("term_count", sum.termCount, count) }
    var copy = sum
    let product = try sum.finishThreeParts()
    try vector.output?.check("output", product)
    if let relinearized = vector.relinearized {
      try relinearized.check("relinearized", copy.finish(relinearizingWith: key))
    }
  }

  private func accumulator(
    _ vector: Case, _ steps: [Case.Step], _ operands: [Ciphertext]
  ) throws -> ProductAccumulator {
    var sum = try makeAccumulator(vector)
    for step in steps {
      switch step.action {
      case .accumulate:
        let (a, b) = try factors(of: step, operands)
        try sum.accumulate(a, b)
      case .accumulateExtended:
        let (a, b) = try factors(of: step, operands)
        try sum.accumulate(ring.evaluator.extend(a), ring.evaluator.extend(b))
      case .multiply:
        try sum.multiply(by: step.weight?.value ?? 1)
      case .merge:
        try sum.merge(accumulator(vector, step.steps ?? [], operands))
      case .finish:
        _ = try sum.finishThreeParts()
      }
    }
    return sum
  }

  private func makeAccumulator(_ vector: Case) throws -> ProductAccumulator {
    guard let terms = vector.termsPerScaling else {
      return try ring.evaluator.makeProductAccumulator(level: vector.level)
    }
    return try ring.evaluator.makeProductAccumulator(level: vector.level, termsPerScaling: terms)
  }

  private func factors(
    of step: Case.Step, _ operands: [Ciphertext]
  ) throws(VectorMismatch) -> (Ciphertext, Ciphertext) {
    guard let factors = step.factors, factors.count == 2,
      factors.allSatisfy(operands.indices.contains)
    else {
      throw VectorMismatch(field: "factors", expected: "two operands", found: "\(step)")
    }
    return (operands[factors[0]], operands[factors[1]])
  }
}
